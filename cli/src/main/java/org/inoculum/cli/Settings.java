package org.inoculum.cli;

import java.util.Map;
import java.util.Map.Entry;
import org.inoculum.UserException;
import org.inoculum.files.Json;

/** {@code --set key=value}: changes fields of a record by name. */
final class Settings {
  private Settings() {}

  /**
   * The record with these fields changed.
   *
   * @throws UserException of kind USAGE for a key that the record lacks or a value that its field
   *     cannot take
   */
  @SuppressWarnings(
      "unchecked") // the class of a value of type T, which is a record and so exactly T
  static <T extends Record> T apply(T record, Map<String, String> settings) {
    Map<String, Object> tree = Json.tree(record);
    for (Entry<String, String> setting : settings.entrySet()) {
      if (!tree.containsKey(setting.getKey())) {
        throw Words.unknown("--set key", setting.getKey(), tree.keySet());
      }
      tree.put(setting.getKey(), value(setting.getValue()));
    }
    try {
      return (T) Json.ofTree(tree, record.getClass(), "--set");
    } catch (UserException e) {
      throw e.kind() == UserException.Kind.BAD_DATA
          ? UserException.usage(String.valueOf(e.getMessage()))
          : e;
    }
  }

  private static Object value(String text) {
    try {
      return text.matches("[+-]?\\d+") ? (Object) Long.valueOf(text) : Double.valueOf(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }
}
