package org.inoculum.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.inoculum.annotation.CocoFile;
import org.inoculum.data.FileProgress;
import org.inoculum.detect.FieldsExperiment;
import org.inoculum.detect.FieldsOptions;
import org.inoculum.detect.FieldsResult.ConditionScores;
import org.inoculum.detect.FieldsSource;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.PrecisionChoice;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Composed fields that are not of acid-fast bacilli train a detector, too. */
@Tag("slow")
class OtherSlidesTest {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 360;

  @TempDir private Path folder;

  /** Fluorescence: crops, ground and test fields are drawn, the last with their truth. */
  @Test
  void drawnRodsThatShineAreCounted() throws IOException {
    Path cells = Files.createDirectories(folder.resolve("cells/rod"));
    for (int i = 0; i < 40; i++) {
      png(
          cells.resolve(i + ".png"),
          DrawnCell.crop(i, 128, Modality.FLUORESCENCE, 0.8 + 0.01 * i).image());
    }
    Path ground = Files.createDirectories(folder.resolve("ground"));
    for (int i = 0; i < 5; i++) {
      png(
          ground.resolve(i + ".png"),
          DrawnCell.field(i, WIDTH, HEIGHT, Modality.FLUORESCENCE).image());
    }
    Path test = Files.createDirectories(folder.resolve("test"));
    CocoFile truth = new CocoFile("drawn", List.of("rod"));
    for (int i = 0; i < 20; i++) {
      double[] places = places(i);
      DrawnCell field = DrawnCell.field(100 + i, WIDTH, HEIGHT, Modality.FLUORESCENCE, places);
      png(test.resolve(i + ".png"), field.image());
      truth.addImage(i + ".png", WIDTH, HEIGHT);
      for (int k = 0; k < places.length; k += 2) {
        // A rod of 45 pixels, turned by its number in radians, with what the optics add.
        double width = 45 * Math.abs(Math.cos(k)) + 10;
        double height = 45 * Math.abs(Math.sin(k)) + 10;
        truth.addFound(
            0, new double[] {places[k] - width / 2, places[k + 1] - height / 2, width, height}, 1);
      }
    }
    Files.writeString(test.resolve("coco.json"), truth.document());
    compose(folder.resolve("cells"), ground, folder.resolve("composed"), 40, 1);
    ConditionScores scores = tested("drawn fluorescence", folder.resolve("composed"), test);
    assertThat(scores.ap()).isGreaterThan(0.95);
    assertThat(scores.counted() / scores.cells()).isCloseTo(1, within(0.05));
  }

  /**
   * Red blood cells, many of which overlap with others in their crops, on drawn ground. There are
   * no annotated fields of them, so other cells on other ground are the test fields: how they were
   * cut is in both.
   */
  @Test
  void redBloodCellsOnDrawnGroundAreCounted() throws IOException {
    String data = System.getenv("INOCULUM_DATA");
    Assumptions.assumeTrue(data != null, "set INOCULUM_DATA to run tests on real images");
    Path rbc = Path.of(data, "rbc64");
    for (String part : List.of("train", "test")) {
      Path ground = Files.createDirectories(folder.resolve(part + "-ground"));
      for (int i = 0; i < 5; i++) {
        png(ground.resolve(i + ".png"), paleGround(part.equals("train") ? i : 50 + i));
      }
    }
    compose(
        rbc.resolve("train64"), folder.resolve("train-ground"), folder.resolve("composed"), 60, 1);
    compose(rbc.resolve("heldout"), folder.resolve("test-ground"), folder.resolve("test"), 20, 2);
    ConditionScores scores =
        tested("red blood cells", folder.resolve("composed"), folder.resolve("test"));
    assertThat(scores.ap()).isGreaterThan(0.9);
    assertThat(scores.counted() / scores.cells()).isCloseTo(1, within(0.05));
  }

  private static void png(Path file, Image image) throws IOException {
    Files.write(file, Png.encode(image));
  }

  /** Six to ten places, apart from each other. */
  private static double[] places(int index) {
    RandomStream random = RandomStream.of(9, Purpose.CHECKING, index);
    double[] places = new double[2 * (6 + random.nextInt(5))];
    int count = 0;
    while (count < places.length) {
      double x = random.nextDouble(30, WIDTH - 30.0);
      double y = random.nextDouble(30, HEIGHT - 30.0);
      boolean apart = true;
      for (int k = 0; k < count; k += 2) {
        apart &= Math.hypot(places[k] - x, places[k + 1] - y) > 60;
      }
      if (apart) {
        places[count++] = x;
        places[count++] = y;
      }
    }
    return places;
  }

  /** Uneven, with grain. */
  private static Image paleGround(int index) {
    RandomStream random = RandomStream.of(10, Purpose.CHECKING, index);
    int width = 2 * WIDTH;
    int height = 2 * HEIGHT;
    double[] colour = {random.nextDouble(195, 225), random.nextDouble(190, 215), 200};
    double tilt = random.nextDouble(-0.08, 0.08);
    short[] samples = new short[width * height * 3];
    for (int i = 0; i < samples.length; i++) {
      int column = i / 3 % width;
      double light = 1 + tilt * (column - WIDTH) / width;
      double value = colour[i % 3] * light + 2 * random.nextGaussian();
      samples[i] = (short) Math.max(0, Math.min(255, Math.round(value)));
    }
    return new Image(width, height, 3, 8, samples);
  }

  private static void compose(Path cells, Path ground, Path out, int count, long seed) {
    ComposeOptions options =
        new ComposeOptions(
            ground,
            Optional.empty(),
            null,
            count,
            Optional.of("4-14"),
            Optional.empty(),
            Map.of(),
            ComposeOptions.Clusters.EACH,
            true,
            ComposeOptions.Laying.CUT,
            OptionalDouble.of(0),
            OptionalDouble.empty(),
            16,
            seed,
            2,
            ComposeRecipe.DEFAULT);
    assertThat(
            Composition.compose(
                cells, out, options, Optional.empty(), told -> {}, FileProgress.NONE, () -> false))
        .isPresent();
  }

  private static ConditionScores tested(String name, Path composed, Path test) {
    FieldsSource source =
        new FieldsSource(null, null, test, null, composed, null, Map.of(), Map.of(), Set.of());
    FieldsOptions options = new FieldsOptions(1, 500, false, List.of(), List.of(), 1, 0, false);
    ConditionScores scores =
        FieldsExperiment.run(
                source,
                null,
                options,
                PrecisionChoice.AUTO,
                (done, of, steps) -> {},
                told -> {},
                () -> false)
            .result()
            .conditions()
            .get(0);
    System.out.printf(
        "%s: AP %.3f, at IoU 0.5 %.3f, counted %.0f of %d, %.2f wrong a field%n",
        name, scores.ap(), scores.apIou50(), scores.counted(), scores.cells(), scores.countError());
    return scores;
  }
}
