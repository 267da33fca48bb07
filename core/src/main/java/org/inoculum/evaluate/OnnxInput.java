package org.inoculum.evaluate;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.inoculum.UserException;
import org.inoculum.image.Channels;
import org.inoculum.image.Image;
import org.inoculum.image.Resize;

/**
 * The input of a network: the layout of its images, read from the shape of its only input.
 *
 * @param batch images at a time; 0 where the network takes any number
 * @param height of an image
 * @param width of an image
 * @param channels 1 or 3
 * @param channelsFirst (N, C, H, W) rather than (N, H, W, C)
 */
record OnnxInput(int batch, int height, int width, int channels, boolean channelsFirst) {
  /** Where the network leaves height and width open: what most feature networks were made for. */
  private static final int OPEN_SIZE = 224;

  /** Largest side or batch that a fixed shape may ask for. */
  private static final long LARGEST = 4096;

  /**
   * Reads a shape; -1 stands for what is open.
   *
   * @param source the file, for the message
   * @throws UserException of kind BAD_DATA unless it is (N, 1|3, H, W) or (N, H, W, 1|3)
   */
  static OnnxInput of(long[] shape, String source) {
    if (shape.length == 4 && Arrays.stream(shape).allMatch(n -> n != 0 && n <= LARGEST)) {
      boolean first = shape[1] == 1 || shape[1] == 3;
      if (first || shape[3] == 1 || shape[3] == 3) {
        return new OnnxInput(
            (int) Math.max(0, shape[0]),
            side(shape[first ? 2 : 1]),
            side(shape[first ? 3 : 2]),
            (int) shape[first ? 1 : 3],
            first);
      }
    }
    throw UserException.badData(
        source
            + ": expected a network with an input of shape (N, C, H, W) or (N, H, W, C) with C = 1 or 3, found "
            + Arrays.toString(shape).replace("-1", "?"));
  }

  private static int side(long size) {
    return size < 0 ? OPEN_SIZE : (int) size;
  }

  /** (N, C, H, W) or (N, H, W, C). */
  long[] shape(int count) {
    return channelsFirst
        ? new long[] {count, channels, height, width}
        : new long[] {count, height, width, channels};
  }

  /**
   * The images as the network wants them.
   *
   * @param rows images of the result: at least as many as there are images; the rest stays 0
   */
  FloatBuffer tensor(List<Image> images, int rows, ValueRange range) {
    int plane = height * width;
    float[] values = new float[Math.multiplyExact(rows, channels * plane)];
    for (int n = 0; n < images.size(); n++) {
      Image image = Resize.to(images.get(n), width, height);
      short[] samples = (channels == 1 ? Channels.toGrey(image) : Channels.toRgb(image)).samples();
      int start = n * channels * plane;
      for (int i = 0; i < samples.length; i++) {
        int place = channelsFirst ? i % channels * plane + i / channels : i;
        values[start + place] = range.of(samples[i] & 0xFFFF, image.maxSample());
      }
    }
    return FloatBuffer.wrap(values);
  }
}
