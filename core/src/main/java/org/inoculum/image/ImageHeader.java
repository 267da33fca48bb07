package org.inoculum.image;

/**
 * What an image file says of itself before its pixels are decoded.
 *
 * @param format {@code png} or {@code jpeg}
 * @param width columns as stored, before a JPEG's Exif orientation is applied
 * @param height rows as stored
 * @param channels 1 grey, 2 grey and alpha, 3 RGB or a palette, 4 RGB and alpha
 * @param bitDepth bits of a sample as stored, or of a palette's index: 1, 2, 4, 8 or 16
 */
public record ImageHeader(String format, int width, int height, int channels, int bitDepth) {}
