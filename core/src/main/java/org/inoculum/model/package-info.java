/**
 * Generators and discriminators, one file per family, and latents from a seed. Knows nothing of
 * losses, data sets or run directories.
 */
@NullMarked
package org.inoculum.model;

import org.jspecify.annotations.NullMarked;
