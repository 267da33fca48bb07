package org.inoculum.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.Test;

/** Morphology, runs and outlines against plain definitions. */
class PixelSetTest {
  private static PixelSet random(int index, int width, int height, double share) {
    RandomStream random = RandomStream.of(1, Purpose.CHECKING, index);
    boolean[] in = new boolean[width * height];
    for (int i = 0; i < in.length; i++) {
      in[i] = random.nextDouble() < share;
    }
    return new PixelSet(width, height, in);
  }

  @Test
  void distancesAreThoseToTheNearestPixel() {
    for (int k = 0; k < 20; k++) {
      PixelSet set = random(k, 13, 9, 0.1);
      if (set.count() == 0) {
        continue;
      }
      float[] found = set.distances(false);
      for (int i = 0; i < set.in.length; i++) {
        double least = Double.MAX_VALUE;
        for (int j = 0; j < set.in.length; j++) {
          if (set.in[j]) {
            int rows = i / 13 - j / 13;
            least = Math.min(least, Math.hypot(i % 13 - j % 13, rows));
          }
        }
        assertThat((double) found[i]).isCloseTo(least, within(1e-4));
      }
    }
  }

  @Test
  void holesAreFilledAndPartsAreTold() {
    PixelSet set = PixelSet.empty(7, 5);
    for (int x = 1; x <= 3; x++) {
      for (int y = 1; y <= 3; y++) {
        set.in[y * 7 + x] = x != 2 || y != 2;
      }
    }
    set.in[2 * 7 + 5] = true;
    assertThat(set.filled().count()).isEqualTo(10);
    int[] parts = set.parts();
    assertThat(Arrays.stream(parts).max()).hasValue(2);
    assertThat(set.part(parts, 1).count()).isEqualTo(8);
    assertThat(set.bounds()).containsExactly(1, 1, 5, 3);
  }

  @Test
  void openingRemovesThreadsAndKeepsDiscs() {
    PixelSet set = PixelSet.empty(60, 40);
    for (int i = 0; i < set.in.length; i++) {
      int row = i / 60;
      set.in[i] = Math.hypot(i % 60 - 20, row - 20) < 12 || (row == 20 && i % 60 > 20);
    }
    PixelSet opened = set.opened(3);
    assertThat(opened.in[20 * 60 + 55]).isFalse();
    assertThat(opened.count()).isBetween(400, 480);
  }

  @Test
  void runsDecodeToTheMask() {
    for (int k = 0; k < 30; k++) {
      PixelSet mask = random(k, 7, 6, k % 3 == 0 ? 0.9 : 0.4);
      int width = 20;
      int height = k % 2 == 0 ? 15 : 6; // also as high as the image, so that runs go on
      int top = k % 2 == 0 ? 4 : 0;
      boolean[] decoded = decoded(mask.at(5, top).runs(width, height), width, height);
      boolean[] wanted = new boolean[width * height];
      for (int i = 0; i < mask.in.length; i++) {
        int row = i / 7;
        wanted[(row + top) * width + i % 7 + 5] = mask.in[i];
      }
      assertThat(decoded).isEqualTo(wanted);
    }
  }

  /** As COCO's maskApi.c, rleFrString, describes it. */
  private static boolean[] decoded(String text, int width, int height) {
    boolean[] decoded = new boolean[width * height];
    long[] runs = new long[text.length()];
    int count = 0;
    int at = 0;
    long position = 0;
    while (at < text.length()) {
      long run = 0;
      int shift = 0;
      boolean more = true;
      while (more) {
        int group = text.charAt(at++) - 48;
        run |= (long) (group & 31) << shift;
        more = (group & 32) != 0;
        shift += 5;
        if (!more && (group & 16) != 0) {
          run |= -1L << shift;
        }
      }
      run += count > 2 ? runs[count - 2] : 0;
      assertThat(run).isNotNegative();
      for (long i = position; i < position + run && count % 2 == 1; i++) {
        decoded[(int) (i % height * width + i / height)] = true;
      }
      position += run;
      runs[count++] = run;
    }
    assertThat(position).isEqualTo((long) width * height);
    return decoded;
  }

  @Test
  void anOutlineEnclosesTheAreaOfItsMask() {
    for (int k = 0; k < 20; k++) {
      PixelSet mask = random(k, 9, 8, 0.5);
      int[] parts = mask.parts();
      PixelSet one = mask.part(parts, 1).filled();
      List<int[]> corners = Outline.of(one);
      double area = 0;
      for (int i = 0; i < corners.size(); i++) {
        int[] a = corners.get(i);
        int[] b = corners.get((i + 1) % corners.size());
        area += (a[0] * (double) b[1] - b[0] * (double) a[1]) / 2;
      }
      assertThat(area).isCloseTo(one.count(), within(1e-9));
    }
  }
}
