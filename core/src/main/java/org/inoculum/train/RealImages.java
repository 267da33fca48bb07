package org.inoculum.train;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.inoculum.data.DataSet;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.Sample;
import org.inoculum.image.Image;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Tensors;

/** The training images, augmented, as bytes in native memory: (count, C, H, W). */
final class RealImages implements AutoCloseable {
  private static final int COPIES = 10;
  private static final int SYMMETRIES = 8;

  /**
   * Some of them.
   *
   * @param images (N, C, H, W) in -1..1
   * @param labels their classes (N)
   */
  @SuppressWarnings("ArrayRecordComponent") // lives for one step and is never compared
  record Batch(Tensor images, long[] labels) {}

  private final Tensor bytes;

  /** Positions of the images of each class. */
  private final List<int[]> ofClass;

  private final boolean d4Symmetry;

  private RealImages(Tensor bytes, List<int[]> ofClass, boolean d4Symmetry) {
    this.bytes = bytes;
    this.ofClass = ofClass;
    this.d4Symmetry = d4Symmetry;
  }

  /** Whether images are drawn in each of the eight orientations of the square (D4). */
  boolean d4Symmetry() {
    return d4Symmetry;
  }

  /** Augments and loads a data set; the augmentation of image i is a function of (seed, i). */
  static RealImages of(DataSet data, OfflineAugmentation augmentation, long seed) {
    return of(data, augmentation, seed, true);
  }

  /**
   * The same.
   *
   * @param d4Symmetry false for images that must not be turned or mirrored; those of idx files
   *     never are
   */
  static RealImages of(
      DataSet data, OfflineAugmentation augmentation, long seed, boolean d4Symmetry) {
    return of(data, augmentation, seed, d4Symmetry, Sample::label, data.classes().size());
  }

  /** The held-out images of a training, as they are, by the labels that its generator knows. */
  static RealImages heldOut(ValidationSet validation, long seed, boolean d4Symmetry) {
    return of(
        validation.real(),
        OfflineAugmentation.NONE,
        seed,
        d4Symmetry,
        validation::label,
        validation.training().classes().size());
  }

  private static RealImages of(
      DataSet data,
      OfflineAugmentation augmentation,
      long seed,
      boolean d4Symmetry,
      ToIntFunction<Sample> label,
      int classes) {
    int copies = augmentation == OfflineAugmentation.NONE ? 1 : COPIES;
    long count = (long) data.samples().size() * copies;
    try (PointerScope scope = new PointerScope()) {
      Tensor bytes =
          torch.empty(
              new long[] {count, data.channels(), data.size(), data.size()},
              new TensorOptions(ScalarType.Byte),
              new MemoryFormatOptional());
      bytes.retainReference();
      for (int i = 0; i < data.samples().size(); i++) {
        Sample sample = data.samples().get(i);
        List<Image> images =
            augmentation.apply(
                sample.image(), copies, RandomStream.of(seed, Purpose.AUGMENTATION, i));
        try (PointerScope inner = new PointerScope()) {
          bytes.narrow(0, (long) i * copies, copies).copy_(Tensors.ofImages(images));
        }
      }
      return new RealImages(
          bytes, positions(data, copies, label, classes), d4Symmetry && !data.fromIdx());
    }
  }

  private static List<int[]> positions(
      DataSet data, int copies, ToIntFunction<Sample> labelOf, int classes) {
    List<int[]> ofClass = new ArrayList<>();
    for (int label = 0; label < classes; label++) {
      int wanted = label;
      ofClass.add(
          IntStream.range(0, data.samples().size() * copies)
              .filter(i -> labelOf.applyAsInt(data.samples().get(i / copies)) == wanted)
              .toArray());
    }
    return ofClass;
  }

  /** How many classes there are. */
  int classes() {
    return ofClass.size();
  }

  int count() {
    return (int) bytes.size(0);
  }

  /** At most so many images, evenly spaced: (n, C, H, W) in -1..1. */
  Tensor spread(int most) {
    int n = Math.min(most, count());
    long[] indices = LongStream.range(0, n).map(i -> i * count() / n).toArray();
    return Tensors.toUnitRange(bytes.index_select(0, Tensor.create(indices)));
  }

  /** The same of each class: (n, C, H, W) each. */
  List<Tensor> spreadOfClasses(int most) {
    return ofClass.stream()
        .map(
            positions -> {
              int n = Math.min(most, positions.length);
              if (n == 0) {
                return bytes.narrow(0, 0, 0).to(ScalarType.Float);
              }
              long[] indices =
                  IntStream.range(0, n)
                      .mapToLong(i -> positions[(int) ((long) i * positions.length / n)])
                      .toArray();
              return Tensors.toUnitRange(bytes.index_select(0, Tensor.create(indices)));
            })
        .toList();
  }

  /** Images drawn at random with replacement: (n, C, H, W) in -1..1. */
  Tensor draw(int n, RandomStream random) {
    long[] indices = new long[n];
    for (int i = 0; i < n; i++) {
      indices[i] = random.nextInt(count());
    }
    return Tensors.toUnitRange(bytes.index_select(0, Tensor.create(indices)));
  }

  /**
   * Images drawn with replacement, each in one of the eight orientations (D4) that turning and
   * mirroring the square allow; idx files are left upright, because digits mean something else when
   * they are turned.
   *
   * <p>A class is drawn with a probability in proportion to the root of its size: half-way between
   * the data's own frequencies, which leave nothing to learn of a class of five images, and equal
   * ones, which repeat those five as often as the hundred of another.
   */
  Batch drawBalanced(int n, RandomStream random) {
    double[] upTo = new double[ofClass.size()];
    double sum = 0;
    for (int label = 0; label < upTo.length; label++) {
      sum += Math.sqrt(ofClass.get(label).length);
      upTo[label] = sum;
    }
    Tensor[] images = new Tensor[n];
    long[] labels = new long[n];
    for (int i = 0; i < n; i++) {
      double at = random.nextDouble() * sum;
      int label = 0;
      while (label < upTo.length - 1 && at >= upTo[label]) {
        label++;
      }
      int[] candidates = ofClass.get(label);
      Tensor image = bytes.select(0, candidates[random.nextInt(candidates.length)]); // (C, H, W)
      int symmetry = d4Symmetry ? random.nextInt(SYMMETRIES) : 0;
      if (symmetry % 2 == 1) {
        image = image.flip(2);
      }
      images[i] = torch.rot90(image, symmetry / 2, 1, 2);
      labels[i] = label;
    }
    return new Batch(Tensors.toUnitRange(torch.stack(new TensorVector(images), 0)), labels);
  }

  @Override
  public void close() {
    bytes.releaseReference();
  }
}
