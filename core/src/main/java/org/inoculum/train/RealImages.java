package org.inoculum.train;

import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
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

  private final Tensor bytes;

  private RealImages(Tensor bytes) {
    this.bytes = bytes;
  }

  /** Augments and loads a data set; the augmentation of image i is a function of (seed, i). */
  static RealImages of(DataSet data, OfflineAugmentation augmentation, long seed) {
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
      return new RealImages(bytes);
    }
  }

  int count() {
    return (int) bytes.size(0);
  }

  /** Images drawn at random with replacement: (n, C, H, W) in -1..1. */
  Tensor draw(int n, RandomStream random) {
    long[] indices = new long[n];
    for (int i = 0; i < n; i++) {
      indices[i] = random.nextInt(count());
    }
    return Tensors.toUnitRange(bytes.index_select(0, Tensor.create(indices)));
  }

  @Override
  public void close() {
    bytes.releaseReference();
  }
}
