/** From a trained run to a synthetic data set on disk. Knows nothing of training. */
@NullMarked
package org.inoculum.generate;

import org.jspecify.annotations.NullMarked;
