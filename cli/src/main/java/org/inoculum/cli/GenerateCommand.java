package org.inoculum.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.inoculum.generate.GrowOptions;
import org.inoculum.generate.Growth;
import org.inoculum.run.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inoculum generate}. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description =
        "Grows a synthetic data set from the newest snapshot of a run: a PNG an image, and a manifest.",
    footer = {
      "",
      "Example: inoculum generate runs/00000-bacillus-classic --count 1000 --out synthetic",
      "Image i of a seed is the same file whatever --count is. Images are not filtered for copies yet: compare them",
      "with the training images before you share them."
    })
final class GenerateCommand implements Callable<Integer> {
  private final Console console;
  private final StopRequest stop;

  @Parameters(paramLabel = "RUN", description = "A run directory, as train makes it.")
  private Path run = Path.of("");

  @Option(names = "--count", required = true, paramLabel = "N", description = "Images to grow.")
  private int count;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The new data set; must not exist.")
  private Path out = Path.of("");

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides the images. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Mixin private EngineOptions engine = new EngineOptions();

  @Option(names = "--json", description = "Prints one JSON document on stdout.")
  private boolean json;

  GenerateCommand(Console console, StopRequest stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    GrowOptions options = new GrowOptions(count, seed, engine.threads(), engine.precision());
    long start = System.nanoTime();
    int[] told = new int[1];
    int made =
        Growth.grow(
            RunDirectory.open(run),
            out,
            options,
            console::note,
            done -> {
              if (done == count || done - told[0] >= Math.max(64, count / 20)) {
                told[0] = done;
                double seconds = (System.nanoTime() - start) / 1e9;
                console.note(
                    String.format(
                        Locale.ROOT,
                        "%d of %d images, %.1f images/s, %s left",
                        done,
                        count,
                        done / seconds,
                        TrainingDisplay.duration(seconds / done * (count - done))));
              }
            },
            stop);
    double imagesPerSecond = made / ((System.nanoTime() - start) / 1e9);
    if (made < count) {
      console.note(
          "stopped after " + made + " of " + count + " images; nothing was left at " + out);
      return Failures.FAILURE;
    }
    if (json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("out", out.toString());
      result.put("accepted", made);
      result.put("rejected", 0);
      result.put("imagesPerSecond", imagesPerSecond);
      console.printJson(result);
    } else {
      console.print(out + ": " + made + " images, manifest.jsonl, contact-sheet.png");
    }
    return 0;
  }
}
