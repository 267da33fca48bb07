package org.inoculum.files;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * The numbers in lines of JSON such as {@code {"iteration":7,"d":0.4}}, one after the other and
 * without a tree, for files of very many lines.
 */
public final class NumberLines {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();

  /** Is told of the numbers of a line. */
  @FunctionalInterface
  public interface Sink {
    /** A field of the object whose value is a number. */
    void number(String name, double value);
  }

  private NumberLines() {}

  /**
   * Reads one line; fields that are no numbers are passed over.
   *
   * @return false where the line is not one JSON object; the sink may have been told of its
   *     beginning
   */
  public static boolean read(byte[] text, int from, int length, Sink sink) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text, from, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_NUMBER_INT || value == JsonToken.VALUE_NUMBER_FLOAT) {
          sink.number(name, parser.getDoubleValue());
        } else {
          parser.skipChildren();
        }
      }
      return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }
}
