package org.inoculum.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as a reader wants them. */
final class Figures {
  /** With blanks that do not break, so that an interval stays in one line. */
  static final String UP_TO = "\u00A0…\u00A0";

  private Figures() {}

  /** Four digits that count; a dash for none. */
  static String of(@Nullable Double value) {
    if (value == null) {
      return "–";
    }
    double size = Math.abs(value);
    int decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** From one number to another, or a dash. */
  static String interval(@Nullable Double low, @Nullable Double high) {
    return low == null || high == null ? "–" : of(low) + UP_TO + of(high);
  }

  /** A share as a percentage. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f\u00A0%%", 100 * share);
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }

  /** What a file says, or that it says nothing. */
  static String orUnknown(@Nullable Object value) {
    return value == null ? "not recorded" : String.valueOf(value);
  }
}
