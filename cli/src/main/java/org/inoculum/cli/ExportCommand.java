package org.inoculum.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.inoculum.UserException;
import org.inoculum.export.DetectorOnnx;
import org.inoculum.export.Export;
import org.inoculum.export.ExportFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inoculum export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes the generator of a run, or a detector, as one file for other programs.",
    footer = {
      "",
      "Example: inoculum export runs/00000-my-images-modern --format onnx --out generator.onnx",
      "Example: inoculum export detector.safetensors --format onnx --out detector.onnx",
      "docs/guide/export.md has the lines of Python that draw images from the ONNX file, and says",
      "what is in both. Nobody tests what another program draws for copies of training images, as",
      "generate does."
    })
final class ExportCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "RUN|SNAPSHOT|DETECTOR",
      description =
          "A run directory, as train makes it, or a folder of its snapshots; or a file that utility --keep-detector"
              + " wrote.")
  private Path place = Path.of("");

  @Option(
      names = "--format",
      required = true,
      paramLabel = "safetensors|onnx",
      description =
          "safetensors: the weights and what they are. onnx: the whole network in standard operators, for ONNX Runtime"
              + " and the like.")
  private @Nullable ExportFormat format;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where it goes; must not exist.")
  private Path out = Path.of("");

  @Option(names = "--overwrite", description = "Replaces an earlier export at --out.")
  private boolean overwrite;

  @Mixin private SnapshotOption snapshot = new SnapshotOption();

  @Option(names = "--json", description = "Prints one JSON document on stdout.")
  private boolean json;

  ExportCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ExportFormat wanted = Objects.requireNonNull(format, "picocli requires it");
    if (Files.isRegularFile(place)) {
      return exportDetector(wanted);
    }
    Export.Exported exported =
        Export.write(place, snapshot.given(), wanted, out, overwrite, console::note);
    if (json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("out", out.toString());
      result.put("format", wanted.label());
      result.put("bytes", exported.bytes());
      result.put("snapshot", exported.snapshot().name());
      result.put("snapshotSha256", exported.snapshot().info().sha256());
      console.printJson(result);
    } else {
      console.print(
          "%s: snapshot %s as %s, %d bytes"
              .formatted(out, exported.snapshot().name(), wanted.label(), exported.bytes()));
    }
    return 0;
  }

  private int exportDetector(ExportFormat wanted) {
    if (wanted == ExportFormat.SAFETENSORS) {
      throw UserException.usage(place + " is a safetensors file already; copy it");
    }
    if (snapshot.given().isPresent()) {
      throw UserException.usage(place + " is a file, of which --snapshot cannot choose");
    }
    long bytes = DetectorOnnx.write(place, out, overwrite);
    if (json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("out", out.toString());
      result.put("format", wanted.label());
      result.put("bytes", bytes);
      console.printJson(result);
    } else {
      console.print("%s: detector as %s, %d bytes".formatted(out, wanted.label(), bytes));
    }
    return 0;
  }
}
