package org.inoculum.files;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.inoculum.UserException;
import org.jspecify.annotations.Nullable;

/**
 * The version of the formats of runs and synthetic data sets. Their documents begin with it, and
 * documents of another version are refused: nothing reads what an earlier version wrote.
 */
public final class FormatVersion {
  /** Raised with every change that an older document would not fit. */
  public static final int CURRENT = 3;

  private static final String FIELD = "formatVersion";

  private FormatVersion() {}

  /** A document that begins with the version. */
  public static String document(Object record) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put(FIELD, CURRENT);
    tree.putAll(Json.tree(record));
    return Json.document(tree);
  }

  /**
   * Reads such a document.
   *
   * @throws UserException of kind BAD_DATA if it is of another version, or not one of {@code type}
   */
  public static <T> T read(Path file, Class<T> type) {
    return ofTree(Json.read(file, Map.class), type, file.toString());
  }

  /** The same from its text; errors call it {@code source}. */
  public static <T> T parse(String text, Class<T> type, String source) {
    return ofTree(Json.parse(text, Map.class, source), type, source);
  }

  /** The fields of a document without its version, which is checked. */
  public static Map<String, Object> fields(Map<?, ?> document, String source) {
    require(document.get(FIELD), source);
    Map<String, Object> fields = new LinkedHashMap<>();
    document.forEach((name, value) -> fields.put(String.valueOf(name), value));
    fields.remove(FIELD);
    return fields;
  }

  private static <T> T ofTree(Map<?, ?> document, Class<T> type, String source) {
    return Json.ofTree(fields(document, source), type, source);
  }

  private static void require(@Nullable Object found, String source) {
    if (!(found instanceof Number number) || number.intValue() != CURRENT) {
      throw UserException.badData(
          "%s is of format %s, and this version of the program reads format %d: %s"
              .formatted(
                  source,
                  found == null ? "1" : found,
                  CURRENT,
                  found instanceof Number other && other.intValue() > CURRENT
                      ? "a later version made it"
                      : "an earlier development version made it, so make it again"));
    }
  }
}
