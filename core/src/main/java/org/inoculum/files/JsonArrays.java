package org.inoculum.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.inoculum.UserException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.core.util.JsonParserDelegate;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * The elements of arrays in a large JSON object that another program wrote, one at a time: never
 * more in memory than one. Field names are the record's in snake_case; fields that the record does
 * not have are passed over.
 */
public final class JsonArrays {
  /** No name or text that is kept is longer. */
  private static final int LONGEST_TEXT = 1 << 16;

  /** No list in an element has more parts. */
  private static final int MOST_TOKENS = 10_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build())
                  // Python writes NaN and Infinity, which JSON does not know.
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .build())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private JsonArrays() {}

  /**
   * An array and who takes its elements.
   *
   * @param name of the field of the outermost object
   * @param type record that each element is read as
   * @param each takes them in their order
   */
  public record Member<T>(String name, Class<T> type, Consumer<T> each) {}

  /**
   * Reads through a file.
   *
   * @return the names of all fields of the outermost object
   * @throws UserException of kind BAD_DATA, naming the file, if it is no JSON object, or an element
   *     is not what was expected
   */
  public static Set<String> read(Path file, List<Member<?>> parts) {
    Set<String> names = new HashSet<>();
    try (InputStream in = StoredFile.open(file);
        Bounded parser = new Bounded(MAPPER.createParser(in))) {
      require(parser.nextToken() == JsonToken.START_OBJECT, file, "the file is no JSON object");
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        names.add(name);
        parser.nextToken();
        for (Member<?> part : parts) {
          if (part.name().equals(name)) {
            readArray(parser, file, part);
          }
        }
        parser.skipChildren();
        parser.tokens = 0;
      }
      require(parser.nextToken() == null, file, "something follows the JSON object");
    } catch (JacksonException e) {
      throw UserException.badData(
          "%s is not the JSON that was expected: %s (line %d)"
              .formatted(file, e.getOriginalMessage(), line(e)),
          e);
    } catch (IOException e) {
      throw UserException.badData("cannot read " + file + ": " + e.getMessage(), e);
    }
    return names;
  }

  private static <T> void readArray(Bounded parser, Path file, Member<T> part) {
    String expected = "'" + part.name() + "' is no list of objects";
    require(parser.currentToken() == JsonToken.START_ARRAY, file, expected);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(parser.currentToken() == JsonToken.START_OBJECT, file, expected);
      parser.tokens = 0;
      part.each().accept(MAPPER.readValue(parser, part.type()));
    }
  }

  /** Ends elements that would fill the memory; what is passed over does not count. */
  private static final class Bounded extends JsonParserDelegate {
    private int tokens;

    Bounded(JsonParser parser) {
      super(parser);
    }

    @Override
    public JsonToken nextToken() {
      if (++tokens > MOST_TOKENS) {
        throw new StreamConstraintsException("an element has more than " + MOST_TOKENS + " parts");
      }
      return super.nextToken();
    }
  }

  private static int line(JacksonException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
  }

  private static void require(boolean holds, Path file, String otherwise) {
    if (!holds) {
      throw UserException.badData(file + " is not the JSON that was expected: " + otherwise);
    }
  }
}
