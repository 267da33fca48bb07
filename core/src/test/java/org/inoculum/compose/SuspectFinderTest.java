package org.inoculum.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inoculum.annotation.Annotations;
import org.inoculum.annotation.Box;
import org.inoculum.annotation.BoxLimits;
import org.inoculum.data.FileProgress;
import org.inoculum.data.ImageListing;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.ImageFiles;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What looks like a cell in ground: found where there are some, and not everywhere. */
class SuspectFinderTest {
  private static final ComposeRecipe RECIPE = ComposeRecipe.DEFAULT;

  @Test
  void drawnCellsAreFoundAndPlainGroundHasNone() {
    List<CellCrop> crops = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      crops.add(
          new CellCrop(
              DrawnCell.crop(i, 128, Modality.BRIGHTFIELD, 0.9).image(),
              "rod",
              i + ".png",
              1,
              null,
              null,
              null));
    }
    CellPool pool = CellPool.cut(crops, Modality.BRIGHTFIELD, RECIPE, 2, FileProgress.NONE);
    SuspectFinder finder = new SuspectFinder(pool, Modality.BRIGHTFIELD, RECIPE, 1);
    assertThat(found(finder, DrawnCell.field(1, 400, 300, Modality.BRIGHTFIELD))).isEmpty();
    List<PixelBox> found =
        found(finder, DrawnCell.field(2, 400, 300, Modality.BRIGHTFIELD, 80, 70, 300, 200));
    assertThat(found).hasSize(2);
    assertThat(found).anyMatch(box -> box.meets(new PixelBox(80, 70, 1, 1)));
    assertThat(found).anyMatch(box -> box.meets(new PixelBox(300, 200, 1, 1)));
  }

  private static List<PixelBox> found(SuspectFinder finder, DrawnCell field) {
    ChannelPlanes levels = ChannelPlanes.levels(field.image(), Modality.BRIGHTFIELD);
    return finder.find(levels, GroundField.tint(levels), 0);
  }

  @Test
  void annotatedBacilliOfRealFieldsWouldBeFoundIfNobodyHadAnnotatedThem() {
    String data = System.getenv("INOCULUM_DATA");
    Assumptions.assumeTrue(data != null, "set INOCULUM_DATA to run tests on real images");
    Path smears = Path.of(data).resolve("tbfields");
    Assumptions.assumeTrue(smears.toFile().isDirectory(), "tbfields is not in INOCULUM_DATA");
    CellPool pool =
        CellPool.cut(
            CellSource.read(
                ImageListing.ofClasses(smears.resolve("crops64/bacillus")), 3, FileProgress.NONE),
            Modality.BRIGHTFIELD,
            RECIPE,
            2,
            FileProgress.NONE);
    SuspectFinder finder = new SuspectFinder(pool, Modality.BRIGHTFIELD, RECIPE, 1);
    ImageListing fields = ImageListing.ofFields(smears.resolve("train/fields"));
    Map<String, List<Box>> boxes =
        fields.boxes(
            Annotations.read(smears.resolve("train/boxes.csv"), null, null, BoxLimits.DEFAULT));
    int annotated = 0;
    int hit = 0;
    int elsewhere = 0;
    for (ImageListing.Entry entry : fields.entries()) {
      ChannelPlanes levels =
          ChannelPlanes.levels(
              ImageFiles.read(entry.file(), DecodingLimits.DEFAULT), Modality.BRIGHTFIELD);
      List<PixelBox> found = finder.find(levels, GroundField.tint(levels), 0);
      List<PixelBox> all =
          PixelBox.of(boxes.getOrDefault(entry.source(), List.of()), levels.width, levels.height);
      elsewhere += (int) found.stream().filter(one -> all.stream().noneMatch(one::meets)).count();
      for (Box box : boxes.getOrDefault(entry.source(), List.of())) {
        if (box.label().equals("single bacillus")) {
          annotated++;
          PixelBox place = PixelBox.of(List.of(box), levels.width, levels.height).get(0);
          hit += found.stream().anyMatch(place::meets) ? 1 : 0;
        }
      }
    }
    System.out.printf(
        "tbfields: %d of %d annotated bacilli are suspects, and %d other places in %d fields%n",
        hit, annotated, elsewhere, fields.entries().size());
    assertThat((double) hit / annotated).isGreaterThan(0.85);
    assertThat(elsewhere).isLessThan(10 * fields.entries().size());
  }
}
