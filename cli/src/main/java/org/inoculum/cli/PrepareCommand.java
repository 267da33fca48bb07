package org.inoculum.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.inoculum.UserException;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.Preparation;
import org.inoculum.data.PrepareOptions;
import org.inoculum.data.Reading;
import org.inoculum.data.SplitRecord;
import org.inoculum.data.WindowChoice;
import org.inoculum.image.Fit;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inoculum prepare}. */
@Command(
    name = "prepare",
    mixinStandardHelpOptions = true,
    description = "Writes a folder of square images: whole ones, cells by their boxes, or tiles.",
    footer = {
      "",
      "Example: inoculum prepare my-images --out prepared --augment article",
      "         inoculum prepare fields --boxes boxes.json --out cells --held-out-share 0.2 --group-by '^(P[0-9]+)_'",
      "With --held-out-share it writes two folders, train and held-out (docs/guide/fields.md)."
    })
final class PrepareCommand implements Callable<Integer> {
  private static final int MAX_SIZE = 4096;
  private static final int MAX_COPIES = 1000;

  private final Console console;

  @Parameters(
      paramLabel = "SOURCE",
      description =
          "A folder of images, or of one sub-folder for each class; with --boxes, sub-folders say nothing of classes.")
  private Path source = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The new folder; must not exist.")
  private Path out = Path.of("");

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description = "Resolution of the squares. Default: ${DEFAULT-VALUE}.")
  private int size = 128;

  @Option(
      names = "--fit",
      paramLabel = "crop|pad|stretch",
      description = "How other shapes become squares. Default: crop.")
  private Fit fit = Fit.CROP;

  @Option(
      names = "--augment",
      paramLabel = "none|article|any-angle",
      converter = ToAugmentation.class,
      description =
          "article makes the article's 10 from each image; any-angle random angles without black corners. Default: none.")
  private OfflineAugmentation augmentation = OfflineAugmentation.NONE;

  @Option(
      names = "--copies",
      paramLabel = "N",
      description =
          "Images from each with any-angle, the original with them. Default: ${DEFAULT-VALUE}.")
  private int copies = 10;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides the random angles and what is held out. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private CuttingOptions cutting = new CuttingOptions();

  @Mixin private HoldOutOptions holdOut = new HoldOutOptions();

  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Mixin private SkipBadOption skipBad = new SkipBadOption();

  @Option(names = "--json", description = "Prints one JSON document on stdout.")
  private boolean json;

  PrepareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (size < 2 || size > MAX_SIZE) {
      throw UserException.usage("--size must be from 2 to " + MAX_SIZE + ", was " + size);
    }
    if (copies < 1 || copies > MAX_COPIES) {
      throw UserException.usage("--copies must be from 1 to " + MAX_COPIES + ", was " + copies);
    }
    Reading chosen = skipBad.over(reading.over(Reading.DEFAULT));
    PrepareOptions options =
        new PrepareOptions(
            size,
            fit,
            augmentation,
            copies,
            seed,
            chosen,
            cutting.cutting(),
            holdOut.groupBy(),
            holdOut.holdOut());
    Preparation.Report report;
    try (CountDisplay display = new CountDisplay(console)) {
      report = Preparation.prepare(source, out, options, display);
    }
    SkipBadOption.warnOfSkipped(console, report.skipped(), report.sources());
    if (report.window() != null) {
      console.note(
          "files of more than 8 bits: "
              + WindowChoice.values(report.window()).label()
              + " became 0 to 65535");
    }
    report.notes().forEach(console::note);
    if (json) {
      console.printJson(report);
    } else {
      console.print(report.out() + ": " + report.images() + " images from " + report.sources());
      if (report.split() != null) {
        print(report.split());
        console.next(
            "train",
            out.resolve(SplitRecord.TRAINING),
            "--held-out",
            out.resolve(SplitRecord.HELD_OUT));
      } else {
        console.next("train", out);
      }
    }
    return 0;
  }

  private void print(SplitRecord split) {
    console.print("  " + describe(SplitRecord.TRAINING, split.training()));
    console.print(
        String.format(
            Locale.ROOT,
            "  %s; %.1f %% of the images, %.1f %% wanted",
            describe(SplitRecord.HELD_OUT, split.heldOut()),
            100 * split.reached(),
            100 * split.wanted()));
  }

  private static String describe(String name, SplitRecord.Side side) {
    return side.classes().stream()
        .map(count -> count.images() + " " + count.name())
        .collect(
            Collectors.joining(
                ", ",
                "%s: %d images of %d %s ("
                    .formatted(
                        name,
                        side.images(),
                        side.groups(),
                        side.groups() == 1 ? "group" : "groups"),
                ")"));
  }

  /** From the word on the command line. */
  static final class ToAugmentation implements ITypeConverter<OfflineAugmentation> {
    @Override
    public OfflineAugmentation convert(String label) {
      return OfflineAugmentation.ofLabel(label)
          .orElseThrow(
              () ->
                  Suggestions.unknown(
                      "augmentation",
                      label,
                      Arrays.stream(OfflineAugmentation.values())
                          .map(OfflineAugmentation::label)
                          .toList()));
    }
  }
}
