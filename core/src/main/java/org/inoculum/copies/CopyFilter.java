package org.inoculum.copies;

import java.util.Locale;
import java.util.Optional;
import org.inoculum.image.Image;

/**
 * Checks generated images one after the other, in the order of their index, so that what is said of
 * an image depends on the ones before it alone.
 */
public final class CopyFilter {
  /** Images of less contrast than this, in levels of 255, show nothing. */
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
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The decision on an image.
   *
   * @param rejected why it is not taken; empty if it is
   * @param nearest the training image that is nearest to it
   */
  public record Decision(Optional<Reason> rejected, Match nearest) {}

  /**
   * The result of the copy check for an image by itself, whatever came before it.
   *
   * @param rejected {@link Reason#COPY} or {@link Reason#BLANK}; empty for neither
   * @param nearest the training image that is nearest to it
   * @param descriptor what it shows
   * @param repeatLimit how near to an accepted image it repeats that one: as near as a copy would
   *     have to be to the training image
   */
  public record SingleCheck(
      Optional<Reason> rejected, Match nearest, Descriptor descriptor, double repeatLimit) {}

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

  /** Checks an image by itself; several threads may. */
  public SingleCheck alone(Image image) {
    Descriptor descriptor = Descriptor.of(image);
    Match nearest = training.nearest(descriptor);
    Optional<Reason> rejected = Optional.empty();
    if (descriptor.contrast() < blank) {
      rejected = Optional.of(Reason.BLANK);
    } else if (nearest.ratio() < threshold) {
      rejected = Optional.of(Reason.COPY);
    }
    return new SingleCheck(
        rejected, nearest, descriptor, threshold * training.spacing(nearest.training()));
  }

  /** Checks the next image. */
  public Decision check(Image image) {
    SingleCheck alone = alone(image);
    Optional<Reason> rejected = alone.rejected();
    if (rejected.isEmpty() && !repeats.accepts(alone.descriptor(), alone.repeatLimit())) {
      rejected = Optional.of(Reason.REPEAT);
    }
    return new Decision(rejected, alone.nearest());
  }
}
