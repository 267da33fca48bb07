package org.inoculum.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.inoculum.image.Image;
import org.junit.jupiter.api.Test;

class PastedRectangleTest {
  /** The baseline: pixels of the crop are what the field shows, ground of the crop included. */
  @Test
  void aRectangleIsPastedAsItIs() throws Rejected {
    ComposeRecipe recipe = ComposeRecipe.DEFAULT;
    Modality modality = Modality.BRIGHTFIELD;
    Image crop = DrawnCell.crop(3, 128, modality, 0.9).image();
    CellCrop from = new CellCrop(crop, "long", "3.png", 1, null, null, null);
    Cell cut = Cell.of(new CellCutter(modality, CellCutter.Hues.ONE, recipe).cut(crop), from);
    Cell cell = PastedRectangle.of(cut, from, modality, recipe);
    Image field = DrawnCell.field(1, 200, 180, modality).image();
    short[] darker = field.samples();
    for (int i = 0; i < darker.length; i++) {
      darker[i] = (short) ((darker[i] & 0xFFFF) / 2);
    }
    Image dark = new Image(200, 180, field.channels(), 8, darker);
    GroundField ground =
        new GroundField(
            "ground", Path.of("ground"), 200, 180, new float[dark.channels()], List.of());
    FieldCanvas canvas =
        new FieldCanvas(dark, ground, modality, ComposeOptions.Laying.RECTANGLE, 3);
    double[] same = new double[dark.channels()];
    Arrays.fill(same, 1);
    int x = 90;
    int y = 80;
    double atX = x + cell.axis().x();
    double atY = y + cell.axis().y();
    canvas.add(LaidCell.of(cell, new LaidCell.Pose(atX, atY, 0, false, 1, same, 0)), 0);
    Image painted = canvas.painted();
    int[] bounds = cell.cut().mask().bounds();
    for (int v = bounds[1] - 5; v <= bounds[3] + 5; v++) {
      for (int u = bounds[0] - 5; u <= bounds[2] + 5; u++) {
        int pasted = painted.sample(x + u, y + v, 1);
        assertThat(pasted).isCloseTo(crop.sample(cell.left() + u, cell.top() + v, 1), within(1));
      }
    }
    assertThat(painted.sample(5, 5, 0)).isEqualTo(dark.sample(5, 5, 0));
  }
}
