package org.inoculum.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import org.inoculum.Python;
import org.inoculum.annotation.Annotations;
import org.inoculum.annotation.Box;
import org.inoculum.annotation.BoxLimits;
import org.inoculum.annotation.Mask;
import org.inoculum.files.Sha256;
import org.inoculum.image.Image;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawnSmearTest {
  private static final int WIDTH = 324;
  private static final int HEIGHT = 243;
  private static final int FRAME = 64;

  @TempDir private Path folder;

  @Test
  void aFieldIsAFunctionOfSeedAndIndex() {
    DrawnSmear field = field(3);

    assertThat(field.image()).isEqualTo(field(3).image());
    assertThat(field.bacilli()).isEqualTo(field(3).bacilli());
    assertThat(field.image()).isNotEqualTo(field(4).image());
    // Drawn by this code on x86-64, Java 17; any machine must repeat it.
    assertThat(sha256(field.image()))
        .isEqualTo("79d25be09796dbd67eb4e824a091903b969598be51350733a7aad223285498c4");
  }

  @Test
  void masksLieWhereTheRodsAbsorbGreen() {
    int rods = 0;
    for (int index = 0; index < 6; index++) {
      DrawnSmear field = field(index);
      for (Mask rod : field.bacilli()) {
        assertThat(green(field.image(), rod, true)).isLessThan(green(field.image(), rod, false));
        rods++;
      }
    }
    assertThat(rods).isGreaterThan(6);
  }

  @Test
  void aFieldWithoutBacilliHasNoMask() {
    DrawnSmear field = DrawnSmear.field(1, 0, WIDTH, HEIGHT, FRAME, false);

    assertThat(field.bacilli()).isEmpty();
    assertThat(field.image().width()).isEqualTo(WIDTH);
    assertThat(field.image().height()).isEqualTo(HEIGHT);
  }

  @Test
  void aCropShowsOneRodInItsMiddle() {
    for (int index = 0; index < 8; index++) {
      DrawnSmear crop = DrawnSmear.crop(1, index, FRAME);
      assertThat(crop.bacilli()).hasSize(1);
      Mask rod = crop.bacilli().get(0);
      assertThat(rod.left() + rod.width() / 2.0).isCloseTo(32, within(9.0));
      assertThat(rod.top() + rod.height() / 2.0).isCloseTo(32, within(9.0));
    }
  }

  /** The truth is read by this program's own reader and by COCO's own tools. */
  @Test
  void theSetIsReadBack() {
    Path set = folder.resolve("set");
    DrawnFields.write(set, 5);

    Path coco = set.resolve("held-out/coco.json");
    Annotations read = Annotations.read(coco, null, null, BoxLimits.DEFAULT);
    assertThat(read.bad()).isEmpty();
    assertThat(read.boxes()).hasSizeGreaterThan(40).extracting(Box::label).containsOnly("bacillus");
    assertThat(read.sizes()).hasSize(DrawnFields.FIELDS);
    assertThat(Python.runWhereFound("pycocotools", "coco_masks.py", coco).strip())
        .isEqualTo(read.boxes().size() + " masks agree with boxes and areas");
  }

  private static DrawnSmear field(int index) {
    return DrawnSmear.field(1, index, WIDTH, HEIGHT, FRAME, true);
  }

  /** Mean of the green samples of the pixels of a rod's window that belong to it, or do not. */
  private static double green(Image image, Mask rod, boolean inside) {
    double sum = 0;
    int count = 0;
    for (int y = Math.max(0, rod.top() - 4);
        y < Math.min(HEIGHT, rod.top() + rod.height() + 4);
        y++) {
      for (int x = Math.max(0, rod.left() - 4);
          x < Math.min(WIDTH, rod.left() + rod.width() + 4);
          x++) {
        if (rod.contains(x, y) == inside) {
          sum += image.sample(x, y, 1);
          count++;
        }
      }
    }
    return sum / count;
  }

  private static String sha256(Image image) {
    short[] samples = image.samples();
    byte[] bytes = new byte[samples.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) samples[i];
    }
    return Sha256.of(bytes);
  }
}
