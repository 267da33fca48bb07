package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.inoculum.cli.CommandLineTest.inoculum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inoculum.annotation.CocoFile;
import org.inoculum.annotation.Mask;
import org.inoculum.data.DrawnSmear;
import org.inoculum.detect.FieldsResult;
import org.inoculum.files.Json;
import org.inoculum.image.Png;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way on drawn smears: 64 crops and 6 fields without bacilli become composed fields,
 * those a detector, and that counts 50 fields which it has not seen.
 */
@Tag("slow")
class ComposedDetectorTest {
  private static final int FIELDS = 50;

  @TempDir private Path folder;

  @Test
  void aDetectorOfComposedFieldsCountsWithinFivePercent() throws IOException {
    Path smears = folder.resolve("smears");
    Path composed = folder.resolve("composed");
    Path test = folder.resolve("test");
    Path out = folder.resolve("result.json");
    run("demo", "--fields", "--out", smears);
    draw(test);
    run(
        "compose",
        smears.resolve("crops"),
        "--ground",
        smears.resolve("negatives"),
        "--count",
        60,
        "--per-field",
        "2-20",
        "--clusters",
        "each",
        "--box-margin",
        0,
        "--out",
        composed);
    run(
        "utility",
        "--fields",
        "--held-out",
        test,
        "--synthetic",
        composed,
        "--steps",
        900,
        "--repeats",
        1,
        "--out",
        out);
    FieldsResult.ConditionScores scores = Json.read(out, FieldsResult.class).conditions().get(0);
    assertThat(scores.counted() / scores.cells()).isCloseTo(1, within(0.05));
    assertThat(scores.ap()).as(scores.toString()).isGreaterThan(0.9);
  }

  private static void run(Object... words) {
    CommandLineTest.Result result = inoculum(words);
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  /** Fields of another seed than those of the demo. */
  private static void draw(Path into) throws IOException {
    Files.createDirectories(into);
    CocoFile truth = new CocoFile("drawn", List.of("bacillus"));
    for (int i = 0; i < FIELDS; i++) {
      DrawnSmear smear = DrawnSmear.field(1000, i, 648, 486, 64, true);
      Files.write(into.resolve(i + ".png"), Png.encode(smear.image()));
      truth.addImage(i + ".png", 648, 486);
      for (Mask mask : smear.bacilli()) {
        truth.addCell(0, new double[] {mask.left(), mask.top(), mask.width(), mask.height()}, mask);
      }
    }
    Files.writeString(into.resolve("coco.json"), truth.document());
  }
}
