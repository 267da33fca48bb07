package org.inoculum.data;

import java.util.OptionalInt;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Fit;

/**
 * The options for reading a folder as a data set.
 *
 * @param size side of the square images; empty: 128 for folders of images, as stored for idx
 * @param fit how an image of another shape becomes a square
 * @param channels 1 or 3; empty: 3 for folders of images, 1 for idx
 * @param reading which image of a file, by which window, within which limits
 */
public record ReadOptions(OptionalInt size, Fit fit, OptionalInt channels, Reading reading) {
  /** The default size, middle crop, default channels and default reading. */
  public static final ReadOptions DEFAULT =
      new ReadOptions(OptionalInt.empty(), Fit.CROP, OptionalInt.empty(), Reading.DEFAULT);

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

  /** As a data set was read before: the same size, channels, planes and window. */
  public static ReadOptions as(Manifest before) {
    return DEFAULT.withSize(before.size()).withChannels(before.channels()).with(before.rereading());
  }

  /** As other images that are to be compared with: the same size, channels, planes and window. */
  public static ReadOptions like(DataSet other) {
    return DEFAULT.withSize(other.size()).withChannels(other.channels()).with(other.rereading());
  }

  /** What a file may ask for. */
  public DecodingLimits limits() {
    return reading.limits();
  }

  /** The same at another size. */
  public ReadOptions withSize(int side) {
    return new ReadOptions(OptionalInt.of(side), fit, channels, reading);
  }

  /** The same with 1 or 3 channels. */
  public ReadOptions withChannels(int count) {
    return new ReadOptions(size, fit, OptionalInt.of(count), reading);
  }

  /** The same, read in another way. */
  public ReadOptions with(Reading other) {
    return new ReadOptions(size, fit, channels, other);
  }
}
