package org.inoculum.data;

import java.nio.file.Path;
import java.util.List;
import org.inoculum.annotation.Annotations;
import org.inoculum.annotation.Box;
import org.jspecify.annotations.Nullable;

/**
 * An image that images are taken from: a field of view, or a whole image.
 *
 * @param file where it lies
 * @param source the same, relative to the folder, with '/' between names
 * @param className class of all that is taken from it, unless boxes say; empty for none
 * @param stem what files that are made of it begin with
 * @param group what must stay together when the data set is split
 * @param boxes in it, in the order in which they were written; empty where none are asked for
 * @param size that the annotations say it has; null where they do not
 */
record Field(
    Path file,
    String source,
    String className,
    String stem,
    String group,
    List<Box> boxes,
    Annotations.@Nullable Size size) {}
