package org.inoculum.report;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import org.inoculum.UserException;

/**
 * The fonts that charts are labelled with. A bare system has none, and Java then draws no chart.
 */
public final class Fonts {
  /** What is wrong and how to cure it, where there are none. */
  public static final String MISSING =
      "Java finds no fonts, without which the charts of a report cannot be drawn; install fontconfig and a font (Debian: apt install fontconfig fonts-dejavu-core)";

  private Fonts() {}

  /** Whether Java finds one. */
  public static boolean areThere() {
    try {
      new Font(Font.SANS_SERIF, Font.PLAIN, 12)
          .getStringBounds("0", new FontRenderContext(null, true, true));
      return true;
    } catch (RuntimeException | LinkageError | InternalError e) {
      return false; // "Fontconfig head is null", or libfontconfig itself is missing
    }
  }

  /** Says no before anything is computed that could not be drawn. */
  static void require() {
    if (!areThere()) {
      throw UserException.failure(MISSING);
    }
  }
}
