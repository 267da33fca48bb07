package org.inoculum.annotation;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inoculum.UserException;
import org.jspecify.annotations.Nullable;

/** Reads values of JSON that scripts wrote: numbers as texts, truth as a word. */
final class JsonValues {
  private JsonValues() {}

  /** One writing of an identifier: 1, 1.0 and "1" are the same; null where there is none. */
  static @Nullable String id(@Nullable Object value, String place, String field) {
    if (value == null) {
      return null;
    }
    if (value instanceof Number number) {
      return whole(number);
    }
    if (value instanceof String text) {
      String stripped = text.strip();
      return stripped.matches("-?(0|[1-9]\\d*)\\.0+")
          ? stripped.substring(0, stripped.indexOf('.'))
          : stripped;
    }
    throw wrong(place, field, value, "a number or a text");
  }

  private static String whole(Number number) {
    if (number instanceof BigInteger) {
      return number.toString();
    }
    double value = number.doubleValue();
    return number instanceof Double && value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : number.toString();
  }

  static @Nullable String text(@Nullable Object value, String place, String field) {
    if (value == null || value instanceof String) {
      return (String) value;
    }
    if (value instanceof Number number) {
      return whole(number);
    }
    throw wrong(place, field, value, "a text");
  }

  /** An image's side; null where it is not known, which scripts write as nothing, 0 or NaN. */
  static @Nullable Integer pixels(@Nullable Object value, String place, String field) {
    double number = value == null || "".equals(value) ? Double.NaN : number(value);
    if (Double.isNaN(number) && !isNothing(value)) {
      throw wrong(place, field, value, "a whole number");
    }
    if (Double.isNaN(number)) {
      return null;
    }
    if (number != Math.rint(number) || number < 0 || number > Integer.MAX_VALUE) {
      throw wrong(place, field, value, "a whole number");
    }
    return (int) number;
  }

  private static boolean isNothing(@Nullable Object value) {
    return value == null
        || value.equals("")
        || (value instanceof Double number && number.isNaN())
        || (value instanceof String text && text.strip().equalsIgnoreCase("nan"));
  }

  static boolean truth(@Nullable Object value, String place, String field) {
    if (isNothing(value)) {
      return false;
    }
    String word = String.valueOf(value).strip().toLowerCase(Locale.ROOT);
    if (word.equals("true") || number(word) == 1) {
      return true;
    }
    if (word.equals("false") || number(word) == 0) {
      return false;
    }
    throw wrong(place, field, value, "0, 1, false or true");
  }

  /** Numbers of a list, as many as there are; none where it is no list of numbers. */
  static double[] numbers(@Nullable Object value) {
    List<Double> numbers = new ArrayList<>();
    if (value instanceof List<?> list) {
      for (Object one : list) {
        boolean numeric = one instanceof Number || one instanceof String;
        if (!numeric || (one instanceof String text && Double.isNaN(number(text)))) {
          return new double[0];
        }
        numbers.add(number(one));
      }
    }
    return numbers.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** NaN for what is no number. */
  static double number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    try {
      return value instanceof String text ? Double.parseDouble(text.strip()) : Double.NaN;
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  static UserException wrong(String place, String field, @Nullable Object found, String expected) {
    return UserException.badData(
        "%s: %s is %s; expected %s".formatted(place, field, shown(found), expected));
  }

  static String shown(@Nullable Object value) {
    return Annotations.shortened(String.valueOf(value));
  }
}
