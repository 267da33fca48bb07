package org.inoculum.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Collectors;
import org.inoculum.UserException;

/** Words that the user may have mistyped. */
final class Suggestions {
  private Suggestions() {}

  /** The error for a word that is none of those known, with the nearest one. */
  static UserException unknown(String what, String word, Collection<String> known) {
    String nearest =
        known.stream()
            .min(
                Comparator.comparingInt(
                    candidate ->
                        distance(
                            word.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT))))
            .orElseThrow();
    return UserException.usage(
        "unknown "
            + what
            + " '"
            + word
            + "'; did you mean '"
            + nearest
            + "'? There "
            + (known.size() == 1 ? "is only " : "are ")
            + known.stream().collect(Collectors.joining(", ")));
  }

  /** Single-letter changes between two words (Levenshtein 1966). */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
