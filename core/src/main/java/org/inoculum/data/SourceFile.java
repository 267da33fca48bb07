package org.inoculum.data;

/**
 * A file that a data set was read from.
 *
 * @param source relative to the data set's root with '/' between names
 * @param sha256 of the file's bytes
 * @param label the class's position in the list of classes; -1 for an idx file, which holds many
 *     images
 */
public record SourceFile(String source, String sha256, int label) {}
