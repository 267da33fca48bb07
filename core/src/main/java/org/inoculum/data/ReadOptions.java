package org.inoculum.data;

import java.util.OptionalInt;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Fit;
import org.inoculum.image.PlaneChoice;

/**
 * How a folder becomes a data set.
 *
 * @param size side of the square images; empty: 128 for folders of images, as stored for idx
 * @param fit how a picture of another shape becomes a square
 * @param channels 1 or 3; empty: 3 for folders of images, 1 for idx
 * @param limits what a file may ask for
 * @param plane which picture of a file that holds several
 * @param window what becomes black to white in data of more than 8 bits
 * @param skipBad whether a file that cannot be read is left out and counted, rather than refused
 */
public record ReadOptions(
    OptionalInt size,
    Fit fit,
    OptionalInt channels,
    DecodingLimits limits,
    PlaneChoice plane,
    WindowChoice window,
    boolean skipBad) {
  /** The default size, middle crop, default channels and default limits. */
  public static final ReadOptions DEFAULT =
      new ReadOptions(OptionalInt.empty(), Fit.CROP, OptionalInt.empty(), DecodingLimits.DEFAULT);

  /** Side of images read from a folder where no other is asked for. */
  public static final int FOLDER_SIZE = 128;

  /** A size of at least 2 and 1 or 3 channels, where given. */
  public ReadOptions {
    if (size.isPresent() && size.getAsInt() < 2) {
      throw new IllegalArgumentException("size must be at least 2, was " + size.getAsInt());
    }
    if (channels.isPresent() && channels.getAsInt() != 1 && channels.getAsInt() != 3) {
      throw new IllegalArgumentException("channels must be 1 or 3, was " + channels.getAsInt());
    }
  }

  /** The only picture of each file, the default window, and no file left out. */
  public ReadOptions(OptionalInt size, Fit fit, OptionalInt channels, DecodingLimits limits) {
    this(size, fit, channels, limits, PlaneChoice.ONLY, WindowChoice.DEFAULT, false);
  }

  /** The same but for files of several pictures, deep ones, and those that cannot be read. */
  public ReadOptions with(PlaneChoice plane, WindowChoice window, boolean skipBad) {
    return new ReadOptions(size, fit, channels, limits, plane, window, skipBad);
  }

  /** The same at another size. */
  public ReadOptions withSize(int side) {
    return new ReadOptions(OptionalInt.of(side), fit, channels, limits, plane, window, skipBad);
  }
}
