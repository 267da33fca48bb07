package org.inoculum.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inoculum.compose.ComposeRecipe;
import org.inoculum.recipe.Hyperparameter;
import org.inoculum.recipe.Hyperparameters;
import org.inoculum.train.ClassicRecipe;
import org.inoculum.train.ModernRecipe;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/reference/hyperparameters.md are what the recipes' resources say. After a
 * change of one: {@code mvn test -pl cli -am -Dtest=HyperparametersTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dinoculum.update-documents=true}.
 */
class HyperparametersTest {
  private static final String NAME = "docs/reference/hyperparameters.md";
  private static final String HEAD =
      "| name | default | range | meaning | paper |\n|---|---|---|---|---|\n";

  @Test
  void theReferenceIsWhatTheRecipesSay() throws IOException {
    Path file = MarkdownFile.ROOT.resolve(NAME);
    String text = Files.readString(file);
    String wanted = withTable(text, "## modern", ModernRecipe.HYPERPARAMETERS);
    wanted = withTable(wanted, "## classic", ClassicRecipe.HYPERPARAMETERS);
    wanted = withTable(wanted, "## compose", ComposeRecipe.HYPERPARAMETERS);
    if (Boolean.getBoolean("inoculum.update-documents")) {
      Files.writeString(file, wanted);
      text = wanted;
    }
    assertThat(text).isEqualTo(wanted);
  }

  /** The document with the first table after a heading written anew. */
  private static String withTable(String text, String heading, Hyperparameters recipe) {
    int section = text.indexOf(heading + "\n");
    assertThat(section).as(heading).isNotNegative();
    int begin = text.indexOf(HEAD, section);
    assertThat(begin).as("a table below " + heading).isNotNegative();
    int blank = text.indexOf("\n\n", begin);
    int end = blank < 0 ? text.length() : blank + 1;
    StringBuilder table = new StringBuilder(HEAD);
    for (Hyperparameter one : recipe.list()) {
      table.append(row(one));
    }
    return text.substring(0, begin) + table + text.substring(end);
  }

  private static String row(Hyperparameter one) {
    return "| `"
        + one.name()
        + "` | `"
        + typed(one.defaultValue())
        + "` | "
        + one.range()
        + " | "
        + one.meaning()
        + " |"
        + paper(one.paper())
        + " |\n";
  }

  private static String paper(@Nullable String paper) {
    return paper == null ? "" : " " + paper;
  }

  /** As one would type it: 3.5e-4, not 3.5E-4 or 0.00035. */
  private static String typed(Object value) {
    if (!(value instanceof Number number)) {
      return String.valueOf(value);
    }
    BigDecimal exact = new BigDecimal(String.valueOf(number)).stripTrailingZeros();
    if (exact.abs().compareTo(new BigDecimal("0.001")) < 0 && exact.signum() != 0) {
      int exponent = exact.precision() - exact.scale() - 1;
      return exact.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString()
          + "e"
          + exponent;
    }
    return exact.toPlainString();
  }
}
