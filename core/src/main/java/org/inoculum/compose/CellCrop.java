package org.inoculum.compose;

import org.inoculum.image.Image;
import org.jspecify.annotations.Nullable;

/**
 * A crop that a cell is cut out of.
 *
 * @param image the crop
 * @param className its class
 * @param source its file, below the folder that was given
 * @param scale pixels of the field it was cut out of for each of its own, where that is known; 1
 *     otherwise
 * @param seed of a generated one; null for a real one
 * @param index of a generated one; null for a real one
 * @param snapshot of the generator; null for a real one
 */
record CellCrop(
    Image image,
    String className,
    String source,
    double scale,
    @Nullable Long seed,
    @Nullable Long index,
    @Nullable String snapshot) {}
