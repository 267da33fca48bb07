/**
 * Which generated images copy a training image, repeat each other, or show nothing. Knows nothing
 * of networks: images and numbers come in, verdicts go out.
 */
@NullMarked
package org.inoculum.copies;

import org.jspecify.annotations.NullMarked;
