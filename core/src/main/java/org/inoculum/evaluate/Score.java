package org.inoculum.evaluate;

import org.jspecify.annotations.Nullable;

/**
 * One metric of a set of generated images.
 *
 * @param name kid, kidSubsets, fid, precision, recall, density, coverage, vendi, swd, cT or
 *     authenticity
 * @param value the score
 * @param low lower end of its 95 % interval; null where there are too few images for one
 * @param high upper end
 * @param nReal real images that the estimator used at a time
 * @param nGenerated generated images that it used at a time
 * @param features feature space
 * @param estimator how it was estimated, with its parameters
 * @param baseline what real images score in the place of the generated ones, by the same estimator
 *     at the same counts; null where there are too few
 */
public record Score(
    String name,
    double value,
    @Nullable Double low,
    @Nullable Double high,
    int nReal,
    int nGenerated,
    String features,
    String estimator,
    @Nullable Double baseline) {}
