package org.inoculum.cli;

import java.util.Map;
import java.util.Map.Entry;
import org.inoculum.UserException;
import org.inoculum.files.Json;

/** {@code --set NAME=VALUE}: changes fields of a record by name. */
final class Settings {
  private Settings() {}

  /**
   * The record with these fields changed.
   *
   * @throws UserException of kind USAGE for a name that the record lacks or a value that its field
   *     cannot take
   */
  @SuppressWarnings("unchecked") // the record comes back as its own class, which is a T
  static <T> T apply(T record, Map<String, String> settings) {
    T changed = record;
    for (Entry<String, String> setting : settings.entrySet()) {
      Map<String, Object> tree = Json.tree(changed);
      Object before = tree.get(setting.getKey());
      if (before == null) {
        throw Suggestions.unknown("hyperparameter", setting.getKey(), tree.keySet());
      }
      tree.put(setting.getKey(), value(setting.getValue()));
      try {
        changed = (T) Json.ofTree(tree, record.getClass(), "--set");
      } catch (UserException e) {
        if (e.kind() == UserException.Kind.USAGE) {
          throw e;
        }
        throw UserException.usage(
            "--set "
                + setting.getKey()
                + "="
                + setting.getValue()
                + " does not fit; it is "
                + AsTyped.number(before)
                + " where nothing is said");
      }
    }
    return changed;
  }

  private static Object value(String text) {
    try {
      return text.matches("[+-]?\\d+") ? (Object) Long.valueOf(text) : Double.valueOf(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
