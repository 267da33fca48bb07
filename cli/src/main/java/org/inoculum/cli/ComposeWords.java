package org.inoculum.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.compose.CompositionResult;
import org.inoculum.compose.Modality;
import picocli.CommandLine.ITypeConverter;

/** Words of {@code compose}: what its options take and what it prints at the end. */
final class ComposeWords {
  private ComposeWords() {}

  static String summary(Path out, CompositionResult made) {
    return String.format(
        Locale.ROOT,
        "%s: %,d fields, %,d cells in %,d objects of %d crops on %d grounds (%s); coco.json, labels, masks, counts.csv, README.md",
        out,
        made.fields(),
        made.cells(),
        made.objects(),
        made.cut(),
        made.ground(),
        made.modality());
  }

  /** Which crops a field's cells come from. */
  enum Match {
    GROUND,
    NONE
  }

  /** Two numbers, the second not below the first. */
  record Range(double low, double high) {}

  /** From a number, or two with a hyphen between. */
  static final class ToRange implements ITypeConverter<Range> {
    @Override
    public Range convert(String text) {
      try {
        String[] parts = text.split("-", -1);
        double low = Double.parseDouble(parts[0]);
        double high = parts.length == 1 ? low : Double.parseDouble(parts[1]);
        if (parts.length <= 2 && low > 0 && high >= low) {
          return new Range(low, high);
        }
      } catch (NumberFormatException e) {
        // Said below.
      }
      throw UserException.usage("expected a range such as 0.8-1.25, found " + text);
    }
  }

  /** From auto or a number. */
  static final class ToMargin implements ITypeConverter<OptionalDouble> {
    @Override
    public OptionalDouble convert(String text) {
      try {
        return text.equalsIgnoreCase("auto")
            ? OptionalDouble.empty()
            : OptionalDouble.of(Double.parseDouble(text));
      } catch (NumberFormatException e) {
        throw UserException.usage("--box-margin must be auto or pixels, was " + text);
      }
    }
  }

  /** From the word on the command line. */
  static final class ToModality implements ITypeConverter<Optional<Modality>> {
    @Override
    public Optional<Modality> convert(String label) {
      if (label.equalsIgnoreCase("auto")) {
        return Optional.empty();
      }
      return Optional.of(
          Modality.ofLabel(label)
              .orElseThrow(
                  () ->
                      Suggestions.unknown(
                          "modality",
                          label,
                          Stream.concat(
                                  Stream.of("auto"),
                                  Arrays.stream(Modality.values()).map(Modality::label))
                              .toList())));
    }
  }
}
