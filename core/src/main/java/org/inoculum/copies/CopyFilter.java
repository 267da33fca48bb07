package org.inoculum.copies;

import java.util.Locale;
import java.util.Optional;
import org.inoculum.image.Image;

/**
 * Judges generated images one after the other, in the order of their index, so that what is said of
 * an image depends on the ones before it alone.
 */
public final class CopyFilter {
  /** Pictures of less contrast than this, in levels of 255, show nothing. */
  private static final double BLANK = 1;

  /** Why an image is not taken. */
  public enum Reason {
    /** It shows a training image. */
    COPY,
    /** It shows an image that was accepted before it. */
    REPEAT,
    /** It shows nothing. */
    BLANK;

    /** In files. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What is said of an image.
   *
   * @param rejected why it is not taken; empty if it is
   * @param nearest the training image that is nearest to it
   */
  public record Decision(Optional<Reason> rejected, Match nearest) {}

  /**
   * What is said of an image by itself, whatever came before it.
   *
   * @param rejected {@link Reason#COPY} or {@link Reason#BLANK}; empty for neither
   * @param nearest the training image that is nearest to it
   * @param picture what it shows
   * @param repeatLimit how near to an accepted image it repeats that one: as near as a copy would
   *     have to be to the training image
   */
  public record Alone(
      Optional<Reason> rejected, Match nearest, Descriptor picture, double repeatLimit) {}

  private final TrainingImages training;
  private final double threshold;
  private final double blank;
  private final Repeats repeats = new Repeats();

  /**
   * A filter that has seen nothing yet.
   *
   * @param threshold ratio below which an image is a copy, such as {@link TrainingImages#threshold}
   */
  public CopyFilter(TrainingImages training, double threshold) {
    this.training = training;
    this.threshold = threshold;
    // Plain ground can be a class of its own: what training images show is not nothing.
    this.blank = Math.min(BLANK, training.leastContrast() / 2);
  }

  /** Judges an image by itself; several threads may. */
  public Alone alone(Image image) {
    Descriptor picture = Descriptor.of(image);
    Match nearest = training.nearest(picture);
    Optional<Reason> rejected = Optional.empty();
    if (picture.contrast() < blank) {
      rejected = Optional.of(Reason.BLANK);
    } else if (nearest.ratio() < threshold) {
      rejected = Optional.of(Reason.COPY);
    }
    return new Alone(rejected, nearest, picture, threshold * training.spacing(nearest.training()));
  }

  /** Judges the next image. */
  public Decision check(Image image) {
    Alone alone = alone(image);
    Optional<Reason> rejected = alone.rejected();
    if (rejected.isEmpty() && !repeats.accepts(alone.picture(), alone.repeatLimit())) {
      rejected = Optional.of(Reason.REPEAT);
    }
    return new Decision(rejected, alone.nearest());
  }
}
