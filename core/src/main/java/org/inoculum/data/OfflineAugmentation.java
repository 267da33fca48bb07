package org.inoculum.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.inoculum.image.Image;
import org.inoculum.image.Rotation;
import org.inoculum.image.Symmetry;
import org.inoculum.random.RandomStream;

/**
 * More images made from one before training. Each is of the original's size; nothing in it is black
 * filling, since what a rotation would bring in from outside is the image's own mirror image.
 */
public enum OfflineAugmentation {
  /** The image alone. */
  NONE("none"),
  /**
   * Ten images from each, as in the article ("rotations and reflections", 64 -> 640). It does not
   * say which ten, and the square has only eight symmetries: they are taken, and the rotations by
   * 45 degrees to either side, so that all ten differ.
   */
  ARTICLE("article"),
  /**
   * What the article's conclusion asks for after rotations by 90 degrees had proved too uniform:
   * rotations by random angles, every second one of the mirrored image on average.
   */
  ANY_ANGLE("any-angle");

  private final String label;

  OfflineAugmentation(String label) {
    this.label = label;
  }

  /** The name on the command line and in files. */
  public String label() {
    return label;
  }

  /** The constant of that name, if there is one. */
  public static Optional<OfflineAugmentation> ofLabel(String label) {
    return Arrays.stream(values()).filter(known -> known.label.equals(label)).findFirst();
  }

  /**
   * The original first, then what is made of it.
   *
   * @param image a square
   * @param copies images in all for {@link #ANY_ANGLE}, at least 1; {@link #NONE} always gives 1
   *     and {@link #ARTICLE} 10
   * @param random decides angles and reflections of {@link #ANY_ANGLE}
   */
  public List<Image> apply(Image image, int copies, RandomStream random) {
    if (image.width() != image.height()) {
      throw new IllegalArgumentException("only squares are augmented, was " + image);
    }
    if (copies < 1) {
      throw new IllegalArgumentException("copies must be at least 1, was " + copies);
    }
    List<Image> images = new ArrayList<>();
    images.add(image);
    switch (this) {
      case NONE -> {}
      case ARTICLE -> {
        for (Symmetry symmetry : Symmetry.values()) {
          if (symmetry != Symmetry.IDENTITY) {
            images.add(symmetry.apply(image));
          }
        }
        images.add(Rotation.by(image, 45));
        images.add(Rotation.by(image, -45));
      }
      case ANY_ANGLE -> {
        while (images.size() < copies) {
          Image side = random.nextInt(2) == 0 ? image : Symmetry.MIRROR.apply(image);
          images.add(Rotation.by(side, random.nextDouble(0, 360)));
        }
      }
    }
    return images;
  }
}
