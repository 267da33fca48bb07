package org.inoculum.torch;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.inoculum.image.FloatImage;
import org.inoculum.image.Image;

/** Images and numbers into tensors and back. */
public final class Tensors {
  private Tensors() {}

  /**
   * 8-bit images of one size as one tensor of unsigned bytes.
   *
   * @return (N, C, H, W), 0..255
   */
  public static Tensor ofImages(List<Image> images) {
    Image first = images.get(0);
    int height = first.height();
    int width = first.width();
    int channels = first.channels();
    int plane = height * width;
    Tensor tensor =
        org.bytedeco.pytorch.global.torch.empty(
            new long[] {images.size(), channels, height, width},
            new org.bytedeco.pytorch.TensorOptions(ScalarType.Byte),
            new org.bytedeco.pytorch.MemoryFormatOptional());
    BytePointer target = new BytePointer(tensor.data_ptr());
    byte[] planar = new byte[channels * plane];
    for (int n = 0; n < images.size(); n++) {
      Image image = images.get(n);
      if (image.width() != width
          || image.height() != height
          || image.channels() != channels
          || image.bitDepth() != 8) {
        throw new IllegalArgumentException(
            "expected " + first + ", found " + image + " at image " + n);
      }
      short[] samples = image.samples();
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < plane; i++) {
          planar[c * plane + i] = (byte) samples[i * channels + c];
        }
      }
      target.position((long) n * planar.length).put(planar);
    }
    return tensor;
  }

  /** 0..255 to -1..1 as (x - 127.5) / 127.5, in 32-bit floats. */
  public static Tensor toUnitRange(Tensor bytes) {
    return bytes.to(ScalarType.Float).sub_(new Scalar(127.5)).div_(new Scalar(127.5));
  }

  /**
   * A network's output as 8-bit images, rounded to the nearest level.
   *
   * @param pixels (N, C, H, W) in -1..1
   */
  public static List<Image> toImages(Tensor pixels) {
    return toFloatImages(pixels).stream().map(Tensors::toEightBit).toList();
  }

  /** Numbers in -1..1 as 8 bits, rounded to the nearest level. */
  public static Image toEightBit(FloatImage pixels) {
    float[] values = pixels.values();
    short[] samples = new short[values.length];
    for (int i = 0; i < samples.length; i++) {
      long level = Math.round((values[i] + 1.0) * 127.5);
      samples[i] = (short) Math.max(0, Math.min(255, level));
    }
    return new Image(pixels.width(), pixels.height(), pixels.channels(), 8, samples);
  }

  /**
   * A network's output as images of the same numbers.
   *
   * @param pixels (N, C, H, W)
   */
  public static List<FloatImage> toFloatImages(Tensor pixels) {
    int count = (int) pixels.size(0);
    int channels = (int) pixels.size(1);
    int height = (int) pixels.size(2);
    int width = (int) pixels.size(3);
    float[] values = toFloats(pixels.permute(0, 2, 3, 1)); // (N, H, W, C)
    int length = height * width * channels;
    List<FloatImage> floatImages = new ArrayList<>(count);
    for (int n = 0; n < count; n++) {
      float[] own = Arrays.copyOfRange(values, n * length, (n + 1) * length);
      floatImages.add(new FloatImage(width, height, channels, own));
    }
    return floatImages;
  }

  /** The numbers of a tensor of any floating type, row-major. */
  public static float[] toFloats(Tensor tensor) {
    Tensor plain = tensor.detach().to(ScalarType.Float).contiguous();
    float[] values = new float[Math.toIntExact(plain.numel())];
    FloatBuffer buffer = plain.createBuffer();
    buffer.get(values);
    return values;
  }
}
