package org.inoculum.files;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * An outline in a JSON document: points in lists of any depth, of which only the bounding box is
 * kept, or the runs of a mask. What is neither makes it unsound; only damaged JSON is an error.
 */
@JsonDeserialize(using = JsonOutline.Reader.class)
public final class JsonOutline {
  /** No mask has more runs. */
  private static final int MOST_RUNS = 1 << 20;

  private final double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
  private final double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
  private final double[] first = new double[4];
  private long numbers;
  private boolean sound = true;
  private boolean mask;
  private int[] runs = {};
  private int[] size = {};
  private @Nullable String text;

  private JsonOutline() {}

  /** Whether it is nothing but pairs of numbers, or a mask with runs and a size. */
  public boolean isSound() {
    boolean hasRuns = text != null || runs.length > 0;
    return sound && (mask ? hasRuns && size.length == 2 : numbers > 0);
  }

  /** Whether it is a mask rather than points. */
  public boolean isMask() {
    return mask;
  }

  /** How many points there are. */
  public long points() {
    return numbers / 2;
  }

  /** Left, top, width and height of the points. */
  public double[] box() {
    return new double[] {low[0], low[1], high[0] - low[0], high[1] - low[1]};
  }

  /** The first two points: x, y, x, y. */
  public double[] firstPoints() {
    return first.clone();
  }

  /** The runs of a mask that are written as numbers. */
  public int[] runs() {
    return runs.clone();
  }

  /** The runs of a mask that are written as a text. */
  public @Nullable String text() {
    return text;
  }

  /** The size of a mask as it is written: rows and columns. */
  public int[] size() {
    return size.clone();
  }

  private void add(int axis, double number) {
    if (numbers < first.length) {
      first[(int) numbers] = number;
    }
    low[axis] = Math.min(low[axis], number);
    high[axis] = Math.max(high[axis], number);
    numbers++;
  }

  private void readPoints(JsonParser parser) {
    int inList = 0;
    int depth = 1;
    while (depth > 0) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
        add(inList++ % 2, parser.getDoubleValue());
        continue;
      }
      sound &= inList % 2 == 0;
      inList = 0;
      if (token == JsonToken.START_ARRAY) {
        depth++;
      } else if (token == JsonToken.END_ARRAY) {
        depth--;
      } else {
        sound = false;
        parser.skipChildren();
      }
    }
  }

  private void readMask(JsonParser parser) {
    mask = true;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (name.equals("counts") && token == JsonToken.VALUE_STRING) {
        text = parser.getString();
      } else if (name.equals("counts")) {
        runs = readWhole(parser, MOST_RUNS);
      } else if (name.equals("size")) {
        size = readWhole(parser, 2);
      } else {
        parser.skipChildren();
      }
    }
  }

  /** Whole numbers from 0; none, and unsound, where a list holds something else or more. */
  private int[] readWhole(JsonParser parser, int most) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      sound = false;
      return new int[0];
    }
    int[] found = new int[Math.min(most, 64)];
    int count = 0;
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      double number = token.isNumeric() ? parser.getDoubleValue() : -1;
      boolean whole = number >= 0 && number <= Integer.MAX_VALUE && number == Math.rint(number);
      parser.skipChildren();
      sound &= whole && count < most;
      if (sound) {
        found = count == found.length ? Arrays.copyOf(found, Math.min(most, 2 * count)) : found;
        found[count++] = (int) number;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** Reads an outline, however many points it has: they do not count as parts of their element. */
  static final class Reader extends ValueDeserializer<JsonOutline> {
    @Override
    public JsonOutline deserialize(JsonParser parser, DeserializationContext context) {
      JsonOutline read = new JsonOutline();
      // The parser below does not count parts.
      JsonParser all = parser instanceof JsonArrays.Bounded bounded ? bounded.delegate() : parser;
      if (parser.currentToken() == JsonToken.START_ARRAY) {
        read.readPoints(all);
      } else if (parser.currentToken() == JsonToken.START_OBJECT) {
        read.readMask(all);
      } else {
        read.sound = false;
      }
      return read;
    }
  }
}
