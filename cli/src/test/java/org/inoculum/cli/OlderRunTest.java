package org.inoculum.cli;

import static org.inoculum.cli.CommandLineTest.assertOneLine;
import static org.inoculum.cli.CommandLineTest.inoculum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.image.Png;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs and sets of an earlier format are refused in one line by every command that reads them. */
class OlderRunTest {
  private static final String OLDER = "earlier development version";

  @TempDir private Path folder;

  private Path run = Path.of("");

  @BeforeEach
  void anOlderRun() throws IOException {
    run = Files.createDirectories(folder.resolve("runs/00000-cells-classic"));
    Files.createDirectories(run.resolve("snapshots"));
    Files.writeString(
        run.resolve("config.json"), "{\"preset\":\"classic\",\"recipe\":{\"latent\":100}}");
  }

  @Test
  void anOlderRunIsRefused() {
    Path out = folder.resolve("out");
    assertOneLine(inoculum("resume", run), 3, OLDER);
    assertOneLine(inoculum("generate", run, "--count", 1, "--out", out), 3, OLDER);
    assertOneLine(inoculum("evaluate", run, "--held-out", folder), 3, OLDER);
    assertOneLine(inoculum("export", run, "--format", "onnx", "--out", out), 3, OLDER);
    assertOneLine(inoculum("report", run), 3, OLDER);
    assertOneLine(inoculum("train", folder, "--config", run.resolve("config.json")), 3, OLDER);
  }

  @Test
  void anOlderSetAndAnOlderPartAreRefused() throws IOException {
    Path set = Files.createDirectories(folder.resolve("synthetic"));
    Files.writeString(set.resolve("generation.json"), "{\"program\":\"inoculum 0\"}");
    Files.writeString(set.resolve("part.json"), "{\"count\":1}");
    for (int i = 0; i < 2; i++) {
      Files.write(set.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(0, i, 16)));
    }
    assertOneLine(inoculum("train", set, "--size", 16, "--preset", "classic"), 3, OLDER);
    assertOneLine(inoculum("merge", set, "--out", folder.resolve("out")), 3, OLDER);
  }
}
