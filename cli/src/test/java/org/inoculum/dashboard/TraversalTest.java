package org.inoculum.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test 14 of docs/explanation/reliability.md: nothing outside of the runs is shown, by no path and
 * no link.
 */
class TraversalTest {
  private static final String RUN = "00003-cells-tiny";

  @TempDir private Path folder;
  private Path runs;
  private Path secret;
  private Dashboard dashboard;
  private RawHttp opened;

  @BeforeEach
  void start() throws IOException {
    runs = Files.createDirectories(folder.resolve("runs"));
    ShownRuns.run(runs, RUN, 30);
    secret = ShownRuns.secret(folder);
    dashboard = ShownRuns.dashboard(runs);
    opened = RawHttp.opened(dashboard);
  }

  @AfterEach
  void stop() {
    dashboard.close();
  }

  @Test
  void fiveHundredPathsLeadNowhere() throws IOException {
    List<String> paths = paths();
    assertThat(paths).hasSizeGreaterThanOrEqualTo(500);
    for (String path : paths) {
      RawHttp.Reply reply = opened.get(path);
      assertThat(reply.status()).as(path).isIn(400, 404, 414);
      assertThat(reply.text()).as(path).doesNotContain(ShownRuns.SECRET, "root:");
    }
  }

  private List<String> paths() {
    List<String> ups =
        List.of(
            "..",
            "%2e%2e",
            "%2E.",
            ".%2e",
            "..%00",
            "%252e%252e",
            "..;",
            "..;x=y",
            "%c0%ae%c0%ae",
            "....",
            "%uff0e%uff0e",
            "..%01",
            "~",
            "...");
    List<String> slashes = List.of("/", "%2f", "%5c", "\\", "%252f", "//", "%c0%af", "/./");
    List<String> ends = List.of("outside" + "/secret", "outside" + "/000100", "etc/passwd");
    List<String> routes = List.of("/api/runs/%s", "/api/runs/" + RUN + "/samples/%s", "/assets/%s");
    List<String> paths = new ArrayList<>();
    for (String route : routes) {
      for (String up : ups) {
        for (String slash : slashes) {
          for (String end : ends) {
            paths.add(String.format(route, up + slash + end.replace("/", slash)));
          }
        }
      }
    }
    String absolute = secret.toString().replace("/", "%2f");
    for (String route : routes) {
      paths.add(String.format(route, absolute + "%2fsecret.png"));
      paths.add(String.format(route, secret + "/secret.png"));
      paths.add(String.format(route, "file:" + absolute));
      paths.add(String.format(route, "000100.png"));
      paths.add(String.format(route, "000100%00.png"));
    }
    return paths;
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    // A run that is a link, and one of which each file and folder is.
    Files.createSymbolicLink(runs.resolve("00004-linked"), secret);
    for (String name :
        List.of("stats.jsonl", "metrics.jsonl", "log.txt", "dataset.json", "status.json")) {
      link("00005-files", name, name);
    }
    link("00005-files", "samples/000100.png", "secret.png");
    link("00005-files", "samples/reals.png", "secret.png");
    link("00005-files", "samples/nearest.png", "secret.png");
    ShownRuns.run(runs, "00006-folders", 0);
    delete(runs.resolve("00006-folders/samples"));
    Files.createSymbolicLink(runs.resolve("00006-folders/samples"), secret);
    Files.createDirectories(runs.resolve("00007-config"));
    Files.createSymbolicLink(
        runs.resolve("00007-config/config.json"), secret.resolve("config.json"));
    String list = opened.get("/api/runs").text();
    assertThat(list)
        .contains(RUN, "00005", "00006")
        .doesNotContain("00004", "00007", ShownRuns.SECRET);
    for (Dashboard.Route route : dashboard.routes()) {
      if (!route.path().contains("{run}")
          || route.path().endsWith("explore")
          || route.path().equals("/runs/{run}")) {
        continue;
      }
      for (String run : List.of("00004-linked", "00005-files", "00006-folders", "00007-config")) {
        for (String sampleGrid : List.of("000100", "reals", "nearest")) {
          String path =
              route.path().replace("{run}", run).replace("{sample}", sampleGrid)
                  + "?snapshot=000100";
          RawHttp.Reply reply = opened.get(path);
          assertThat(reply.text()).as(path).doesNotContain(ShownRuns.SECRET);
          if (route.path().contains("/samples/")
              || run.startsWith("00004")
              || run.startsWith("00007")) {
            assertThat(reply.status()).as(path).isEqualTo(404);
          }
        }
      }
    }
    assertThat(opened.get("/api/runs/" + RUN + "/samples/000100").status()).isEqualTo(200);
  }

  private void link(String run, String name, String target) throws IOException {
    Path made = runs.resolve(run);
    if (!Files.exists(made)) {
      ShownRuns.run(runs, run, 0);
    }
    Path file = made.resolve(name);
    Files.deleteIfExists(file);
    Files.createSymbolicLink(file, secret.resolve(target));
  }

  private static void delete(Path samples) throws IOException {
    try (var files = Files.list(samples)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(samples);
  }
}
