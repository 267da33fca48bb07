package org.inoculum.data;

/**
 * The facts about the files of more than 8 bits in a data set: how images like them are written.
 *
 * @param whole whether all values of those files are whole numbers from 0 to 65,535, so that 16-bit
 *     files can hold them as they are
 * @param grey whether every image of the data set has one channel
 */
public record HighBitDepthFiles(boolean whole, boolean grey) {}
