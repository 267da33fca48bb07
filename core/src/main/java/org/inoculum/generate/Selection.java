package org.inoculum.generate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inoculum.UserException;
import org.inoculum.copies.CopyFilter.Reason;
import org.inoculum.copies.Repeats;
import org.inoculum.files.Json;
import org.inoculum.model.ListedImages.SampleSpec;

/**
 * The selection of candidates for a set: in the order of their index, those that are no copies and
 * not blank, and repeat none that was taken before. What is said of an image depends on the ones
 * before it alone.
 */
final class Selection {
  /** Before so many images were drawn nothing is said of a generator that fails. */
  private static final int PATIENCE = 256;

  private static final double MOST_REJECTED = 0.9;

  private final GenerationOrigin.Compared compared;
  private final Optional<Repeats> repeats;
  private final Map<Reason, Integer> rejections = new EnumMap<>(Reason.class);
  private final List<RejectedImage> after = new ArrayList<>();
  private final StringBuilder lines = new StringBuilder();
  private int taken;

  /**
   * A selection that has seen nothing yet.
   *
   * @param repeats whether to look for repeats; a part of a set does not know the images before
   */
  Selection(GenerationOrigin.Compared compared, boolean repeats) {
    this.compared = compared;
    this.repeats = repeats ? Optional.of(new Repeats()) : Optional.empty();
  }

  /** Whether the next candidate is taken; a rejected one is remembered until {@link #flush}. */
  boolean accepts(SampleSpec image, CopyCheckResult copyCheckResult) {
    Reason reason = copyCheckResult.rejected();
    if (reason == null
        && repeats.isPresent()
        && !repeats.get().accepts(copyCheckResult.descriptor(), copyCheckResult.repeatLimit())) {
      reason = Reason.REPEAT;
    }
    if (reason == null) {
      flush();
      taken++;
      return true;
    }
    after.add(
        new RejectedImage(
            image.index(),
            image.seed(),
            reason.label(),
            copyCheckResult.nearestReal(),
            copyCheckResult.distance(),
            copyCheckResult.ratio()));
    return false;
  }

  /**
   * Writes down what was rejected after the last image that was taken. A set ends with an image:
   * what was looked at behind its last one does not belong to it.
   */
  void flush() {
    for (RejectedImage rejected : after) {
      restore(rejected);
      lines.append(Json.line(rejected)).append('\n');
    }
    after.clear();
  }

  /** Counts an image that was rejected before this generation was resumed. */
  void restore(RejectedImage before) {
    for (Reason reason : Reason.values()) {
      if (reason.label().equals(before.reason())) {
        rejections.merge(reason, 1, Integer::sum);
      }
    }
  }

  /** What was settled since this was last asked, as lines of {@code rejected.jsonl}. */
  String takeLines() {
    String settled = lines.toString();
    lines.setLength(0);
    return settled;
  }

  /**
   * Ends a generation that comes to nothing.
   *
   * @throws UserException of kind FAILURE if hardly any image is accepted
   */
  void refuseHopeless() {
    flush();
    if (evaluated() >= PATIENCE && rejected() > MOST_REJECTED * evaluated()) {
      throw UserException.failure(
          String.format(
              Locale.ROOT,
              "%d of the first %d images were rejected (%s), so generating stopped and left nothing; the generator needs more or other training, or look at what it makes with --no-filter",
              rejected(),
              evaluated(),
              counts()));
    }
  }

  private int evaluated() {
    return taken + rejected();
  }

  int rejected() {
    return rejections.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** What was tested, with which numbers. */
  String notice() {
    return String.format(
        Locale.ROOT,
        "Each image was compared with all %d training images, upright and turned by 45 degrees, under the 8 symmetries of the square, on %d-number descriptors; it was rejected as a copy below a ratio of %.3f to the training image's own distance to its nearest different neighbour. Of %d images %d were rejected (%s). Copies that are cut, shifted by more than a pixel or two, or turned by another angle may be missed.",
        compared.trainingImages(),
        256,
        compared.threshold(),
        evaluated(),
        rejected(),
        counts());
  }

  /** What the set's description says of the test. */
  SyntheticSet.CopyCheckCounts test() {
    return new SyntheticSet.CopyCheckCounts(
        compared.trainingImages(),
        Math.round(compared.threshold() * 1e4) / 1e4,
        count(Reason.COPY),
        count(Reason.REPEAT),
        count(Reason.BLANK));
  }

  private String counts() {
    return String.format(
        Locale.ROOT,
        "%d copies, %d repeats of another generated image, %d blank",
        count(Reason.COPY),
        count(Reason.REPEAT),
        count(Reason.BLANK));
  }

  private int count(Reason reason) {
    return rejections.getOrDefault(reason, 0);
  }
}
