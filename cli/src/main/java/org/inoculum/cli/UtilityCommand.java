package org.inoculum.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.inoculum.UserException;
import org.inoculum.data.Reading;
import org.inoculum.detect.FieldsOptions;
import org.inoculum.torch.LibTorch;
import org.inoculum.utility.UtilityOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inoculum utility}. */
@Command(
    name = "utility",
    mixinStandardHelpOptions = true,
    description =
        "Tests whether synthetic images help to train a classifier, or fields a detector.",
    footer = {
      "",
      "Example: inoculum utility --run runs/00000-my-images-modern --synthetic synthetic",
      "         inoculum utility --train my-images --held-out held-out --synthetic synthetic",
      "         inoculum utility --run runs/00000-bacillus-modern --synthetic synthetic --background others",
      "A small classifier is trained without them, with several augmentations, and with them, in several",
      "uses and beside each of these, with the same steps; it is tested on real images. Each DIR has one",
      "sub-folder for each class, with the same names; --synthetic may lack some. No test image may be",
      "in training, turned or mirrored either; and nothing that the generator was trained on belongs",
      "into --held-out.",
      "",
      "Example: inoculum utility --fields --train fields --held-out test-fields --synthetic composed",
      "A small detector is trained on annotated fields, on composed ones and on both, and tested on real",
      "fields. --train or --synthetic may be left out. No field of --held-out may be ground of a composed",
      "one. The result is for research: no detector of this program is a medical device."
    })
final class UtilityCommand implements Callable<Integer> {
  private final Console console;
  private final StopRequest stop;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description =
          "The run that made the synthetic images: it remembers its training images and the folder of its held-out images, and keeps the result for report. Several, each with a --synthetic, are tested together.")
  private List<Path> runs = List.of();

  @Option(
      names = "--train",
      paramLabel = "DIR",
      description = "Real images to train on. Default: those that RUN remembers.")
  private @Nullable Path train;

  @Option(
      names = "--held-out",
      paramLabel = "DIR",
      description =
          "Real images that neither a classifier nor the generator has seen. Default: those that RUN remembers.")
  private @Nullable Path heldOut;

  @Option(
      names = "--synthetic",
      paramLabel = "DIR",
      description =
          "Synthetic images, such as a set that generate made; several are tested together. With --fields, composed fields.")
  private List<Path> synthetic = List.of();

  @Option(
      names = "--background",
      paramLabel = "DIR",
      description =
          "Where there is one class: real images of what is none of it. A classifier tells the two apart; half of these are trained on, half are tested on.")
  private @Nullable Path background;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description =
          "Networks trained in each condition. Default: as --protocol says; with --fields 3.")
  private @Nullable Integer repeats;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Gradient steps of each, the same in every condition. Default: as --protocol says.")
  private @Nullable Integer steps;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides every random draw. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Networks that are trained at a time. Default: all CPUs.")
  private @Nullable Integer threads;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also writes the JSON document here; must not exist.")
  private @Nullable Path out;

  @Mixin private UtilityFieldsOptions fieldsOptions = new UtilityFieldsOptions();

  @Mixin private ReadingOptions reading = new ReadingOptions();

  @Mixin private SkipBadOption skipBad = new SkipBadOption();

  @Option(names = "--json", description = "Prints one JSON document on stdout.")
  private boolean json;

  UtilityCommand(Console console, StopRequest stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    int trained = threads == null ? LibTorch.defaultThreads() : threads;
    if (fieldsOptions.fields()) {
      if (!runs.isEmpty() || background != null) {
        throw UserException.usage(
            (!runs.isEmpty() ? "--run" : "--background")
                + " is for images of single cells; with --fields name folders");
      }
      if (!skipBad.over(reading.over(Reading.DEFAULT)).equals(Reading.DEFAULT)) {
        throw UserException.usage(
            "with --fields images are read as they are; options for planes, windows, limits and damaged files are for images of single cells");
      }
      FieldsOptions options = fieldsOptions.options(repeats, steps, trained, seed);
      return new FieldsUtility(console, stop)
          .run(
              fieldsOptions.source(train, required("--held-out", heldOut), onlySynthetic()),
              fieldsOptions,
              options,
              out,
              json);
    }
    fieldsOptions.refuseWithoutFields();
    UtilityOptions options = fieldsOptions.ofClassifiers(repeats, steps, trained, seed);
    return new ClassifierUtility(console, stop)
        .run(
            new ClassifierUtility.Folders(runs, train, heldOut, synthetic, background),
            skipBad.over(reading.over(Reading.DEFAULT)),
            options,
            out,
            json);
  }

  private @Nullable Path onlySynthetic() {
    if (synthetic.size() > 1) {
      throw UserException.usage(
          "with --fields there is one --synthetic; name others with --compare NAME=DIR");
    }
    return synthetic.isEmpty() ? null : synthetic.get(0);
  }

  private static Path required(String option, @Nullable Path given) {
    if (given == null) {
      throw UserException.usage("Missing required option: '" + option + "=DIR'");
    }
    return given;
  }
}
