package org.inoculum.compose;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.inoculum.UserException;
import org.inoculum.annotation.BoxFormat;
import org.jspecify.annotations.Nullable;

/**
 * The options for composing.
 *
 * @param ground folder of fields without cells, or with annotated ones that are removed
 * @param clean annotations of the objects to remove; empty where the ground has none
 * @param format of the annotations; null: found by name and content
 * @param count fields
 * @param perField a number, a range or a file of annotations; empty for the recipe's mixture
 * @param modality empty: found from crops and ground
 * @param classes weights by class; empty for all classes alike
 * @param clusters whether cells that touch are one object
 * @param match whether the cells of a field come from crops that are like it
 * @param laying how a cell gets onto its ground
 * @param boxMargin in pixels; empty: measured where there are annotated boxes
 * @param cellScale pixels of a field for each of a crop; empty: 1, unless annotated boxes say that
 *     the magnification differs
 * @param generated cells to generate where the cells are a run
 * @param seed decides everything
 * @param threads fields at a time
 * @param recipe the hyperparameters
 */
public record ComposeOptions(
    Path ground,
    Optional<Path> clean,
    @Nullable BoxFormat format,
    int count,
    Optional<String> perField,
    Optional<Modality> modality,
    Map<String, Double> classes,
    Clusters clusters,
    boolean match,
    Laying laying,
    OptionalDouble boxMargin,
    OptionalDouble cellScale,
    int generated,
    long seed,
    int threads,
    ComposeRecipe recipe) {
  private static final int MOST_FIELDS = 1_000_000;

  /** What is one object where cells touch. */
  public enum Clusters {
    /** All that touch, as annotators of smears draw them. */
    ONE,
    /** Each cell. */
    EACH
  }

  /** How a cell gets onto its ground. */
  public enum Laying {
    /** Cut out, as the modality says. */
    CUT,
    /**
     * A rectangle of its crop, pasted as it is: the baseline that cutting has to beat (Dwibedi,
     * Misra and Hebert, "Cut, paste and learn", 1708.01642, without its masks).
     */
    RECTANGLE
  }

  /** Checks the ranges. */
  public ComposeOptions {
    classes = Map.copyOf(classes);
    if (count < 1 || count > MOST_FIELDS) {
      throw UserException.usage("--count must be from 1 to " + MOST_FIELDS + ", was " + count);
    }
    if (threads < 1 || threads > 1024) {
      throw UserException.usage("--threads must be from 1 to 1024, was " + threads);
    }
    if (generated < 1 || generated > 100_000) {
      throw UserException.usage("--generated must be from 1 to 100000, was " + generated);
    }
    if (boxMargin.isPresent() && !(boxMargin.getAsDouble() >= 0 && boxMargin.getAsDouble() < 1e4)) {
      throw UserException.usage(
          "--box-margin must be auto or pixels from 0 on, was " + boxMargin.getAsDouble());
    }
    if (cellScale.isPresent()
        && !(cellScale.getAsDouble() >= 0.05 && cellScale.getAsDouble() <= 20)) {
      throw UserException.usage(
          "--cell-scale must be from 0.05 to 20, was " + cellScale.getAsDouble());
    }
    classes.forEach(
        (name, weight) -> {
          if (!(weight > 0 && weight <= 1e9)) {
            throw UserException.usage("--classes " + name + " must be above 0, was " + weight);
          }
        });
  }
}
