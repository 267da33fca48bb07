package org.inoculum.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.inoculum.dashboard.Dashboard;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.files.Json;
import org.inoculum.image.ContactSheet;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hundred runs of a hundred thousand lines each are there in a second. */
class ManyRunsTest {
  private static final int RUNS = 100;
  private static final int LINES = 100_000;
  private static final int LOADS = 7;

  @TempDir private Path folder;

  @Test
  void theyLoadWithinASecond() throws IOException {
    Path runs = Files.createDirectories(folder.resolve("runs"));
    make(runs);
    try (Chromium chromium = new Chromium();
        Dashboard dashboard = PagesTest.dashboard(runs)) {
      Page tab = chromium.tab(chromium.profile());
      PagesTest.open(tab, dashboard);
      double[] list =
          loads(
              tab,
              dashboard.url() + "/",
              "document.querySelectorAll('tbody tr').length === 100"
                  + " && [...document.images].slice(0, 8).every((i) => i.complete && i.naturalWidth > 0)");
      double[] run =
          loads(
              tab,
              dashboard.url() + "/runs/00042-many",
              "document.querySelectorAll('canvas').length >= 3"
                  + " && [...document.querySelectorAll('#timeline img')].every((i) => i.naturalWidth > 0)");
      String told =
          "seconds of the list " + Arrays.toString(list) + ", of a run " + Arrays.toString(run);
      System.out.println(told);
      // The quickest: what else the machine does only adds to it, and by how much nobody knows.
      double limit = busy() ? 5 : 1;
      assertThat(Arrays.stream(list).min().orElseThrow()).as(told).isLessThan(limit);
      assertThat(Arrays.stream(run).min().orElseThrow()).as(told).isLessThan(limit);
    }
  }

  /** Whether there is far more to do than this test. */
  private static boolean busy() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    boolean busy = load > 3.0 * Runtime.getRuntime().availableProcessors();
    if (busy) {
      System.out.println("the machine is busy (load " + load + "): held to 5 s instead of 1");
    }
    return busy;
  }

  /** Seconds from asking for a page until what is looked at is there, by the page's own clock. */
  private static double[] loads(Page tab, String url, String there) {
    double[] seconds = new double[LOADS];
    for (int i = 0; i < LOADS; i++) {
      tab.navigate("about:blank");
      tab.navigate(url);
      Object millis = tab.waitForFunction("() => " + there + " && performance.now()").jsonValue();
      seconds[i] = Math.round(((Number) millis).doubleValue()) / 1e3;
    }
    return seconds;
  }

  private static void make(Path runs) throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= LINES; i++) {
      text.append(
          String.format(
              Locale.ROOT,
              "{\"iteration\":%d,\"kimg\":%.3f,\"seconds\":%.6f,\"imagesPerSecond\":%.6f,\"loss/d\":%.15f,\"loss/g\":%.15f,\"penalty\":0.0,\"logits/real\":1.5,\"logits/fake\":-0.5,\"reconstruction\":%.15f,\"ada/p\":0.4,\"resolution\":64.0,\"progress\":%.9f}\n",
              i,
              i * 0.016,
              i * 0.4,
              40 + Math.sin(i),
              0.5 + 0.3 * Math.sin(i * 0.01),
              1.2 + Math.cos(i * 0.37),
              1.0 / i,
              i / 1e5));
    }
    byte[] stats = text.toString().getBytes(StandardCharsets.UTF_8);
    List<Image> tiles = IntStream.range(0, 48).mapToObj(i -> DrawnBacilli.draw(0, i, 64)).toList();
    byte[] sheet = Png.encode(ContactSheet.of(tiles, 7, 2, 255));
    Path first = Files.write(runs.resolve("stats.jsonl"), stats);
    for (int i = 0; i < RUNS; i++) {
      Path run = Files.createDirectories(runs.resolve(String.format(Locale.ROOT, "%05d-many", i)));
      Files.writeString(
          run.resolve("config.json"),
          "{\"preset\":\"tiny\",\"size\":64,\"recipe\":{\"sampleCount\":48}}");
      Files.writeString(
          run.resolve("status.json"),
          Json.document(
              Map.of(
                  "state",
                  "finished",
                  "iteration",
                  LINES,
                  "kimg",
                  1600,
                  "seconds",
                  40_000,
                  "imagesPerSecond",
                  40,
                  "message",
                  "")));
      StringBuilder metrics = new StringBuilder();
      for (int line = 1; line <= 200; line++) {
        metrics
            .append(
                Json.line(
                    Map.of(
                        "iteration",
                        line * 500,
                        "kimg",
                        line * 8.0,
                        "validationSet",
                        "split",
                        "nReal",
                        64,
                        "nGenerated",
                        128,
                        "energyDistance",
                        1.0 / line,
                        "energyDistanceError",
                        0.01,
                        "energyDistanceBaseline",
                        0.0,
                        "best",
                        true)))
            .append('\n');
      }
      Files.writeString(run.resolve("metrics.jsonl"), metrics);
      Files.writeString(run.resolve("log.txt"), "a line of the log\n".repeat(LINES));
      Files.createLink(run.resolve("stats.jsonl"), first); // the same 22 MB under a hundred names
      Path samples = Files.createDirectories(run.resolve("samples"));
      Files.write(samples.resolve("reals.png"), sheet);
      for (int sampleGrid = 0; sampleGrid <= LINES; sampleGrid += 5000) {
        Files.write(samples.resolve(String.format(Locale.ROOT, "%06d.png", sampleGrid)), sheet);
      }
    }
  }
}
