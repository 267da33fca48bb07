/**
 * Makes what is published: a zip for each system, the Debian package, and their sums. A second
 * build, in whatever folder, comes to the same bytes (docs/decisions/0016-releases.md).
 */
@NullMarked
package org.inoculum.release;

import org.jspecify.annotations.NullMarked;
