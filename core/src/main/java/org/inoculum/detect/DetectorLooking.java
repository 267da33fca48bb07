package org.inoculum.detect;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.torch.Autocast;
import org.inoculum.torch.Precision;
import org.inoculum.torch.Tensors;

/**
 * A whole field through a network: in tiles with overlap, so that memory does not grow with the
 * field.
 */
final class DetectorLooking {
  /** Side of a tile in pixels of the input. */
  private static final int TILE = 768;

  /** What the network sees around a pixel, and more. */
  private static final int MARGIN = 64;

  private DetectorLooking() {}

  /** The cells of a field, in its pixels at the detector's scale. */
  static List<Detection> look(DetectorNetwork network, Density field, Precision precision) {
    return look(network, field, precision, TILE);
  }

  /** The same in tiles of another side, a multiple of {@link DetectorNetwork#MULTIPLE}. */
  static List<Detection> look(
      DetectorNetwork network, Density field, Precision precision, int side) {
    int stride = DetectorNetwork.STRIDE;
    int width = (field.width + stride - 1) / stride;
    int height = (field.height + stride - 1) / stride;
    int classes = network.classes();
    float[] heat = new float[classes * width * height];
    float[] box = new float[DetectorNetwork.BOX * width * height];
    for (int top = 0; top < field.height; top += side) {
      for (int left = 0; left < field.width; left += side) {
        int inner = Math.min(side, field.width - left);
        int innerHeight = Math.min(side, field.height - top);
        int tileWidth = up(inner) + 2 * MARGIN;
        int tileHeight = up(innerHeight) + 2 * MARGIN;
        float[] density = tile(field, left - MARGIN, top - MARGIN, tileWidth, tileHeight);
        try (PointerScope scope = new PointerScope();
            AutoGradMode noGradients = new AutoGradMode(false)) {
          Tensor input = Tensor.create(density, 1, Density.CHANNELS, tileHeight, tileWidth);
          DetectorNetwork.Output output;
          try (Autocast autocast = Autocast.to(precision)) {
            output = network.forward(input, false);
          }
          Place place =
              new Place(
                  left / stride,
                  top / stride,
                  Math.min(inner / stride + 1, width - left / stride),
                  Math.min(innerHeight / stride + 1, height - top / stride),
                  tileWidth / stride,
                  tileHeight / stride);
          place.copy(Tensors.toFloats(torch.sigmoid(output.heat())), heat, width, height);
          place.copy(Tensors.toFloats(output.box()), box, width, height);
        }
      }
    }
    return Peaks.of(heat, box, classes, height, width);
  }

  /** Where the inner part of a tile's map goes. */
  private record Place(int left, int top, int columns, int rows, int tileWidth, int tileHeight) {
    void copy(float[] tile, float[] to, int width, int height) {
      int margin = MARGIN / DetectorNetwork.STRIDE;
      int planes = to.length / (width * height);
      for (int k = 0; k < planes; k++) {
        for (int row = 0; row < rows; row++) {
          int from = (k * tileHeight + margin + row) * tileWidth + margin;
          System.arraycopy(tile, from, to, (k * height + top + row) * width + left, columns);
        }
      }
    }
  }

  private static int up(int side) {
    int multiple = DetectorNetwork.MULTIPLE;
    return (side + multiple - 1) / multiple * multiple;
  }

  private static float[] tile(Density field, int left, int top, int width, int height) {
    float[] density = new float[Density.CHANNELS * width * height];
    for (int c = 0; c < Density.CHANNELS; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          density[(c * height + y) * width + x] = field.at(c, left + x, top + y);
        }
      }
    }
    return density;
  }
}
