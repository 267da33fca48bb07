package org.inoculum.compose;

import org.inoculum.image.Image;
import org.jspecify.annotations.Nullable;

/**
 * A crop that a cell is cut out of.
 *
 * @param image the crop
 * @param className its class
 * @param source its file, below the folder that was given
 * @param seed of a generated one; null for a real one
 * @param index of a generated one; null for a real one
 * @param snapshot of the generator; null for a real one
 */
record CellCrop(
    Image image,
    String className,
    String source,
    @Nullable Long seed,
    @Nullable Long index,
    @Nullable String snapshot) {}
