/**
 * Differentiable augmentation of what the discriminator sees, real and fake alike. It knows nothing
 * of networks, losses or files.
 */
@NullMarked
package org.inoculum.augment;

import org.jspecify.annotations.NullMarked;
