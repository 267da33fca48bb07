package org.inoculum.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.inoculum.UserException;

/**
 * Tells which files belong together, such as all of one patient or slide: the first capturing group
 * of a regular expression that is found in the file's name, or what the whole expression finds. An
 * expression with a '/' is searched in the path below the folder instead.
 */
final class Grouping {
  private static final int SHOWN = 3;

  /** Characters looked at for one name; an expression that needs more backtracks without end. */
  private static final int MOST_STEPS = 1_000_000;

  private Grouping() {}

  /**
   * The group of each file.
   *
   * @param sources relative paths with '/' between names
   * @throws UserException of kind USAGE if it is no expression or some names do not match
   */
  static Map<String, String> of(String expression, List<String> sources) {
    Pattern pattern = pattern(expression);
    Map<String, String> groups = new LinkedHashMap<>();
    List<String> unmatched = new ArrayList<>();
    for (String source : sources) {
      String name =
          expression.contains("/") ? source : source.substring(source.lastIndexOf('/') + 1);
      String group = group(pattern, name);
      if (group.isEmpty()) {
        unmatched.add(name);
      } else {
        groups.put(source, group);
      }
    }
    if (!unmatched.isEmpty()) {
      throw UserException.usage(
          "--group-by %s finds no group in %d of %d names, such as %s"
              .formatted(
                  expression,
                  unmatched.size(),
                  sources.size(),
                  String.join(", ", unmatched.subList(0, Math.min(SHOWN, unmatched.size())))));
    }
    return groups;
  }

  private static Pattern pattern(String expression) {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw UserException.usage(
          "--group-by %s is no regular expression: %s".formatted(expression, e.getDescription()));
    } catch (StackOverflowError e) {
      throw UserException.usage("--group-by is nested too deep");
    }
  }

  private static String group(Pattern pattern, String name) {
    try {
      Matcher matcher = pattern.matcher(new CountedText(name));
      if (!matcher.find()) {
        return "";
      }
      String group = matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
      return group == null ? "" : group;
    } catch (TooManySteps | StackOverflowError e) {
      throw UserException.usage(
          "--group-by %s takes too long on the name %s; write it without repetitions inside of repetitions"
              .formatted(pattern.pattern(), name));
    }
  }

  private static final class TooManySteps extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Ends a search that looks at its characters again and again. */
  private static final class CountedText implements CharSequence {
    private final String text;
    private int steps;

    CountedText(String text) {
      this.text = text;
    }

    @Override
    public char charAt(int index) {
      if (++steps > MOST_STEPS) {
        throw new TooManySteps();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
