package org.inoculum.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.DrawnRodMask;
import org.inoculum.data.FileProgress;
import org.inoculum.data.ImageListing;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Cutting by its promises: masks, amounts, neighbours, and reasons for rejection. */
class CellCutterTest {
  private static final ComposeRecipe RECIPE = ComposeRecipe.DEFAULT;

  @ParameterizedTest
  @EnumSource(
      value = Modality.class,
      names = {"BRIGHTFIELD", "FLUORESCENCE"})
  void masksAndAmountsOfDrawnCellsAreTheTruth(Modality modality) throws Rejected {
    CellCutter cutter = new CellCutter(modality, CellCutter.Hues.ONE, RECIPE);
    double overlap = 0;
    double drift = 0;
    int count = 24;
    for (int i = 0; i < count; i++) {
      DrawnCell drawn = DrawnCell.crop(i, 128, modality, 0.9);
      Cut cut = cutter.cut(drawn.image());
      overlap += cut.mask().overlap(drawn.truth()) / count;
      double total = 0;
      for (int p = 0; p < cut.share().length; p++) {
        total += cut.share()[p] * cut.amounts().channel[1][p];
      }
      drift += Math.abs(total / drawn.total() - 1) / count;
    }
    assertThat(overlap).as("mean IoU").isGreaterThan(0.8);
    assertThat(drift).as("mean change of the sum").isLessThan(0.05);
  }

  @Test
  void masksOfOtherSizesOfCropsAreTheTruth() throws Rejected {
    for (int side : new int[] {64, 96, 200}) {
      DrawnCell drawn = DrawnCell.crop(3, side, Modality.BRIGHTFIELD, 0.9);
      Cut cut =
          new CellCutter(Modality.BRIGHTFIELD, CellCutter.Hues.ONE, RECIPE).cut(drawn.image());
      assertThat(cut.mask().overlap(drawn.truth())).as("side %d", side).isGreaterThan(0.7);
    }
  }

  @Test
  void masksOfDrawnBacilliAreTheTruth() {
    double overlap = 0;
    int cut = 0;
    for (int i = 0; i < 64; i++) {
      try {
        Cut one =
            new CellCutter(Modality.BRIGHTFIELD, CellCutter.Hues.ONE, RECIPE)
                .cut(DrawnBacilli.draw(0, i, 128));
        overlap += one.mask().overlap(new PixelSet(128, 128, DrawnRodMask.of(0, i, 128)));
        cut++;
      } catch (Rejected e) {
        // Some touch the edge.
      }
    }
    assertThat(cut).isGreaterThan(50);
    assertThat(overlap / cut).as("mean IoU of %d", cut).isGreaterThan(0.75);
  }

  @Test
  void whiteBloodCellsAreCutAsTheirMasksSay() throws IOException {
    Path data = data();
    List<Double> overlaps = new ArrayList<>();
    for (String part : List.of("train64", "heldout")) {
      ImageListing listing = ImageListing.ofClasses(data.resolve("wbc64").resolve(part));
      CellCutter cutter = new CellCutter(Modality.BRIGHTFIELD, CellCutter.Hues.SEVERAL, RECIPE);
      for (ImageListing.Entry entry : listing.entries()) {
        Image mask =
            ImageFiles.read(
                data.resolve("wbc64-masks").resolve(part).resolve(entry.source()),
                DecodingLimits.DEFAULT);
        boolean[] truth = new boolean[mask.width() * mask.height()];
        for (int i = 0; i < truth.length; i++) {
          truth[i] = mask.value(i * mask.channels()) > 0;
        }
        try {
          Cut cut = cutter.cut(ImageFiles.read(entry.file(), DecodingLimits.DEFAULT));
          overlaps.add(cut.mask().overlap(new PixelSet(mask.width(), mask.height(), truth)));
        } catch (Rejected e) {
          overlaps.add(Double.NaN);
        }
      }
    }
    double mean =
        overlaps.stream().filter(one -> !one.isNaN()).mapToDouble(one -> one).average().orElse(0);
    long cut = overlaps.stream().filter(one -> !one.isNaN()).count();
    System.out.printf("wbc64: %d of %d cut, mean IoU %.3f%n", cut, overlaps.size(), mean);
    assertThat(cut).isGreaterThan(overlaps.size() * 8L / 10);
    assertThat(mean).isGreaterThan(0.85);
  }

  @Test
  void redBloodCellsAreCutFromAmongTheirNeighbours() {
    ImageListing listing = ImageListing.ofClasses(data().resolve("rbc64/train64"));
    CellPool pool =
        CellPool.cut(
            CellSource.read(listing, 3, FileProgress.NONE),
            Modality.BRIGHTFIELD,
            RECIPE,
            2,
            FileProgress.NONE);
    assertThat(pool.hues()).isEqualTo(Map.of("rbc", CellCutter.Hues.SEVERAL));
    assertThat(pool.cells().size()).isGreaterThanOrEqualTo(56);
    // A cell that still has a neighbour is much longer than it is wide.
    long round =
        pool.cells().stream()
            .filter(cell -> cell.axis().length() < 1.8 * cell.axis().width())
            .count();
    assertThat(round).isGreaterThanOrEqualTo(pool.cells().size() * 9L / 10);
  }

  @Test
  void bulkyCellsThatTouchAreParted() throws Rejected {
    int side = 128;
    short[] samples = new short[side * side * 3];
    boolean[] truth = new boolean[side * side];
    for (int i = 0; i < truth.length; i++) {
      int row = i / side;
      double x = i % side;
      boolean own = Math.hypot(x - 64, row - 64) < 28;
      boolean other = Math.hypot(x - 64 - 50, row - 64) < 26;
      truth[i] = own && x < 89;
      for (int c = 0; c < 3; c++) {
        samples[3 * i + c] = (short) (own || other ? 120 : 220);
      }
    }
    Cut cut =
        new CellCutter(Modality.BRIGHTFIELD, CellCutter.Hues.SEVERAL, RECIPE)
            .cut(new Image(side, side, 3, 8, samples));
    assertThat(cut.mask().overlap(new PixelSet(side, side, truth))).isGreaterThan(0.9);
  }

  /** Densities add up where cells overlap, and the threshold sees one large thing to the edge. */
  @Test
  void aCellThatOverlapsWithOthersIsCutByItsOwnBorder() throws Rejected {
    int side = 128;
    short[] samples = new short[side * side * 3];
    boolean[] truth = new boolean[side * side];
    for (int i = 0; i < truth.length; i++) {
      int row = i / side;
      double x = i % side;
      truth[i] = Math.hypot(x - 63.5, (row - 63.5) / 0.85) < 34;
      int cells = truth[i] ? 1 : 0;
      cells += Math.hypot(x - 118, row - 60) < 36 ? 1 : 0;
      cells += Math.hypot(x - 20, row - 110) < 36 ? 1 : 0;
      for (int c = 0; c < 3; c++) {
        samples[3 * i + c] = (short) Math.round(220 * Math.exp(-0.4 * cells));
      }
    }
    Cut cut =
        new CellCutter(Modality.BRIGHTFIELD, CellCutter.Hues.SEVERAL, RECIPE)
            .cut(new Image(side, side, 3, 8, samples));
    assertThat(cut.mask().overlap(new PixelSet(side, side, truth))).isGreaterThan(0.95);
  }

  @Test
  void cropsWithoutAWholeCellAreRejectedWithTheReason() {
    CellCutter cutter = new CellCutter(Modality.BRIGHTFIELD, CellCutter.Hues.ONE, RECIPE);
    assertThatThrownBy(() -> cutter.cut(DrawnCell.field(0, 128, 128, Modality.BRIGHTFIELD).image()))
        .isInstanceOf(Rejected.class)
        .hasMessageContaining("faint");
    assertThatThrownBy(
            () -> cutter.cut(DrawnCell.field(0, 128, 128, Modality.BRIGHTFIELD, 64, 2).image()))
        .isInstanceOf(Rejected.class);
    assertThatThrownBy(
            () ->
                cutter.cut(
                    org.inoculum.image.Crop.of(
                        DrawnCell.crop(1, 128, Modality.BRIGHTFIELD, 0.9).image(), 40, 40, 48)))
        .isInstanceOf(Rejected.class);
  }

  @Test
  void aLaidCellKeepsItsAmountAndDarkensTheGroundByIt() throws Rejected {
    DrawnCell drawn = DrawnCell.crop(5, 128, Modality.BRIGHTFIELD, 0.9);
    Cell cell =
        Cell.of(
            new CellCutter(Modality.BRIGHTFIELD, CellCutter.Hues.ONE, RECIPE).cut(drawn.image()),
            new CellCrop(drawn.image(), "rod", "5", 1, null, null, null));
    double before = cell.cut().total();
    for (double angle : new double[] {0, 0.7, 2.5}) {
      LaidCell laid =
          LaidCell.of(
              cell,
              new LaidCell.Pose(100.3, 90.6, angle, angle > 1, 1, new double[] {1, 1, 1}, 0.6));
      double after = 0;
      for (int c = 0; c < 3; c++) {
        for (float amount : laid.amounts().channel[c]) {
          after += cell.cut().hue()[c] * amount;
        }
      }
      assertThat(after / before).isCloseTo(1, within(0.02));
    }
  }

  private static Path data() {
    String data = System.getenv("INOCULUM_DATA");
    Assumptions.assumeTrue(data != null, "set INOCULUM_DATA to run tests on real images");
    return Path.of(data);
  }

  /** Files of a folder, which tests of sets compare. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
