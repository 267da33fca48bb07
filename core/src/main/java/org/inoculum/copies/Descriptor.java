package org.inoculum.copies;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import org.inoculum.UserException;
import org.inoculum.data.GaussianBlur;
import org.inoculum.image.Channels;
import org.inoculum.image.Image;
import org.inoculum.image.Resize;
import org.inoculum.image.Symmetry;

/**
 * An image in 16 x 16 numbers, to tell whether two show the same thing: the luma of the antialiased
 * image, slightly blurred, without its local mean, as a share of its contrast. A change of
 * brightness, uneven light or a blur of a pixel changes little; turning or mirroring the image
 * turns or mirrors the numbers.
 *
 * <p>docs/explanation/copies.md has what was tried and what it gave. The contrast that is divided
 * by is at least {@value #LEAST_CONTRAST} levels of 255, so that grain is not blown up on plain
 * ground.
 */
public final class Descriptor {
  /**
   * Two images nearer than this are one and the same image: a copy with a blur of 1 pixel, 10
   * levels of brightness or 8 % of gain is at most 0.11 away, two different smears or blood cells
   * at least 0.16 (DetectionTest).
   */
  public static final double SAME = 0.12;

  static final int SIDE = 16;
  static final int VALUES = SIDE * SIDE;

  /** Of an image that shows nothing. */
  public static final Descriptor NOTHING = new Descriptor(new float[VALUES], 0);

  private static final double FINE = 0.5;
  private static final double COARSE = 3;
  private static final double LEAST_CONTRAST = 5;

  /** Values on disk are multiples of 1 / this, in 16 bits. */
  private static final float STEPS = 1024;

  private final float[] values;
  private final double contrast;

  private Descriptor(float[] values, double contrast) {
    this.values = values;
    this.contrast = contrast;
  }

  /** Of a square image of any size; other shapes are stretched to a square. */
  public static Descriptor of(Image image) {
    Image small = Resize.to(Channels.toGrey(Channels.toEightBit(image)), SIDE, SIDE);
    double[] luma = new double[VALUES];
    Arrays.setAll(luma, i -> small.sample(i % SIDE, i / SIDE, 0));
    double[] fine = GaussianBlur.blur(luma, SIDE, FINE);
    double[] coarse = GaussianBlur.blur(fine, SIDE, COARSE);
    double squares = 0;
    for (int i = 0; i < VALUES; i++) {
      fine[i] -= coarse[i];
      squares += fine[i] * fine[i];
    }
    double contrast = Math.sqrt(squares / VALUES);
    float[] values = new float[VALUES];
    for (int i = 0; i < VALUES; i++) {
      values[i] = (float) (fine[i] / Math.max(LEAST_CONTRAST, contrast));
    }
    return new Descriptor(values, contrast);
  }

  /** Root mean square of what is left without the local mean, in levels of 255. */
  public double contrast() {
    return contrast;
  }

  /** The number at a place, row by row. */
  float value(int place) {
    return values[place];
  }

  /** Of the image laid down otherwise. */
  Descriptor under(Symmetry symmetry) {
    short[] places = new short[VALUES];
    for (short i = 0; i < VALUES; i++) {
      places[i] = i;
    }
    short[] from = symmetry.apply(new Image(SIDE, SIDE, 1, 16, places)).samples();
    float[] moved = new float[VALUES];
    for (int i = 0; i < VALUES; i++) {
      moved[i] = values[from[i]];
    }
    return new Descriptor(moved, contrast);
  }

  /** Whether it lies, under one of the eight symmetries, nearer than {@code limit} to another. */
  public boolean repeats(Descriptor other, double limit) {
    for (Symmetry symmetry : Symmetry.values()) {
      if (under(symmetry).distance(other, limit) < limit) {
        return true;
      }
    }
    return false;
  }

  /**
   * The root mean square difference to another one as both lie, or something at least {@code limit}
   * where it is not below that: most pairs are told apart by a part of their numbers.
   */
  double distance(Descriptor other, double limit) {
    double enough = limit * limit * VALUES;
    double sum = 0;
    for (int row = 0; row < VALUES; row += 2 * SIDE) {
      float part = 0;
      for (int i = row; i < row + 2 * SIDE; i++) {
        float difference = values[i] - other.values[i];
        part += difference * difference;
      }
      sum += part;
      if (sum >= enough) {
        return Math.max(limit, Math.sqrt(sum / VALUES));
      }
    }
    return Math.sqrt(sum / VALUES);
  }

  /** As text that loses nothing, about 1.4 kB. */
  public String exactText() {
    ByteBuffer bytes = ByteBuffer.allocate(VALUES * Float.BYTES);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /**
   * Reads {@link #exactText}; the contrast is not in it and is 0.
   *
   * @throws UserException of kind BAD_DATA, naming {@code source}, if it is something else
   */
  public static Descriptor ofExactText(String text, String source) {
    float[] values = new float[VALUES];
    numbers(text, Float.BYTES, source).asFloatBuffer().get(values);
    return new Descriptor(values, 0);
  }

  /** As text for a file: 16-bit numbers in Base64. */
  String text() {
    ByteBuffer bytes = ByteBuffer.allocate(VALUES * Short.BYTES);
    for (float value : values) {
      long step = Math.round((double) value * STEPS);
      bytes.putShort((short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, step)));
    }
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  /**
   * Reads {@link #text}.
   *
   * @throws UserException of kind BAD_DATA, naming {@code source}, if it is something else
   */
  static Descriptor ofText(String text, double contrast, String source) {
    ByteBuffer buffer = numbers(text, Short.BYTES, source);
    if (!(contrast >= 0)) {
      throw UserException.badData(source + " holds the contrast " + contrast);
    }
    float[] values = new float[VALUES];
    for (int i = 0; i < VALUES; i++) {
      values[i] = buffer.getShort() / STEPS;
    }
    return new Descriptor(values, contrast);
  }

  private static ByteBuffer numbers(String text, int bytesEach, String source) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw UserException.badData(source + " holds a descriptor that is not Base64", e);
    }
    if (bytes.length != VALUES * bytesEach) {
      throw UserException.badData(
          source
              + " holds a descriptor of "
              + bytes.length
              + " bytes, expected "
              + VALUES * bytesEach);
    }
    return ByteBuffer.wrap(bytes);
  }
}
