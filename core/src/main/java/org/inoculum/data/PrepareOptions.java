package org.inoculum.data;

import org.inoculum.image.Fit;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@link Preparation}.
 *
 * @param size side of the square images written, at least 2
 * @param fit how an image of another shape becomes a square
 * @param augmentation what is made of each square
 * @param copies images of each for {@link OfflineAugmentation#ANY_ANGLE}, the original with them;
 *     the other augmentations have counts of their own
 * @param seed of the random angles and of what is held out
 * @param reading which image of a file, by which window, within which limits
 * @param cutting what is taken from each file
 * @param groupBy regular expression that finds in a file's name what must stay together in a split;
 *     null: each file for itself
 * @param holdOut what is put into a folder of its own; null for nothing
 */
public record PrepareOptions(
    int size,
    Fit fit,
    OfflineAugmentation augmentation,
    int copies,
    long seed,
    Reading reading,
    Cutting cutting,
    @Nullable String groupBy,
    @Nullable HoldOut holdOut) {
  /** A size of at least 2 and at least one copy. */
  public PrepareOptions {
    if (size < 2 || copies < 1) {
      throw new IllegalArgumentException("size " + size + " or copies " + copies + " is too small");
    }
  }

  /** Of whole images, none held out. */
  public PrepareOptions(
      int size, Fit fit, OfflineAugmentation augmentation, int copies, long seed, Reading reading) {
    this(size, fit, augmentation, copies, seed, reading, new Cutting.Whole(), null, null);
  }

  /** How many images are written for each one read. */
  int imagesOfEach() {
    return switch (augmentation) {
      case NONE -> 1;
      case ARTICLE -> 10;
      case ANY_ANGLE -> copies;
    };
  }
}
