/** Runs in a browser: read-only, on this machine, behind a token. */
@NullMarked
package org.inoculum.dashboard;

import org.jspecify.annotations.NullMarked;
