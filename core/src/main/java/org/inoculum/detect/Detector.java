package org.inoculum.detect;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.image.Image;
import org.inoculum.torch.Precision;
import org.inoculum.torch.Tensors;

/**
 * A trained detector: finds cells of its classes in fields of the magnification and stain that it
 * was trained on. For research; not validated for any medical use.
 */
public final class Detector implements AutoCloseable {
  /** In every file of a detector. */
  public static final String NOTICE =
      "A research tool, no medical device: it finds what looks like the cells that it was trained on, in fields of"
          + " the same stain and magnification, and was tested on the few fields that its test names.";

  private final DetectorNetwork network;
  private final DetectorInfo info;

  /** Takes the network over. */
  Detector(DetectorNetwork network, DetectorInfo info) {
    this.network = network;
    this.info = info;
  }

  /** What it says of itself. */
  public DetectorInfo info() {
    return info;
  }

  /** Its network; the detector closes it. */
  DetectorNetwork network() {
    return network;
  }

  /**
   * A convolution, with what normalises its output folded in.
   *
   * @param name in the image of {@link DetectorNetwork}
   * @param weight row-major in {@code shape}
   * @param shape (out, in, k, k)
   * @param bias (out)
   * @param stride of both axes; the padding is k / 2
   */
  @SuppressWarnings("ArrayRecordComponent") // on its way into a file
  public record Convolution(String name, float[] weight, long[] shape, float[] bias, int stride) {}

  /** Its convolutions in the order in which they are computed; a ReLU follows all but the outs. */
  public List<Convolution> convolutions() {
    List<Convolution> convolutions = new ArrayList<>();
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      for (DetectorNetwork.Layer layer : DetectorNetwork.LAYERS) {
        Tensor[] folded = network.folded(layer);
        convolutions.add(convolution(layer.name(), folded[0], folded[1], layer.stride()));
      }
      for (String out : List.of("heat_out", "box_out")) {
        Tensor weight = network.weights().get(out + ".weight");
        convolutions.add(convolution(out, weight, network.weights().get(out + ".bias"), 1));
      }
    }
    return convolutions;
  }

  private static Convolution convolution(String name, Tensor weight, Tensor bias, int stride) {
    return new Convolution(
        name, Tensors.toFloats(weight), weight.shape(), Tensors.toFloats(bias), stride);
  }

  /**
   * The cells of a field.
   *
   * @param field of any size; grey or coloured, 8 or 16 bits
   * @return with a score of at least the threshold of their class, in pixels of the field, within
   *     it, the surest first
   */
  public List<Detection> detect(Image field, Precision precision) {
    Density density = Density.of(field, info.scale());
    double across = (double) field.width() / density.width;
    double down = (double) field.height() / density.height;
    List<Detection> found = new ArrayList<>();
    for (Detection one : DetectorLooking.look(network, density, precision)) {
      if (one.score() >= info.thresholds().get(one.label())) {
        double left = Math.max(0, one.box().left() * across);
        double top = Math.max(0, one.box().top() * down);
        double right = Math.min(field.width(), (one.box().left() + one.box().width()) * across);
        double bottom = Math.min(field.height(), (one.box().top() + one.box().height()) * down);
        if (right > left && bottom > top) {
          Rect box = new Rect(left, top, right - left, bottom - top);
          found.add(new Detection(one.label(), box, one.score()));
        }
      }
    }
    return found;
  }

  @Override
  public void close() {
    network.close();
  }
}
