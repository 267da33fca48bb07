package org.inoculum.compose;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.inoculum.image.Channels;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;

/**
 * A field without cells, to lay cells on.
 *
 * @param source the file that it is or was made of, below the folder of ground
 * @param file where it is read
 * @param width columns
 * @param height rows
 * @param tint median level of each channel
 * @param ignored what may hold a cell that nobody annotated, or an object that could not be removed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record GroundField(
    String source, Path file, int width, int height, float[] tint, List<PixelBox> ignored) {

  /** Keeps a copy of the list. */
  GroundField {
    ignored = List.copyOf(ignored);
  }

  /** Reads it, in so many channels. */
  Image read(int channels) {
    return inChannels(ImageFiles.read(file, DecodingLimits.DEFAULT), channels);
  }

  static Image inChannels(Image image, int channels) {
    return channels == 1 ? Channels.toGrey(image) : Channels.toRgb(image);
  }

  /** The median level of each channel, over at most about 40,000 pixels. */
  static float[] tint(ChannelPlanes levels) {
    float[] tint = new float[levels.channels()];
    int pixels = levels.width * levels.height;
    int step = Math.max(1, pixels / 40_000);
    for (int c = 0; c < tint.length; c++) {
      float[] some = new float[pixels / step];
      for (int i = 0; i < some.length; i++) {
        some[i] = levels.channel[c][i * step];
      }
      Arrays.sort(some);
      tint[c] = some[some.length / 2];
    }
    return tint;
  }
}
