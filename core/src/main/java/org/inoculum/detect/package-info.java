/**
 * Finds and counts cells in fields of view: a small detector, its training, its scores, and the
 * test whether composed fields help it. Knows nothing of how composed fields were made.
 */
@NullMarked
package org.inoculum.detect;

import org.jspecify.annotations.NullMarked;
