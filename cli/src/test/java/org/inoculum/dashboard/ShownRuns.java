package org.inoculum.dashboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.Manifest;
import org.inoculum.files.Json;
import org.inoculum.image.ContactSheet;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.run.RunStatus;
import org.inoculum.torch.PrecisionChoice;

/** Run directories made by hand, and a dashboard of them on any free port. */
final class ShownRuns {
  /** Stands in files outside of the runs, and must never be shown. */
  static final String SECRET = "the secret outside";

  static final ServingLimits LIMITS =
      new ServingLimits(Duration.ofSeconds(2), Duration.ofSeconds(3), 128, 8);

  private ShownRuns() {}

  static Dashboard dashboard(Path runs) {
    return dashboard(runs, LIMITS);
  }

  static Dashboard dashboard(Path runs, ServingLimits limits) {
    return Dashboard.start(
        new DashboardOptions(runs, DashboardOptions.LOOPBACK, 0, 1, PrecisionChoice.F32, limits),
        link -> {});
  }

  /** A finished run with everything that the dashboard shows but a generator. */
  static Path run(Path runs, String name, int lines) throws IOException {
    Path run = Files.createDirectories(runs.resolve(name));
    Files.writeString(
        run.resolve("config.json"),
        "{\"preset\":\"tiny\",\"size\":16,\"seed\":7,\"recipe\":{\"learningRate\":2.0E-4,\"sampleCount\":4}}");
    write(
        run.resolve("dataset.json"),
        new Manifest(
            "cells", 16, 3, 4, List.of(new Manifest.ClassCount("a", 4)), "none", List.of(), "ab"));
    write(
        run.resolve("status.json"),
        new RunStatus(RunStatus.State.FINISHED, lines, lines / 10.0, 60, 15.25, ""));
    Files.writeString(run.resolve("stats.jsonl"), stats(1, lines));
    Files.writeString(
        run.resolve("metrics.jsonl"),
        "{\"iteration\":100,\"kimg\":10.0,\"validationSet\":\"split\",\"nReal\":31,\"nGenerated\":40,\"energyDistance\":0.5,"
            + "\"energyDistanceError\":0.1,\"energyDistanceBaseline\":0.001,\"coverage\":0.5,\"best\":true}\n{\"iteration\":2");
    Files.writeString(run.resolve("log.txt"), "first line\nsecond line\ntor");
    Path samples = Files.createDirectories(run.resolve("samples"));
    Image tile = DrawnBacilli.draw(0, name.length(), 16);
    byte[] sheet = Png.encode(ContactSheet.of(List.of(tile, tile, tile, tile), 2, 2, 255));
    for (String sampleGrid : List.of("reals", "000000", "000100", "nearest")) {
      Files.write(samples.resolve(sampleGrid + ".png"), sheet);
    }
    return run;
  }

  /** Lines of stats.jsonl as a training writes them. */
  static String stats(int first, int last) {
    StringBuilder text = new StringBuilder();
    for (int i = first; i <= last; i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "{\"iteration\":%d,\"kimg\":%.3f,\"seconds\":%.6f,\"imagesPerSecond\":%.6f,\"loss/d\":%.15f,\"loss/g\":%.15f,\"penalty\":0.0,\"logits/real\":1.5,\"logits/fake\":-0.5,\"reconstruction\":%.15f,\"spectral\":0.2,\"ada/p\":0.4,\"resolution\":64.0,\"progress\":%.9f}%n",
              i,
              i * 0.016,
              i * 0.4,
              40 + Math.sin(i),
              0.5 + 0.3 * Math.sin(i * 0.01),
              1.2 + Math.cos(i * 0.37),
              1.0 / i,
              i / (double) last));
    }
    return text.toString();
  }

  static void write(Path file, Object record) throws IOException {
    Files.writeString(file, Json.document(record));
  }

  /** A file beside the runs that no route may show, also as a sample grid and as lines. */
  static Path secret(Path folder) throws IOException {
    Path secret = Files.createDirectories(folder.resolve("outside"));
    byte[] sampleGrid = Png.encode(DrawnBacilli.draw(0, 0, 16), Map.of("Comment", SECRET));
    for (String name : List.of("secret.png", "000100.png", "reals.png")) {
      Files.write(secret.resolve(name), sampleGrid);
    }
    for (String name :
        List.of(
            "config.json",
            "stats.jsonl",
            "metrics.jsonl",
            "log.txt",
            "dataset.json",
            "status.json")) {
      Files.writeString(
          secret.resolve(name), "{\"iteration\":1,\"kimg\":1,\"message\":\"" + SECRET + "\"}\n");
    }
    return secret;
  }
}
