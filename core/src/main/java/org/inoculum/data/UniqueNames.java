package org.inoculum.data;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names without extension that stay apart on every file system, also where upper and lower case or
 * the two spellings of an accent are one: a.jpg is a, a.png after it a~2, A.png a third A~3.
 */
final class UniqueNames {
  private final Set<String> taken = new HashSet<>();

  /** The file's name without extension, with ~2, ~3 … where that was given before. */
  String of(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot <= 0 ? name : name.substring(0, dot);
    String unique = stem;
    for (int count = 2; !taken.add(key(unique)); count++) {
      unique = stem + "~" + count;
    }
    return unique;
  }

  private static String key(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
