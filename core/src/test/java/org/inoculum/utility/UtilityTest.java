package org.inoculum.utility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.Reading;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.image.Symmetry;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol on drawn images. */
class UtilityTest extends TorchTest {
  @TempDir private Path folder;

  @Test
  void theSameSeedGivesTheSameResultAndEveryConditionIsThere() throws IOException {
    UtilityData data = drawn(8, 40, 8);
    UtilityResult first = run(data, new UtilityOptions(2, List.of(2), true, 1, 3));
    assertThat(run(data, new UtilityOptions(2, List.of(2), true, 2, 3)))
        .as("with two threads")
        .isEqualTo(first);
    assertThat(first.conditions())
        .extracting(one -> one.images() + ", " + one.augmentation())
        .hasSize(20)
        .doesNotHaveDuplicates()
        .contains(
            "real, as they are",
            "real, strong classical",
            "synthetic, classical",
            "real with 25 % synthetic of confirmed label, classical and colours");
    assertThat(first.comparisons()).hasSize(1 + 6 + 3);
    assertThat(first.heldOut()).containsEntry("bacillus", 40L).containsEntry("ground", 40L);
    assertThat(first.verdict()).endsWith(".");
  }

  @Test
  void severalSetsAreTestedTogether() throws IOException {
    UtilityData one = drawn(4, 10, 4);
    UtilityResult both =
        UtilityExperiment.run(
            List.of(one, one),
            new UtilityOptions(2, List.of(1, 2), false, 2, 0),
            (done, of) -> assertThat(done).isLessThanOrEqualTo(of),
            warning -> {},
            () -> false);
    assertThat(both.sets()).isEqualTo(2);
    assertThat(both.conditions()).hasSize(20);
    assertThat(both.conditions().get(0).byRepeat()).hasSize(4);
    UtilityData names =
        new UtilityData(renamed(one.train()), renamed(one.heldOut()), renamed(one.synthetic()));
    assertThatThrownBy(
            () ->
                UtilityExperiment.run(
                    List.of(one, names),
                    new UtilityOptions(2, List.of(1), false, 1, 0),
                    (done, of) -> {},
                    warning -> {},
                    () -> false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("all sets need the same");
  }

  private static DataSet renamed(DataSet data) {
    return new DataSet(
        data.root(),
        List.of("x", "y"),
        data.size(),
        3,
        data.samples(),
        OfflineAugmentation.NONE,
        List.of());
  }

  @Test
  void aClassWithoutSyntheticImagesIsSaid() throws IOException {
    write("train", 0, 3, 3);
    write("test", 10, 3, 3);
    write("generated", 20, 3, 0);
    Files.createDirectories(folder.resolve("generated"));
    Files.write(folder.resolve("generated/contact-sheet.png"), Png.encode(bacillus(1)));
    List<String> warnings = new ArrayList<>();
    UtilityResult result =
        UtilityExperiment.run(
            List.of(read()),
            new UtilityOptions(2, List.of(1), false, 1, 0),
            (done, of) -> {},
            warnings::add,
            () -> false);
    assertThat(warnings)
        .filteredOn(warning -> warning.contains("no synthetic images of ground"))
        .hasSize(1);
    assertThat(result.labelChecks().get(1).named()).isNull();
    assertThat(result.warnings()).isEqualTo(warnings);
    assertThat(result.conditions()).hasSize(9);
  }

  @Test
  void syntheticImagesUnderTheWrongLabelAreFound() throws IOException {
    write("train", 0, 8, 8);
    write("test", 100, 20, 20);
    write("generated", 200, 12, 12);
    UtilityOptions options = new UtilityOptions(2, List.of(40), false, 2, 3);
    assertThat(run(read(), options).labelChecks())
        .allSatisfy(check -> assertThat(check.named()).as(check.name()).isGreaterThan(0.8))
        .allSatisfy(check -> assertThat(check.warning()).isEmpty());
    Files.move(folder.resolve("generated/ground"), folder.resolve("moved"));
    Files.move(folder.resolve("generated/bacillus"), folder.resolve("generated/ground"));
    Files.move(folder.resolve("moved"), folder.resolve("generated/bacillus"));
    UtilityResult swapped = run(read(), options);
    assertThat(swapped.labelChecks())
        .allSatisfy(check -> assertThat(check.named()).as(check.name()).isLessThan(0.2))
        .allSatisfy(check -> assertThat(check.images()).isEqualTo(12));
    assertThat(swapped.warnings())
        .filteredOn(warning -> warning.contains("look at them before you use them"))
        .hasSize(2);
  }

  @Test
  void aTestImageInTrainingIsRefusedByName() throws IOException {
    write("train", 0, 3, 3);
    write("test", 10, 3, 3);
    write("generated", 20, 3, 3);
    Path leaked = folder.resolve("generated/bacillus/leak.png");
    Files.write(leaked, Png.encode(Symmetry.ROTATE_90.apply(bacillus(11))));
    assertRefused("leak.png");
    Files.delete(leaked);
    Files.write(
        folder.resolve("train/bacillus/turned.png"), Png.encode(Symmetry.FLIP.apply(bacillus(12))));
    assertRefused("turned.png");
  }

  private void assertRefused(String file) {
    assertThatThrownBy(() -> run(read(), new UtilityOptions(2, List.of(1), false, 1, 0)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file)
        .extracting(e -> ((UserException) e).kind())
        .isEqualTo(UserException.Kind.BAD_DATA);
  }

  @Test
  void classesThatDoNotAgreeAreRefused() throws IOException {
    write("train", 0, 2, 2);
    write("test", 10, 2, 0);
    write("generated", 20, 2, 2);
    assertThatThrownBy(this::read)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("expected those of");
  }

  private static UtilityResult run(UtilityData data, UtilityOptions options) {
    return UtilityExperiment.run(
        List.of(data), options, (done, of) -> {}, warning -> {}, () -> false);
  }

  private UtilityData drawn(int train, int test, int synthetic) throws IOException {
    write("train", 0, train, train);
    write("test", 100, test, test);
    write("generated", 200, synthetic, synthetic);
    return read();
  }

  private UtilityData read() {
    return UtilityData.read(
        folder.resolve("train"),
        folder.resolve("test"),
        folder.resolve("generated"),
        Reading.DEFAULT);
  }

  private void write(String set, int first, int bacilli, int grounds) throws IOException {
    for (int i = first; i < first + bacilli; i++) {
      Path file = folder.resolve(set + "/bacillus/" + i + ".png");
      Files.createDirectories(file.getParent());
      Files.write(file, Png.encode(bacillus(i)));
    }
    for (int i = first; i < first + grounds; i++) {
      Path file = folder.resolve(set + "/ground/" + i + ".png");
      Files.createDirectories(file.getParent());
      Files.write(file, Png.encode(ground(i)));
    }
  }

  private static Image bacillus(int index) {
    return DrawnBacilli.draw(1, index, 64);
  }

  /** Stripes of a width and an angle of their own: the other class. */
  private static Image ground(int index) {
    short[] samples = new short[64 * 64 * 3];
    for (int i = 0; i < 64 * 64; i++) {
      int row = i / 64;
      double across = (i % 64) * Math.cos(index) + row * Math.sin(index);
      double level = 160 + 40 * Math.sin(across / (2 + index % 7) + index);
      for (int c = 0; c < 3; c++) {
        samples[3 * i + c] = (short) level;
      }
    }
    return new Image(64, 64, 3, 8, samples);
  }
}
