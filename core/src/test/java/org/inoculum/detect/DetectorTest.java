package org.inoculum.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.inoculum.UserException;
import org.inoculum.annotation.Mask;
import org.inoculum.data.DrawnSmear;
import org.inoculum.image.Image;
import org.inoculum.image.Resize;
import org.inoculum.torch.Engine;
import org.inoculum.torch.Precision;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.Tensors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The detector on drawn smears, whose truth is known. */
class DetectorTest {
  private static final int FRAME = 64;
  private static final double SIDE = 27; // of a drawn rod's box, in the middle

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    Engine.start(1, PrecisionChoice.F32);
  }

  @Test
  void learnsDrawnBacilliInSeconds() {
    List<DetectorField> test = fields(100, 6, 400, 300);
    double learned;
    double untrained;
    try (DetectorNetwork network = trained(fields(0, 6, 400, 300), 60);
        DetectorNetwork before = new DetectorNetwork(1, 7)) {
      learned = scores(network, test).averagePrecision();
      untrained = scores(before, test).averagePrecision();
    }
    assertThat(learned).isGreaterThan(0.6);
    // Random features of stain find what is stained, rods among it.
    assertThat(untrained).isLessThan(learned - 0.1);
  }

  @Test
  void theSameSeedGivesTheSameNetworkAndAnotherAnother() {
    List<DetectorField> fields = fields(0, 2, 200, 170);
    try (DetectorNetwork one = trained(fields, 3);
        DetectorNetwork again = trained(fields, 3);
        DetectorNetwork other =
            DetectorTraining.train(List.of(fields), 1, 3, 8, Precision.F32, () -> false)) {
      assertThat(numbers(again)).isEqualTo(numbers(one));
      assertThat(numbers(other)).isNotEqualTo(numbers(one));
    }
  }

  /** A field that is wider than a tile: its right end alone shows the same cells. */
  @Test
  void tilesMakeNoDifferenceToWhatIsFound() {
    Density wide = Density.of(DrawnSmear.field(1, 500, 900, 200, FRAME, true).image(), 1);
    try (DetectorNetwork network = trained(fields(0, 4, 300, 240), 30)) {
      List<Detection> tiled = DetectorLooking.look(network, wide, Precision.F32, 256);
      List<Detection> whole = DetectorLooking.look(network, wide, Precision.F32, 1024);
      assertThat(whole).hasSizeGreaterThan(3);
      assertThat(tiled).hasSameSizeAs(whole);
      for (int i = 0; i < whole.size(); i++) {
        assertThat(tiled.get(i).box().x()).isCloseTo(whole.get(i).box().x(), within(0.1));
        assertThat(tiled.get(i).score()).isCloseTo(whole.get(i).score(), within(1e-3));
      }
    }
  }

  @Test
  void theInputIsTheSameForEveryExposureOfBrightFields() {
    Image image = DrawnSmear.field(1, 3, 120, 90, FRAME, true).image();
    short[] darker = image.samples();
    for (int i = 0; i < darker.length; i++) {
      darker[i] = (short) Math.round(0.8 * darker[i]);
    }
    Density one = Density.of(image, 1);
    Density other = Density.of(new Image(120, 90, 3, 8, darker), 1);
    for (int y = 0; y < 90; y++) {
      for (int x = 0; x < 120; x++) {
        assertThat(other.at(1, x, y)).isCloseTo(one.at(1, x, y), within(0.03f));
      }
    }
    assertThat(one.at(0, -1, 5)).isEqualTo(one.at(0, 0, 5)); // its mirror image
    assertThat(one.at(0, 121, 5)).isEqualTo(one.at(0, 118, 5));
  }

  @Test
  void aFileGivesTheSameCellsBackAndADamagedOneIsRefused() throws IOException {
    Image field = DrawnSmear.field(1, 7, 300, 240, FRAME, true).image();
    DetectorInfo info =
        new DetectorInfo(List.of("bacillus"), 1, List.of(0.04), 30, 0, "drawn fields", "nothing");
    Path file = folder.resolve("detector.safetensors");
    try (Detector detector = new Detector(trained(fields(0, 4, 300, 240), 30), info)) {
      List<Detection> found = detector.detect(field, Precision.F32);
      assertThat(found).isNotEmpty();
      byte[] content = DetectorFile.encode(detector);
      assertThat(DetectorFile.encode(detector)).isEqualTo(content);
      Files.write(file, content);
      try (Detector read = DetectorFile.read(file)) {
        assertThat(read.info()).isEqualTo(info);
        assertThat(read.detect(field, Precision.F32)).isEqualTo(found);
      }
      Image enlarged = Resize.to(field, 600, 480);
      assertThat(detector.detect(enlarged, Precision.F32))
          .allSatisfy(one -> assertThat(one.box().left()).isBetween(0.0, 600.0));

      byte[] flipped = content.clone();
      flipped[content.length - 5000] ^= 1;
      assertRefused(file, flipped, "damaged");
      assertRefused(file, Arrays.copyOf(content, content.length - 40), "cut short");
      assertRefused(file, new byte[] {1, 2, 3}, "not a whole safetensors");
    }
  }

  /** 50 fields are counted within 5 % of the truth. */
  @Test
  @Tag("slow")
  void countsDrawnBacilliWithinFivePercent() {
    List<DetectorField> test = fields(1000, 50, 648, 486);
    try (DetectorNetwork network = trained(fields(0, 12, 648, 486), 600)) {
      DetectorScores scores = scores(network, test);
      int counted = IntStream.range(0, 50).map(scores::counted).sum();
      int truth = IntStream.range(0, 50).map(scores::truths).sum();
      assertThat((double) counted / truth).isCloseTo(1, within(0.05));
      assertThat(scores.averagePrecision()).isGreaterThan(0.9);
    }
  }

  private void assertRefused(Path file, byte[] content, String because) throws IOException {
    Files.write(file, content);
    assertThatThrownBy(() -> DetectorFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(because);
  }

  private static DetectorNetwork trained(List<DetectorField> fields, int steps) {
    return DetectorTraining.train(List.of(fields), 1, steps, 7, Precision.F32, () -> false);
  }

  private static DetectorScores scores(DetectorNetwork network, List<DetectorField> test) {
    boolean[] half = new boolean[test.size()];
    for (int i = 0; i < half.length; i++) {
      half[i] = i % 2 == 0;
    }
    List<List<Detection>> found =
        test.stream()
            .map(field -> DetectorLooking.look(network, field.density(), Precision.F32))
            .toList();
    return new DetectorScores(test, found, 1, FieldsExperiment.TOLERANCE * SIDE, half);
  }

  private static List<DetectorField> fields(int first, int count, int width, int height) {
    return IntStream.range(first, first + count)
        .parallel()
        .mapToObj(i -> DrawnSmear.field(1, i, width, height, FRAME, true))
        .map(
            smear ->
                new DetectorField(
                    "drawn",
                    "drawn",
                    Density.of(smear.image(), 1),
                    smear.bacilli().stream().map(DetectorTest::target).toList(),
                    List.of()))
        .toList();
  }

  private static Target target(Mask mask) {
    return new Target(0, new Rect(mask.left(), mask.top(), mask.width(), mask.height()));
  }

  private static List<Float> numbers(DetectorNetwork network) {
    float[] values = Tensors.toFloats(network.weights().get("join.weight"));
    return IntStream.range(0, values.length).mapToObj(i -> values[i]).toList();
  }
}
