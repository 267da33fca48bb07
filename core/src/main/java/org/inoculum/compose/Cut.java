package org.inoculum.compose;

/**
 * A cell that was cut out of its crop.
 *
 * @param mask its pixels in the crop
 * @param share how much of each pixel is its own, 0..1: the mask with soft edges
 * @param amounts how much cell there is at each pixel and channel, before the share is applied
 * @param ground the mean level of the crop's ground around the cell, for each channel
 * @param hue the direction of its amounts, of length 1
 * @param peak the length of the mean amount of its darkest part
 */
@SuppressWarnings("ArrayRecordComponent") // pixels, never compared
record Cut(
    PixelSet mask,
    float[] share,
    ChannelPlanes amounts,
    float[] ground,
    double[] hue,
    double peak) {

  /** Sum over the pixels of the cell's amount along its hue. */
  double total() {
    double total = 0;
    for (int c = 0; c < amounts.channels(); c++) {
      double sum = 0;
      for (int i = 0; i < share.length; i++) {
        sum += share[i] * amounts.channel[c][i];
      }
      total += hue[c] * sum;
    }
    return total;
  }
}
