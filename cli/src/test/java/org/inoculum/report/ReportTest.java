package org.inoculum.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inoculum.UserException;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.torch.PrecisionChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On run directories made by hand: nothing is trained, and no network runs. */
class ReportTest {
  @TempDir private Path folder;

  private ReportSources everything() throws IOException {
    return new ReportSources(
        Optional.of(RunOnDisk.evaluation(folder)),
        Optional.empty(),
        Optional.of(RunOnDisk.synthetic(folder)),
        Optional.of(RunOnDisk.utility(folder)),
        SnapshotChoice.BEST,
        1,
        PrecisionChoice.F32);
  }

  private static ReportSources nothing() {
    return new ReportSources(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        SnapshotChoice.BEST,
        1,
        PrecisionChoice.F32);
  }

  private static String report(Path run, ReportSources sources) {
    return Report.of(
        RunDirectory.open(run), sources, note -> {}, org.inoculum.data.FileProgress.NONE);
  }

  @Test
  void everyPartIsThereWithItsNumbers() throws IOException {
    String page = report(RunOnDisk.whole(folder), everything());
    assertThat(page)
        .contains("Run 00003-cells-classic")
        .contains("42 images of 2 classes from my cells, 64 x 64 RGB")
        .contains("<tr><th>a &amp; b</th><td>2</td></tr>")
        .contains("finished, 1,234 iterations, 56.78 kimg in 1 h 2 min (15.25 images/s)")
        .contains("preset = classic, seed = 7, recipe.learningRate = 2.0E-4")
        .contains("0123abcd", "a processor", "libtorch 2", "2026-11-24T09:39:27Z")
        .contains("Samples at iteration 1200", "Real images that the generator was trained on")
        .contains("its nearest training image right")
        .contains("They differ from real ones.", "<li>They are blurred.</li>", "Note: a note")
        .contains("<td>0.1250</td>", "<td>0.0625\u00A0…\u00A00.2500</td>", "<td>0.0313</td>")
        .contains("<td>31</td>", "<td>33</td>", "scattering features", "all pairs")
        .contains("metrics.jsonl", "<td>0.0123</td>")
        .contains("17 copies of training images, 5 repeats, 1 blank", "<td>0.2875</td>", "beef")
        .contains("This test cannot tell.", "<td>87.5\u00A0%</td>", "<td>+6.3</td>", "a warning")
        .contains("Losses", "means over 3 iterations", "accuracy/real")
        .contains("Energy distance during the training, evaluated on: split")
        .contains("not anonymisation", "not differentially private")
        .doesNotContain("Not in this report");
  }

  @Test
  void whatIsMissingIsNamedWithItsCommand() throws IOException {
    Path run = RunOnDisk.bare(folder);
    String page = report(run, nothing());
    assertThat(page)
        .contains("the training images are not recorded")
        .contains("its length is not recorded")
        .contains("the run has no whole snapshot yet")
        .contains("inoculum resume " + run)
        .contains("inoculum report " + run + " --held-out DIR --overwrite")
        .contains("inoculum report " + run + " --synthetic DIR --overwrite")
        .contains("inoculum utility --run " + run + " --synthetic DIR")
        .contains("stats.jsonl")
        .contains("not anonymisation")
        .doesNotContain("<img", "null", "NaN");
  }

  @Test
  void namesFromStrangersStayNames() throws IOException {
    assertThat(report(RunOnDisk.whole(folder), everything()))
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script");
  }

  @Test
  void fetchesNothing() throws IOException {
    String page = report(RunOnDisk.whole(folder), everything());
    Matcher sources = Pattern.compile("(?:src|href)\\s*=\\s*\"([^\"]{0,40})").matcher(page);
    int sampleGrids = 0;
    while (sources.find()) {
      assertThat(sources.group(1)).startsWith("data:image/png;base64,");
      sampleGrids++;
    }
    assertThat(sampleGrids).as("reals, samples, nearest, five charts").isEqualTo(8);
    assertThat(page)
        .contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
        .doesNotContain("http:", "https:", "url(", "@import");
  }

  @Test
  void aSetOfAnotherRunIsToldOf() throws IOException {
    Path run = RunOnDisk.whole(folder);
    assertThat(report(run, everything()))
        .contains("another snapshot than the one reported on here");
    Path renamed = Files.move(run, folder.resolve("00004-others"));
    assertThat(report(renamed, everything())).contains("generated from another run");
  }

  @Test
  void filesOfAnotherKindAreRefused() throws IOException {
    Path run = RunOnDisk.whole(folder);
    Path empty = Files.writeString(folder.resolve("empty.json"), "{}");
    for (ReportSources wrong :
        new ReportSources[] {
          sources(Optional.of(empty), Optional.empty(), Optional.empty()),
          sources(Optional.of(folder.resolve("no.json")), Optional.empty(), Optional.empty()),
          sources(Optional.empty(), Optional.of(folder), Optional.empty()),
          sources(Optional.empty(), Optional.empty(), Optional.of(empty)),
          sources(Optional.empty(), Optional.empty(), Optional.of(RunOnDisk.evaluation(folder)))
        }) {
      assertThatThrownBy(() -> report(run, wrong))
          .isInstanceOfSatisfying(
              UserException.class,
              e -> assertThat(e.kind()).isEqualTo(UserException.Kind.BAD_DATA));
    }
  }

  private static ReportSources sources(
      Optional<Path> evaluation, Optional<Path> synthetic, Optional<Path> utility) {
    return new ReportSources(
        evaluation,
        Optional.empty(),
        synthetic,
        utility,
        SnapshotChoice.BEST,
        1,
        PrecisionChoice.F32);
  }
}
