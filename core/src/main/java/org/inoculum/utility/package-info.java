/**
 * Does synthetic data help a classifier: trains the same small one with and without it and compares
 * on real images that none of them has seen. Knows nothing of how the synthetic images were made.
 */
@NullMarked
package org.inoculum.utility;

import org.jspecify.annotations.NullMarked;
