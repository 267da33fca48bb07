/**
 * The only glue to libtorch: loading, guards against its traps, tensors from images, weights on
 * disk, Adam. Knows nothing of generative adversarial networks.
 */
@NullMarked
package org.inoculum.torch;

import org.jspecify.annotations.NullMarked;
