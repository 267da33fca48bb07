package org.inoculum.cli;

import java.util.Locale;
import org.inoculum.train.Preset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for what a training shows while it runs. */
final class DisplayOptions {
  /** The choice whether samples are shown as small images. */
  enum Preview {
    /** Where the terminal says that it has 256 colours and UTF-8. */
    AUTO,
    /** On any terminal. */
    ON,
    /** Never. */
    OFF;

    /** So it stands in the help text. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--preview",
      paramLabel = "auto|on|off",
      description =
          "Whether a terminal shows the newest samples as small images; auto: where it says that it has 256 colours and"
              + " UTF-8. Default: auto.")
  private Preview preview = Preview.AUTO;

  @Option(
      names = "--lines",
      negatable = true,
      description =
          "Prints the line of each iteration, which log.txt has anyway. Default: with classic only, whose recipe has them.")
  private @Nullable Boolean lines;

  /** The display of a training of this preset. */
  TrainingDisplay of(Console console, Preset preset) {
    return new TrainingDisplay(console, lines == null ? preset == Preset.CLASSIC : lines, preview);
  }
}
