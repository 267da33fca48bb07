package org.inoculum.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.inoculum.UserException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Records as JSON documents and JSON lines. Field names are the record's; an unknown field in a
 * file is an error.
 */
public final class Json {
  private static final JsonMapper LINES =
      JsonMapper.builder()
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build();
  private static final JsonMapper DOCUMENTS =
      LINES.rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Json() {}

  /** A document of several indented lines, ending in a line break. */
  public static String document(Object value) {
    return DOCUMENTS.writeValueAsString(value) + "\n";
  }

  /** One line, without its line break. */
  public static String line(Object value) {
    return LINES.writeValueAsString(value);
  }

  /**
   * Reads one document; where it is not one of {@code type}, the error names {@code source} and the
   * place.
   */
  public static <T> T parse(String text, Class<T> type, String source) {
    try {
      @Nullable T value = LINES.readValue(text, type);
      if (value == null) { // the JSON word null
        throw UserException.badData(
            source + " is not the JSON that was expected: it holds nothing");
      }
      return value;
    } catch (JacksonException e) {
      if (e.getCause() instanceof UserException refused) {
        throw refused; // by the record itself, which says it better
      }
      throw UserException.badData(
          source + " is not the JSON that was expected: " + e.getOriginalMessage(), e);
    }
  }

  /** A record as a tree of maps, lists, texts and numbers. */
  @SuppressWarnings("unchecked") // a record is written as an object with texts as keys
  public static Map<String, Object> tree(Object record) {
    return new LinkedHashMap<>(LINES.convertValue(record, Map.class));
  }

  /**
   * The opposite of {@link #tree}; where the tree does not fit, the error names {@code source} and
   * the field.
   */
  public static <T> T ofTree(Map<String, Object> tree, Class<T> type, String source) {
    return parse(line(tree), type, source);
  }

  /** Reads a file with one document. */
  public static <T> T read(Path file, Class<T> type) {
    return parse(readText(file), type, file.toString());
  }

  /**
   * Reads a file of JSON lines. A last line without its line break was torn by a crash and is left
   * out.
   */
  public static <T> List<T> readLines(Path file, Class<T> type) {
    String text = readText(file);
    List<T> values = new ArrayList<>();
    int start = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      values.add(parse(text.substring(start, end), type, file + ", line " + (values.size() + 1)));
      start = end + 1;
    }
    return values;
  }

  /** Reads a whole file of JSON lines one by one, however many there are. */
  public static <T> void forEachLine(Path file, Class<T> type, Consumer<T> each) {
    try (StoredFile.Lines lines = StoredFile.lines(file)) {
      int number = 0;
      for (String line = lines.next(); line != null; line = lines.next()) {
        each.accept(parse(line, type, file + ", line " + ++number));
      }
    } catch (IOException e) {
      throw UserException.badData("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static String readText(Path file) {
    try {
      return StoredFile.text(file);
    } catch (IOException e) {
      throw UserException.badData("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
