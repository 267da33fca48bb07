/**
 * Images as arrays of samples: guarded decoding, PNG, antialiased resizing, contact sheets. Knows
 * nothing of data sets or training.
 */
@NullMarked
package org.inoculum.image;

import org.jspecify.annotations.NullMarked;
