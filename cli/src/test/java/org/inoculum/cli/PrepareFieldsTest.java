package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.inoculum.cli.CommandLineTest.inoculum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.inoculum.cli.CommandLineTest.Result;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.files.Json;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From fields of view to a data set in two, as it is typed. */
class PrepareFieldsTest {
  private static final int SIDE = 32;

  @TempDir private Path folder;
  private Path fields;
  private Path csv;

  /** Two fields of each of four patients; a field has three cells, one beside the other. */
  @BeforeEach
  void fields() throws IOException {
    fields = Files.createDirectory(folder.resolve("fields"));
    StringBuilder boxes = new StringBuilder("filename,xmin,ymin,xmax,ymax,class,patient\n");
    for (int f = 0; f < 8; f++) {
      String name = "P%02d_%d.png".formatted(f / 2, f % 2);
      short[] field = new short[3 * SIDE * SIDE * 3];
      for (int cell = 0; cell < 3; cell++) {
        short[] drawn = DrawnBacilli.draw(5, 3 * f + cell, SIDE).samples();
        for (int y = 0; y < SIDE; y++) {
          System.arraycopy(drawn, 3 * SIDE * y, field, 3 * SIDE * (3 * y + cell), 3 * SIDE);
        }
        boxes.append(
            "%s,%d,0,%d,%d,%s,%s\n"
                .formatted(
                    name,
                    SIDE * cell,
                    SIDE * (cell + 1),
                    SIDE,
                    cell == 0 ? "lone" : "pair",
                    "patient " + f / 2));
      }
      Files.write(fields.resolve(name), Png.encode(new Image(3 * SIDE, SIDE, 3, 8, field)));
    }
    csv = Files.writeString(folder.resolve("boxes.csv"), boxes);
  }

  @Test
  void cellsOfPatientsInTwoFolders() throws IOException {
    Path out = folder.resolve("cells");
    Result prepared =
        inoculum(
            "prepare",
            fields,
            "--boxes",
            csv,
            "--margin",
            0,
            "--out",
            out,
            "--size",
            SIDE,
            "--held-out-share",
            0.25,
            "--group-by",
            "^(P[0-9]+)_",
            "--json");
    assertThat(prepared.exitCode()).as(prepared.err()).isZero();
    Map<?, ?> report = Json.parse(prepared.out(), Map.class, "stdout");
    assertThat(report.get("images")).isEqualTo(24);
    Map<?, ?> split = (Map<?, ?>) Objects.requireNonNull(report.get("split"));
    assertThat(split.get("reached")).isEqualTo(0.25);
    List<?> patients = (List<?>) Objects.requireNonNull(split.get("heldOutGroups"));
    assertThat(patients).hasSize(1);
    List<String> heldOut = names(out.resolve("held-out/pair"));
    assertThat(heldOut)
        .hasSize(4)
        .allSatisfy(name -> assertThat(name).startsWith(patients.get(0) + "_"));
    assertThat(names(out.resolve("train/lone"))).hasSize(6);
    // With no margin and at its own size, a cell comes out as it was drawn.
    assertThat(Files.readAllBytes(out.resolve(side(out, "P01_1_0002") + "/pair/P01_1_0002.png")))
        .isEqualTo(Png.encode(DrawnBacilli.draw(5, 3 * 3 + 2, SIDE)));
    assertThat(inoculum("inspect", out).out()).contains("is a data set in two");
    assertThat(inoculum("inspect", out.resolve("train")).exitCode()).isZero();
  }

  @Test
  void theColumnIsAGroupToo() {
    Path out = folder.resolve("cells");
    Result prepared =
        inoculum(
            "prepare",
            fields,
            "--boxes",
            csv,
            "--out",
            out,
            "--size",
            SIDE,
            "--held-out-share",
            "0.5",
            "--group-column",
            "patient");
    assertThat(prepared.exitCode()).as(prepared.err()).isZero();
    assertThat(prepared.out())
        .contains(
            "24 images from 8",
            "train: 12 images of 2 groups (4 lone, 8 pair)",
            "held-out: 12 images of 2 groups (4 lone, 8 pair); 50.0 % of the images, 50.0 % wanted");
  }

  @Test
  void aCellInTwoFieldsIsFound() throws IOException {
    // The first cell of the first patient again in a field of each other, turned by half a turn.
    Image twin = org.inoculum.image.Symmetry.ROTATE_180.apply(DrawnBacilli.draw(5, 0, SIDE));
    StringBuilder more = new StringBuilder(Files.readString(csv));
    for (int p = 1; p < 4; p++) {
      String name = "P%02d_9.png".formatted(p);
      Files.write(fields.resolve(name), Png.encode(twin));
      more.append("%s,0,0,%d,%d,lone,patient %d\n".formatted(name, SIDE, SIDE, p));
    }
    Path all = Files.writeString(folder.resolve("all.csv"), more);
    Path out = folder.resolve("cells");
    Object[] words = {
      "prepare",
      fields,
      "--boxes",
      all,
      "--margin",
      0,
      "--out",
      out,
      "--size",
      SIDE,
      "--held-out-share",
      "0.25",
      "--group-by",
      "^(P[0-9]+)_"
    };
    Result refused = inoculum(words);
    assertThat(refused.exitCode()).isEqualTo(3);
    assertThat(refused.err())
        .contains("pairs of images across the split", "_0000 of P0", "(distance 0.0")
        .contains("--near-duplicates together");
    assertThat(refused.err().strip()).doesNotContain("\n");
    assertThat(out).doesNotExist();
    Object[] together = java.util.Arrays.copyOf(words, words.length + 2);
    together[words.length] = "--near-duplicates";
    together[words.length + 1] = "together";
    Result joined = inoculum(together);
    assertThat(joined.exitCode()).isEqualTo(3);
    assertThat(joined.err()).contains("all images are of one group (of 4, joined");
  }

  @Test
  void tiles() throws IOException {
    Path out = folder.resolve("tiles");
    Result prepared =
        inoculum(
            "prepare", fields, "--tiles", SIDE, "--stride", SIDE / 2, "--out", out, "--size", SIDE);
    assertThat(prepared.exitCode()).as(prepared.err()).isZero();
    assertThat(names(out)).hasSize(8 * 5 + 2).contains("P00_0_0004.png", "origins.jsonl");
  }

  @Test
  void optionsThatDoNotFit() {
    for (Object[] wrong :
        new Object[][] {
          {"--boxes", csv, "--tiles", 8},
          {"--margin", 0.1},
          {"--boxes", csv, "--margin", -1},
          {"--boxes", csv, "--boxes-format", "cocoa"},
          {"--boxes", csv, "--stride", 4},
          {"--boxes", csv, "--max-crops", 0},
          {"--boxes", csv, "--group-by", "P", "--group-column", "patient"},
          {"--tiles", 1},
          {"--group-column", "patient"},
          {"--near-duplicates", "refuse"},
          {"--held-out-share", 1},
          {"--held-out-share", 0.5, "--near-duplicates", "never"},
          {"--held-out-share", 0.5, "--group-by", "X[0-9]+"},
        }) {
      Object[] words =
          java.util.Arrays.copyOf(
              new Object[] {"prepare", fields, "--out", folder.resolve("out")}, 4 + wrong.length);
      System.arraycopy(wrong, 0, words, 4, wrong.length);
      Result result = inoculum(words);
      assertThat(result.exitCode()).as(List.of(wrong) + result.err()).isEqualTo(2);
      assertThat(result.err().strip()).doesNotContain("\n");
    }
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(inoculum("prepare", "--help-all").out())
        .contains("--boxes", "--tiles", "--group-by", "--near-duplicates", "--held-out-share");
  }

  private static String side(Path out, String stem) {
    return Files.exists(out.resolve("train/pair/" + stem + ".png")) ? "train" : "held-out";
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    }
  }
}
