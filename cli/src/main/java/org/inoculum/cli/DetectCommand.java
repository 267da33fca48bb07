package org.inoculum.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.inoculum.detect.Detector;
import org.inoculum.detect.DetectorFile;
import org.inoculum.detect.FieldCounts;
import org.inoculum.files.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inoculum detect}. */
@Command(
    name = "detect",
    mixinStandardHelpOptions = true,
    description = "Finds and counts cells in fields of view by a kept detector.",
    footer = {
      "",
      "Example: inoculum detect detector.safetensors fields --out found",
      "The detector is one that utility --fields --keep-detector wrote. The fields must have the stain and",
      "the magnification that it was trained on. It is a research tool and no medical device: hold its",
      "counts against your own on some fields before you use them."
    })
final class DetectCommand implements Callable<Integer> {
  private final Console console;
  private final StopRequest stop;

  @Parameters(
      index = "0",
      paramLabel = "DETECTOR",
      description = "A file that utility --keep-detector wrote.")
  private Path file = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "FIELDS",
      description = "A folder of PNG, JPEG or TIFF images.")
  private Path fields = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where coco.json, counts.csv and the fields with boxes go; must not exist.")
  private Path out = Path.of("");

  @Mixin private EngineOptions engine = new EngineOptions();

  @Option(names = "--json", description = "Prints one JSON document on stdout.")
  private boolean json;

  DetectCommand(Console console, StopRequest stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public Integer call() {
    Storage.refuseExisting(out);
    try (Detector detector = DetectorFile.read(file);
        CountDisplay display = new CountDisplay(console)) {
      FieldCounts counts =
          FieldCounts.write(
              detector, fields, out, engine.threads(), engine.precision(), display, stop);
      if (json) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("out", out.toString());
        result.put("detector", detector.info());
        result.put("cells", counts.cells());
        result.put("fields", counts.fields());
        console.printJson(result);
      } else {
        console.print(
            "trained on %s; tested: %s"
                .formatted(detector.info().trainedOn(), detector.info().tested()));
        console.print(
            "%d cells in %d fields: %s"
                .formatted(counts.cells(), counts.fields().size(), out.resolve("counts.csv")));
        console.print(Detector.NOTICE);
        console.print("next: look at " + out.resolve("overlays"));
      }
    }
    return 0;
  }
}
