package org.inoculum.model;

import java.util.stream.Stream;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.inoculum.torch.Convolutions;
import org.inoculum.torch.Weights;

/**
 * A small generator that is steered by its latent at every resolution, without normalisation.
 *
 * <p>Latent and class go through two dense layers (the mapping network of Karras et al.,
 * 1812.04948, section 2) to the intermediate latent w. Each block is: {@link FoldedUpsampling},
 * per-pixel noise with a learnt strength for each channel (the same, section 3.2: sensor grain and
 * texture need not be made from the latent), a gain and a bias for each channel that are functions
 * of w (self-modulation, Chen et al., 1810.01365) and a leaky ReLU. There is no normalisation, as
 * in R3GAN (Huang et al., 2501.05441): with it, bright halos appeared beside dark objects
 * (docs/explanation/method.md). The image is the sum of what each resolution adds to it, doubled
 * bilinearly (skip connections of Karras et al., 1912.04958, section 4.1).
 *
 * <p>Maps are {@link ModernShape#MARGIN} pixels larger than the image on each side, and what zero
 * padding outside has touched is cut off at every upsampling, so that images have no frame.
 *
 * <p>The finest resolutions begin by adding nothing: until one is trained, images are those of half
 * the resolution, doubled. So training can begin at a lower resolution and go on at the next
 * without a jump (progressive resolution as in Karras et al., 1710.10196, without its fading).
 *
 * <p>A D4-symmetric one does not learn that a cell may lie in any direction: each image is turned
 * into one of the eight orientations of the square (D4), by the signs of three numbers of its
 * noise. So its distribution has those symmetries exactly, and what is left to learn is an eighth
 * of it (structure-preserving GANs, Birrell et al., 2202.01129).
 *
 * @param shape sizes
 * @param weights parameters: {@code embed}, {@code map1}, {@code map2}, {@code start}, {@code up1}
 *     … {@code upN}, {@code noise0} …, {@code style0} …, {@code rgb1} … {@code rgbN-1}, {@code out}
 */
public record ModernGenerator(ModernShape shape, Weights weights) implements Generator {
  /** Of the leaky ReLUs. */
  public static final double SLOPE = 0.2;

  /** Length of the vector that stands for a class. */
  static final int EMBEDDING = 32;

  /** Length of the intermediate latent w. */
  static final int MAPPING = 128;

  /** What each resolution adds is drawn small, because the sum of all is the image. */
  private static final double ADDED = 0.3;

  /**
   * Strength of the noise at the start. From 0 it should hardly be learnt: there, more or less of
   * it looks the same to the discriminator's slope.
   */
  private static final float NOISE = 0.1f;

  /** A generator with weights drawn from the seed. */
  public static ModernGenerator initialise(ModernShape shape, long seed) {
    InitialWeights initial = InitialWeights.he(seed, SLOPE);
    int start = shape.start() + 2 * ModernShape.MARGIN;
    initial.dense("embed", shape.classes(), EMBEDDING);
    initial.dense("map1", shape.latentSize() + EMBEDDING, MAPPING);
    initial.dense("map2", MAPPING, MAPPING);
    initial.dense("start", MAPPING, shape.channelsAfter(0) * start * start);
    for (int block = 0; block <= shape.upsamplings(); block++) {
      int width = shape.channelsAfter(block);
      if (block > 0) {
        initial.convTranspose("up" + block, shape.channelsAfter(block - 1), width, 3);
      }
      initial.constant("noise" + block, NOISE, width);
      initial.zeroDense("style" + block, MAPPING, 2 * width);
      if (block > 0 && block < shape.upsamplings()) {
        boolean first = shape.upsamplings() - block >= shape.maxLevel();
        initial.scaledConv("rgb" + block, width, shape.channels(), 1, first ? ADDED : 0);
      }
    }
    initial.scaledConv("out", ModernShape.FINEST_CHANNELS, shape.channels(), 3, 0);
    return new ModernGenerator(shape, initial.weights());
  }

  @Override
  public int latentSize() {
    return shape.latentSize();
  }

  @Override
  public int noise() {
    return shape.noise();
  }

  @Override
  public int classes() {
    return shape.classes();
  }

  @Override
  public Tensor forward(GeneratorInput input) {
    return forward(input, 0);
  }

  /** The highest resolution level at which a parameter takes part. */
  public int maxLevel(String name) {
    if (name.startsWith("out.")) {
      return 0;
    }
    for (int level = 0; level < shape.maxLevel(); level++) {
      int block = shape.upsamplings() - level;
      if (name.equals("noise" + block)
          || Stream.of("up", "style", "rgb")
              .anyMatch(kind -> name.startsWith(kind + block + "."))) {
        return level;
      }
    }
    return shape.maxLevel();
  }

  /**
   * Images at that resolution level, without the resolutions beyond.
   *
   * @return (N, channels, size / 2^level, size / 2^level)
   */
  public Tensor forward(GeneratorInput input, int level) {
    int upsamplings = shape.upsamplings() - level;
    Tensor mapping = mapping(input); // (N, STYLE)
    long n = mapping.size(0);
    long side = shape.start() + 2L * ModernShape.MARGIN;
    Tensor x = dense("start", mapping).view(n, shape.channelsAfter(0), side, side);
    x = x.contiguous(MemoryFormat.ChannelsLast); // saves oneDNN most of its reordering
    long used = 0;
    Tensor image = torch.zeros(n, shape.channels(), 1, 1);
    for (int block = 0; block <= upsamplings; block++) {
      if (block > 0) {
        x = FoldedUpsampling.cropped(x, weights.get("up" + block + ".weight"));
        image = block > 1 ? doubled(image) : image;
      }
      side = x.size(2);
      long count = ModernShape.NOISE_MAPS * side * side;
      Tensor noise =
          input.noise().narrow(1, used, count).view(n, ModernShape.NOISE_MAPS, side, side);
      used += count;
      x = finish(x, block, noise, mapping); // (N, width, side, side)
      if (block > 0 && block < shape.upsamplings()) {
        image = image.add(conv("rgb" + block, x)); // (N, channels, side, side)
      }
    }
    Tensor inner = withoutMargin(image);
    Tensor whole = upsamplings < shape.upsamplings() ? inner : inner.add(conv("out", x));
    return shape.d4Symmetry() ? DihedralSymmetry.of(input.noise()).apply(whole) : whole;
  }

  /**
   * Images in the position in which they were made, before each was turned into its own: what they
   * have in common shows there.
   *
   * @param images (N, channels, side, side) of {@link #forward}
   * @param input that they were made of
   */
  public Tensor asMade(Tensor images, GeneratorInput input) {
    return shape.d4Symmetry() ? DihedralSymmetry.of(input.noise()).undo(images) : images;
  }

  /** Style of each image: (N, STYLE). */
  private Tensor mapping(GeneratorInput input) {
    Tensor embedding =
        torch
            .embedding(weights.get("embed.weight").t(), input.labels())
            .add(weights.get("embed.bias")); // (N, EMBEDDING)
    Tensor code = torch.cat(new TensorVector(input.z(), embedding), 1); // (N, latent + EMBEDDING)
    return activate(dense("map2", activate(dense("map1", code)))).to(ScalarType.Float);
  }

  /** Noise, gain, bias, ReLU. */
  private Tensor finish(Tensor x, int block, Tensor noise, Tensor mapping) {
    long n = x.size(0);
    long width = x.size(1);
    long side = x.size(2);
    Tensor noisy = withNoise(x, noise, weights.get("noise" + block)); // (N, side, side, width)
    Tensor modulation = dense("style" + block, mapping).to(x.scalar_type()); // (N, 2 width)
    Tensor gain = modulation.narrow(1, 0, width).add(new Scalar(1));
    Tensor bias = modulation.narrow(1, width, width);
    if (block > 0) {
      // That of the convolution before, which the gain is for too.
      bias = bias.add(gain.mul(weights.get("up" + block + ".bias"))).to(x.scalar_type());
    }
    // Rows of all pixels' channels: libtorch is slow where it repeats a few numbers very often.
    Tensor rows = noisy.view(n, side, side * width);
    return activate(torch.addcmul(row(bias, side), rows, row(gain, side)))
        .view(n, side, side, width)
        .permute(0, 3, 1, 2);
  }

  /** Numbers of channels (N, width), repeated for each pixel of a row: (N, 1, side width). */
  private static Tensor row(Tensor channels, long side) {
    long n = channels.size(0);
    long width = channels.size(1);
    return channels.view(n, 1, 1, width).expand(n, 1, side, width).reshape(n, 1, side * width);
  }

  /**
   * Adds to channel c the noise map c modulo {@link ModernShape#NOISE_MAPS}, times its strength.
   * The grain of a colour camera is independent in its three channels, and one map for all channels
   * cannot make that (docs/explanation/method.md).
   *
   * @return (N, side, side, width)
   */
  private static Tensor withNoise(Tensor x, Tensor noise, Tensor strength) {
    long maps = noise.size(1);
    long width = x.size(1);
    // As a GEMM: each map's row has the strengths of its own channels.
    Tensor own = torch.eye(maps).repeat(1, width / maps); // (maps, width)
    Tensor strengths = own.mul(strength); // (maps, width)
    Tensor last = x.permute(0, 2, 3, 1).contiguous(); // (N, side, side, width)
    Tensor pixels = noise.permute(0, 2, 3, 1).reshape(-1, maps); // (N side side, maps)
    return torch.addmm(last.view(-1, width), pixels, strengths).view(last.sizes());
  }

  /** Twice the image inside the margins, with margins as wide as before. */
  private static Tensor doubled(Tensor image) {
    long side = 2 * image.size(2);
    Tensor twice =
        torch.upsample_bilinear2d(
            image, new long[] {side, side}, false, new DoubleOptional(), new DoubleOptional());
    return withoutMargin(twice);
  }

  private static Tensor withoutMargin(Tensor image) {
    long inner = image.size(2) - 2L * ModernShape.MARGIN;
    return image.narrow(2, ModernShape.MARGIN, inner).narrow(3, ModernShape.MARGIN, inner);
  }

  /** A convolution without padding, in full precision afterwards. */
  private Tensor conv(String name, Tensor x) {
    return Convolutions.conv2d(x, weights.get(name + ".weight"), weights.get(name + ".bias"), 1, 0)
        .to(ScalarType.Float);
  }

  private Tensor dense(String name, Tensor x) {
    return torch.linear(
        x, weights.get(name + ".weight"), new TensorOptional(weights.get(name + ".bias")));
  }

  private static Tensor activate(Tensor x) {
    return torch.leaky_relu_(x, new Scalar(SLOPE));
  }
}
