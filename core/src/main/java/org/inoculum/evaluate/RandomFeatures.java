package org.inoculum.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.inoculum.image.Channels;
import org.inoculum.image.Image;
import org.inoculum.image.Resize;
import org.inoculum.metric.Features;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Convolutions;
import org.inoculum.torch.Tensors;
import org.inoculum.torch.Weights;

/**
 * The built-in embedding: a convolutional network that nobody trained. Outside of ImageNet's domain
 * random networks tell distributions apart where trained ones mislead (Naeem et al. 2020, arXiv
 * 2002.09797, section 4). Its weights are drawn by {@link RandomStream} from a fixed seed: no file,
 * and the same on every machine.
 *
 * <p>Two layers of {@value #WIDTH} random 3 x 3 filters look at the image and at its halved copies
 * down to {@value #COARSEST} pixels. Half of the first layer's filters have mean 0 and see texture
 * only, the others see colour too. Each response is summed up over the image by the logarithm of
 * its mean, and in the second layer also of its maximum: the logarithm makes a blur or a noise that
 * changes a faint texture by some factor as large a change as one of a strong edge. Position is not
 * kept.
 */
public final class RandomFeatures implements FeatureSpace {
  /** Sides of the images that the network looks at: larger ones are reduced, smaller enlarged. */
  public static final int LARGEST = 128;

  private static final int SMALLEST = 32;
  private static final int COARSEST = 16;
  private static final int WIDTH = 32;
  private static final int CHANNELS = 3;

  /** What {@link Convolutions} would pad to in every layer; the added ones are 0. */
  private static final int PADDED = 16;

  private static final int TAPS = 9;
  private static final long SEED = 2002_09797;
  private static final int BATCH = 16;

  /** About one grey level of 255: what is fainter is not looked at. */
  private static final double FAINTEST = 0.005;

  private static final long[] SPACE = {2, 3};

  private final Weights weights = new Weights();

  /** SamplingPlan the network; {@link org.inoculum.torch.LibTorch#load} comes first. */
  public RandomFeatures() {
    RandomStream random = RandomStream.of(SEED, Purpose.FEATURES, 0);
    float[] first = filters(random, PADDED * TAPS, Math.sqrt((double) PADDED / CHANNELS));
    for (int filter = 0; filter < WIDTH / 2; filter++) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        removeMean(first, (filter * PADDED + channel) * TAPS);
      }
    }
    float[] bias = new float[WIDTH];
    for (int filter = WIDTH / 2; filter < WIDTH; filter++) {
      bias[filter] = (float) random.nextDouble(-0.5, 0.5);
    }
    weights.add("first.weight", first, WIDTH, PADDED, 3, 3);
    weights.add("first.bias", bias, WIDTH);
    weights.add("second.weight", filters(random, WIDTH * TAPS, Math.sqrt(2)), WIDTH, WIDTH, 3, 3);
    weights.add("second.bias", new float[WIDTH], WIDTH);
  }

  @Override
  public String name() {
    return "random";
  }

  @Override
  public Features of(List<Image> images) {
    int side = side(images.get(0));
    int dimension = dimension(side);
    float[] values = new float[Math.multiplyExact(images.size(), dimension)];
    for (int from = 0; from < images.size(); from += BATCH) {
      List<Image> batch =
          images.subList(from, Math.min(from + BATCH, images.size())).stream()
              .map(image -> prepared(image, side))
              .toList();
      try (PointerScope scope = new PointerScope();
          AutoGradMode noGradients = new AutoGradMode(false)) {
        float[] rows = Tensors.toFloats(embed(Tensors.toUnitRange(Tensors.ofImages(batch))));
        System.arraycopy(rows, 0, values, from * dimension, rows.length);
      }
    }
    return Features.ofFloats(values, dimension, name());
  }

  /** Every column by itself: logarithms of faint and strong responses vary differently. */
  @Override
  public Scaling scalingFor(Features real) {
    return Scaling.ofColumns(real);
  }

  @Override
  public void close() {
    weights.close();
  }

  /**
   * The features of a batch.
   *
   * @param images (N, 3, side, side) in -1..1
   * @return (N, levels x 3 x WIDTH)
   */
  private Tensor embed(Tensor images) {
    List<Tensor> parts = new ArrayList<>();
    Tensor level =
        torch
            .constant_pad_nd(images, 0, 0, 0, 0, 0, PADDED - CHANNELS)
            .contiguous(MemoryFormat.ChannelsLast); // (N, PADDED, side, side)
    while (true) {
      Tensor first = layer(level, "first", 1); // (N, WIDTH, side, side)
      Tensor second = layer(first, "second", 2); // (N, WIDTH, side/2, side/2)
      parts.add(logarithm(first.mean(SPACE)));
      parts.add(logarithm(second.mean(SPACE)));
      parts.add(logarithm(torch.amax(second, SPACE, false)));
      if (level.size(2) / 2 < COARSEST) {
        return torch.cat(new TensorVector(parts.toArray(new Tensor[0])), 1);
      }
      level = torch.avg_pool2d(level, 2, 2); // (N, PADDED, side/2, side/2)
    }
  }

  private Tensor layer(Tensor x, String name, int stride) {
    return torch.relu_(
        Convolutions.conv2d(
            x, weights.get(name + ".weight"), weights.get(name + ".bias"), stride, 1));
  }

  private static Tensor logarithm(Tensor positive) {
    return positive.add_(new Scalar(FAINTEST)).log_();
  }

  private static int side(Image image) {
    return Math.max(SMALLEST, Math.min(LARGEST, Math.min(image.width(), image.height())));
  }

  private static int dimension(int side) {
    int levels = 1;
    for (int s = side; s / 2 >= COARSEST; s /= 2) {
      levels++;
    }
    return levels * 3 * WIDTH;
  }

  private static Image prepared(Image image, int side) {
    return Channels.toEightBit(Channels.toRgb(Resize.to(image, side, side)));
  }

  /** Normal weights of the given gain for {@code inputs} inputs (He et al. 2015: gain √2). */
  private static float[] filters(RandomStream random, int inputs, double gain) {
    float[] values = new float[WIDTH * inputs];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (random.nextGaussian() * gain / Math.sqrt(inputs));
    }
    return values;
  }

  private static void removeMean(float[] values, int from) {
    float mean = 0;
    for (int i = 0; i < TAPS; i++) {
      mean += values[from + i] / TAPS;
    }
    for (int i = 0; i < TAPS; i++) {
      values[from + i] -= mean;
    }
  }
}
