package org.inoculum.compose;

import org.inoculum.image.Image;

/** Numbers for each channel and pixel: levels, or amounts of cell. */
final class ChannelPlanes {
  final int width;
  final int height;
  final float[][] channel;

  ChannelPlanes(int width, int height, float[][] channel) {
    this.width = width;
    this.height = height;
    this.channel = channel;
  }

  static ChannelPlanes zero(int width, int height, int channels) {
    return new ChannelPlanes(width, height, new float[channels][width * height]);
  }

  int channels() {
    return channel.length;
  }

  /** The levels of an image. */
  static ChannelPlanes levels(Image image, Modality modality) {
    int channels = image.channels();
    int max = image.maxSample();
    float[] levels = new float[max + 1];
    for (int sample = 0; sample <= max; sample++) {
      levels[sample] = modality.level(sample * 255f / max);
    }
    ChannelPlanes planes = zero(image.width(), image.height(), channels);
    short[] samples = image.samples();
    for (int i = 0; i < image.width() * image.height(); i++) {
      for (int c = 0; c < channels; c++) {
        planes.channel[c][i] = levels[samples[i * channels + c] & 0xFFFF];
      }
    }
    return planes;
  }

  /** Blurred by a Gaussian with a standard deviation in pixels; the border's values go on. */
  ChannelPlanes blurred(double sigma) {
    float[][] blurred = new float[channels()][];
    for (int c = 0; c < channels(); c++) {
      blurred[c] = Blur.of(channel[c], width, height, sigma);
    }
    return new ChannelPlanes(width, height, blurred);
  }

  /** The length of the vector of a pixel. */
  double norm(int i) {
    double sum = 0;
    for (float[] one : channel) {
      sum += (double) one[i] * one[i];
    }
    return Math.sqrt(sum);
  }
}
