package org.inoculum.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inoculum.UserException;
import org.inoculum.annotation.CocoFile;
import org.inoculum.annotation.Mask;
import org.inoculum.compose.ComposeRecipe;
import org.inoculum.compose.CompositionResult;
import org.inoculum.data.DrawnSmear;
import org.inoculum.detect.FieldsResult;
import org.inoculum.detect.FieldsResult.ConditionDifference;
import org.inoculum.detect.FieldsResult.ConditionScores;
import org.inoculum.detect.GradeAgreement;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.image.Png;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FieldsReportTest {
  @TempDir private Path folder;

  @Test
  void showsComposedFieldsBesideAnnotatedOnesAndTheDetector() throws IOException {
    Path set = fields("set<b>", 0, 4);
    Path real = fields("real", 20, 2);
    composed(set);
    assertThat(FieldsReport.describes(set)).isTrue();
    assertThat(FieldsReport.describes(real)).isFalse();
    Path utility = folder.resolve("fields.json");
    Files.writeString(utility, Json.document(result()));
    Path file = folder.resolve("report.html");
    FieldsReport.write(set, Optional.of(utility), Optional.of(real), file, false, note -> {});

    String page = Files.readString(file);
    assertThat(page)
        .contains("Composed fields set&lt;b&gt;", "Train on the composed fields &amp; test")
        .contains("composed: 0.png", "annotated: 1.png", "Bland and Altman", "Precision by centre")
        .contains("0.950", "+0.012", "0.75", "9 annotated fields", "1,800")
        .doesNotContain("<b>", "http://", "https://", "Not in this report");
    // Three composed fields and two annotated ones, precision, and counts of three conditions.
    assertThat(page.split("<figure>", -1)).hasSize(1 + 3 + 2 + 1 + 3);
    assertThatThrownBy(
            () ->
                FieldsReport.write(
                    set, Optional.empty(), Optional.empty(), file, false, note -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("report.html");
  }

  @Test
  void saysWhatItLacksAndRefusesWhatIsNoTest() throws IOException {
    Path set = fields("set", 0, 1);
    composed(set);
    Path file = folder.resolve("report.html");
    FieldsReport.write(set, Optional.empty(), Optional.empty(), file, false, note -> {});
    assertThat(Files.readString(file))
        .contains("Not in this report: no test was named", "inoculum utility --fields");
    Path other = folder.resolve("other.json");
    Files.writeString(other, "{\"verdict\": \"good\"}");
    assertThatThrownBy(
            () ->
                FieldsReport.write(
                    set, Optional.of(other), Optional.empty(), file, true, note -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("other.json");
  }

  private Path fields(String name, int first, int count) throws IOException {
    Path into = Files.createDirectories(folder.resolve(name));
    CocoFile truth = new CocoFile("drawn", List.of("bacillus"));
    for (int i = 0; i < count; i++) {
      DrawnSmear smear = DrawnSmear.field(3, first + i, 200, 150, 64, true);
      Files.write(into.resolve(i + ".png"), Png.encode(smear.image()));
      truth.addImage(i + ".png", 200, 150);
      for (Mask mask : smear.bacilli()) {
        truth.addCell(0, new double[] {mask.left(), mask.top(), mask.width(), mask.height()}, mask);
      }
    }
    Files.writeString(into.resolve("coco.json"), truth.document());
    return into;
  }

  private static void composed(Path set) throws IOException {
    CompositionResult made =
        new CompositionResult(
            "inoculum",
            "brightfield",
            4,
            20,
            18,
            0,
            3,
            List.of("bacillus"),
            60,
            4,
            9,
            105,
            1,
            50,
            8.8,
            1,
            0,
            ComposeRecipe.DEFAULT);
    Files.writeString(set.resolve("composition.json"), FormatVersion.document(made));
  }

  private static FieldsResult result() {
    List<ConditionScores> conditions =
        List.of(
            scores("9 annotated fields", 0.934),
            scores("composed only", 0.95),
            scores("pasted only", 0.9));
    return new FieldsResult(
        "inoculum",
        List.of("bacillus"),
        Map.of("heldOut", 3),
        Map.of("heldOut", 12L),
        77,
        0.47,
        33,
        3,
        1800,
        List.of(new FieldsResult.Steps("composed only", 900, 0.94)),
        true,
        8,
        0,
        0.95,
        List.of(1.0, 10.0),
        List.of("a.png", "b.png", "c.png"),
        List.of(2, 4, 6),
        conditions,
        List.of(
            new ConditionDifference(
                "composed only",
                "9 annotated fields",
                0.012,
                -0.001,
                0.03,
                List.of(0.012),
                0.05,
                0.01,
                0.09,
                -0.2,
                -0.5,
                0.1)),
        9,
        "Train on the composed fields & test",
        List.of());
  }

  private static ConditionScores scores(String name, double ap) {
    return new ConditionScores(
        name,
        ap,
        ap - 0.03,
        ap + 0.02,
        List.of(ap),
        null,
        0.7,
        0.88,
        1.5,
        List.of(1.5),
        12.5,
        12,
        0.1,
        -2,
        2.2,
        List.of(2.5, 4.0, 6.0),
        Collections.nCopies(101, ap),
        new GradeAgreement(0.75, 0.8));
  }
}
