package org.inoculum.files;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.inoculum.UserException;
import org.jspecify.annotations.Nullable;
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
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * The elements of arrays in a large JSON document that another program wrote, one at a time: never
 * more in memory than one. Field names are the record's in snake_case; fields that the record does
 * not have are passed over.
 */
public final class JsonArrays {
  /** No name or text that is kept is longer. */
  private static final int LONGEST_TEXT = 1 << 16;

  /** No element has more parts, unless its member says so. */
  private static final int MOST_TOKENS = 10_000;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(LONGEST_TEXT).build())
                  // Python writes NaN and Infinity, which JSON does not know.
                  .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .build())
          .annotationIntrospector(new PassingOver())
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
   * @param mostTokens parts of an element; what is passed over does not count
   */
  public record Member<T>(String name, Class<T> type, Consumer<T> each, int mostTokens)
      implements Part {
    /** Elements of at most 10,000 parts. */
    public Member(String name, Class<T> type, Consumer<T> each) {
      this(name, type, each, MOST_TOKENS);
    }
  }

  /**
   * A text, a number or a truth, and who takes it; null where it is null.
   *
   * @param name of the field of the outermost object
   * @param each takes it
   */
  public record Value(String name, Consumer<@Nullable Object> each) implements Part {}

  /** What is asked of a document. */
  public sealed interface Part {
    /** The field of the outermost object; empty for the document itself, if it is a list. */
    String name();
  }

  /**
   * The first field of the outermost object, or of the first object of the outermost list, that is
   * one of some names; in a list each name has a prefix. Empty where there is none, or what comes
   * before it is no JSON.
   */
  public static Optional<String> firstOf(Path file, Set<String> names, String prefix) {
    try (InputStream in = StoredFile.open(file);
        JsonParser parser = MAPPER.createParser(in)) {
      JsonToken token = parser.nextToken();
      String before = token == JsonToken.START_ARRAY ? prefix : "";
      if (token == JsonToken.START_ARRAY) {
        token = parser.nextToken();
      }
      while (token == JsonToken.START_OBJECT && parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = before + parser.currentName();
        if (names.contains(name)) {
          return Optional.of(name);
        }
        parser.nextToken();
        parser.skipChildren();
      }
      return Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty(); // whoever reads it tells what is wrong with it
    } catch (IOException e) {
      throw UserException.badData("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads through a file.
   *
   * @return the names of all fields of the outermost object; of a list, an empty name
   * @throws UserException of kind BAD_DATA, naming the file, if it is no JSON object, or an element
   *     is not what was expected
   */
  public static Set<String> read(Path file, List<? extends Part> parts) {
    Set<String> names = new HashSet<>();
    try (InputStream in = StoredFile.open(file);
        Bounded parser = new Bounded(MAPPER.createParser(in))) {
      JsonToken start = parser.nextToken();
      for (Part part : parts) {
        if (part.name().isEmpty() && start == JsonToken.START_ARRAY) {
          take(parser, file, part);
          require(parser.nextToken() == null, file, "something follows the JSON list");
          return Set.of("");
        }
      }
      require(start == JsonToken.START_OBJECT, file, "the file is no JSON object");
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        names.add(name);
        parser.nextToken();
        for (Part part : parts) {
          if (part.name().equals(name)) {
            take(parser, file, part);
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

  private static void take(Bounded parser, Path file, Part part) {
    if (part instanceof Member<?> member) {
      readArray(parser, file, member);
    } else if (part instanceof Value value) {
      value.each().accept(scalar(parser, file, value.name()));
    }
  }

  private static @Nullable Object scalar(Bounded parser, Path file, String name) {
    JsonToken token = parser.currentToken();
    require(token.isScalarValue(), file, "'" + name + "' is neither a text nor a number");
    if (token.isNumeric()) {
      return parser.getNumberValue();
    }
    return switch (token) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> parser.getString();
    };
  }

  private static <T> void readArray(Bounded parser, Path file, Member<T> part) {
    String expected =
        (part.name().isEmpty() ? "the file" : "'" + part.name() + "'") + " is no list of objects";
    require(parser.currentToken() == JsonToken.START_ARRAY, file, expected);
    parser.most = part.mostTokens();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      require(parser.currentToken() == JsonToken.START_OBJECT, file, expected);
      parser.tokens = 0;
      part.each().accept(MAPPER.readValue(parser, part.type()));
    }
  }

  /** Has unknown fields passed over at once; otherwise those before a known one are kept first. */
  private static final class PassingOver extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public JsonIgnoreProperties.Value findPropertyIgnoralByName(
        MapperConfig<?> config, Annotated type) {
      return JsonIgnoreProperties.Value.forIgnoredProperties().withIgnoreUnknown();
    }
  }

  /** Ends elements that would fill the memory; what is passed over does not count. */
  static final class Bounded extends JsonParserDelegate {
    int tokens;
    private int most = MOST_TOKENS;

    Bounded(JsonParser parser) {
      super(parser);
    }

    @Override
    public JsonToken nextToken() {
      if (++tokens > most) {
        throw new StreamConstraintsException("an element has more than " + most + " parts");
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
