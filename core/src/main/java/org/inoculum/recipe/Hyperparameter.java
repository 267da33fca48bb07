package org.inoculum.recipe;

import java.math.BigDecimal;
import java.util.List;
import org.inoculum.UserException;
import org.jspecify.annotations.Nullable;

/**
 * A hyperparameter of a method, as a resource such as {@code modern.json} has it.
 *
 * @param name as {@code --set} takes it
 * @param defaultValue a number, a truth value or the name of a choice
 * @param min the least value; null for none
 * @param max the largest value; null for none
 * @param aboveMin whether values are above {@code min}, rather than at least that
 * @param belowMax whether values are below {@code max}, rather than up to that
 * @param multipleOf values are multiples of it; null for any
 * @param values all choices; null for a number
 * @param meaning in a few words
 * @param paper where it comes from; null for nowhere
 */
public record Hyperparameter(
    String name,
    Object defaultValue,
    @Nullable Double min,
    @Nullable Double max,
    @Nullable Boolean aboveMin,
    @Nullable Boolean belowMax,
    @Nullable Integer multipleOf,
    @Nullable List<Object> values,
    String meaning,
    @Nullable String paper) {

  /** The range in words, such as "from 1 to 4096", "above 0" or "relativistic, hinge". */
  public String range() {
    if (values != null) {
      return String.join(", ", values.stream().map(String::valueOf).toList());
    }
    if (multipleOf != null) {
      return "a multiple of " + multipleOf + " up to " + number(max);
    }
    boolean above = Boolean.TRUE.equals(aboveMin);
    boolean below = Boolean.TRUE.equals(belowMax);
    if (max != null && !above && !below) {
      return "from " + number(min) + " to " + number(max);
    }
    return (above ? "above " : "at least ")
        + number(min)
        + (max == null ? "" : (below ? " and below " : " and up to ") + number(max));
  }

  /** Without ".0", and never with an exponent. */
  private static String number(@Nullable Double value) {
    return value == null ? "any" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /**
   * Refuses a value that is out of range.
   *
   * @throws UserException of kind USAGE
   */
  void check(Number found) {
    double value = found.doubleValue();
    boolean holds =
        Double.isFinite(value)
            && (min == null || (Boolean.TRUE.equals(aboveMin) ? value > min : value >= min))
            && (max == null || (Boolean.TRUE.equals(belowMax) ? value < max : value <= max))
            && (multipleOf == null || value % multipleOf == 0);
    if (!holds) {
      throw UserException.usage(name + " must be " + range() + ", was " + found);
    }
  }
}
