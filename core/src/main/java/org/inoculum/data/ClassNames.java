package org.inoculum.data;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.inoculum.UserException;

/** Class names that annotations bring along, each of which becomes a folder. */
final class ClassNames {
  private static final int MOST = 1000;
  private static final int LONGEST = 80;

  private final Map<String, String> byFolder = new HashMap<>();

  /**
   * Says no to what can be no folder's name on some system, and to two names for one folder.
   *
   * @param place named in the error
   */
  void check(String name, String place) {
    String shown = name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name;
    boolean usable =
        name.length() <= LONGEST
            && name.codePoints()
                .noneMatch(c -> Character.isISOControl(c) || "/\\:*?\"<>|".indexOf(c) >= 0)
            && !name.startsWith(".")
            && !name.endsWith(".")
            && name.equals(name.strip());
    if (!usable) {
      throw UserException.badData(
          "%s: the class '%s' can be no folder's name; it has at most %d characters, none of / \\ : * ? \" < > |, and no dot at its ends"
              .formatted(place, shown.replaceAll("\\p{Cntrl}", "?"), LONGEST));
    }
    String key = Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    String other = byFolder.putIfAbsent(key, name);
    if (other != null && !other.equals(name)) {
      throw UserException.badData(
          "%s: the classes '%s' and '%s' would be one folder on some systems; write them alike"
              .formatted(place, other, name));
    }
    if (byFolder.size() > MOST) {
      throw UserException.badData(
          place + ": more than " + MOST + " classes; is another column or field meant?");
    }
  }
}
