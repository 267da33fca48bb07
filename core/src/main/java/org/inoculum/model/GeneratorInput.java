package org.inoculum.model;

import org.bytedeco.pytorch.Tensor;

/**
 * What a generator turns into images.
 *
 * @param z latents, standard normal: (N, latent)
 * @param labels class of each image, 64-bit integers: (N)
 * @param noise per-pixel noise, standard normal: (N, noise length); a column or none where the
 *     generator uses none
 */
public record GeneratorInput(Tensor z, Tensor labels, Tensor noise) {}
