package org.inoculum.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inoculum.files.Json;
import org.inoculum.train.Preset;
import org.junit.jupiter.api.Test;

/** docs/reference/hyperparameters.md has each hyperparameter of each recipe with its default. */
class HyperparametersTest {
  private static final Pattern ROW =
      Pattern.compile("\\| `([a-zA-Z0-9]+)` \\| `([^`]+)` \\|.*\\|.*\\|.*\\|");

  @Test
  void theModernRecipe() {
    compare("## modern", Preset.MODERN);
  }

  @Test
  void theClassicRecipe() {
    compare("## classic", Preset.CLASSIC);
  }

  private static void compare(String heading, Preset preset) {
    String text = MarkdownFile.read("docs/reference/hyperparameters.md").text();
    int begin = text.indexOf(heading);
    assertThat(begin).as(heading).isNotNegative();
    int end = text.indexOf("\n## ", begin + 1);
    String section = text.substring(begin, end < 0 ? text.length() : end);
    Map<String, String> told = new TreeMap<>();
    List<String> order = new ArrayList<>();
    Matcher row = ROW.matcher(section);
    while (row.find()) {
      told.put(row.group(1), canonical(row.group(2)));
      order.add(row.group(1));
    }
    Map<String, String> wanted = new TreeMap<>();
    Json.tree(preset.recipe())
        .forEach((name, value) -> wanted.put(name, canonical(String.valueOf(value))));
    assertThat(told).isEqualTo(wanted);
    assertThat(order).doesNotHaveDuplicates();
  }

  private static String canonical(String value) {
    try {
      return String.valueOf(Double.parseDouble(value));
    } catch (NumberFormatException e) {
      return value.toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
