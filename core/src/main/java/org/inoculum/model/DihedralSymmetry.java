package org.inoculum.model;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.torch.Tensors;

/**
 * In which of the eight orientations of the square (D4) each image of a batch is shown. Images are
 * turned one by one, which is quicker than choosing each pixel of all of them from two.
 */
final class DihedralSymmetry {
  private final float[] signs;

  /**
   * Positions.
   *
   * @param signs three for each image: above 0 the image is mirrored across, then upside down, then
   *     about its diagonal
   */
  DihedralSymmetry(float... signs) {
    this.signs = signs.clone();
  }

  /** Those that the last numbers of the noise decide: (N, {@link ModernShape#noise}). */
  static DihedralSymmetry of(Tensor noise) {
    long from = noise.size(1) - ModernShape.ORIENTATION;
    return new DihedralSymmetry(Tensors.toFloats(noise.narrow(1, from, ModernShape.ORIENTATION)));
  }

  /** Square images (N, channels, side, side), each in its position. */
  Tensor apply(Tensor images) {
    return each(images, (image, first) -> transposed(mirrored(image, first), signs[first + 2] > 0));
  }

  /** The inverse of {@link #apply}. */
  Tensor undo(Tensor images) {
    return each(images, (image, first) -> mirrored(transposed(image, signs[first + 2] > 0), first));
  }

  /** Of an image (channels, side, side), by where its signs begin. */
  private interface Change {
    Tensor of(Tensor image, int first);
  }

  private static Tensor each(Tensor images, Change change) {
    TensorVector one = images.unbind(0);
    Tensor[] changed = new Tensor[(int) one.size()];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = change.of(one.get(i), i * ModernShape.ORIENTATION);
    }
    return torch.stack(new TensorVector(changed));
  }

  private static Tensor transposed(Tensor image, boolean yes) {
    return yes ? image.transpose(1, 2) : image;
  }

  private Tensor mirrored(Tensor image, int first) {
    boolean across = signs[first] > 0;
    boolean down = signs[first + 1] > 0;
    if (across && down) {
      return image.flip(1, 2);
    }
    if (across) {
      return image.flip(2);
    }
    return down ? image.flip(1) : image;
  }
}
