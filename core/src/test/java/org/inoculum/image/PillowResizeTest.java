package org.inoculum.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Test 11 of docs/explanation/reliability.md: 200 pairs of sizes and three kernels, within one grey
 * level of Pillow 9.4.0. The values are made by src/test/scripts/pillow_resize.py, which says what
 * is in a line.
 */
class PillowResizeTest {
  private static final int[] STEPS = {7919, 7907, 7901, 7883};

  @Test
  void everyPairOfSizesIsWithinOneLevelOfPillow() throws IOException {
    List<String> lines = lines();
    assertThat(lines).hasSize(600);
    for (String line : lines) {
      String[] fields = line.split(" ", -1);
      int width = Integer.parseInt(fields[2]);
      int height = Integer.parseInt(fields[3]);
      Image source = TestImages.waves(Integer.parseInt(fields[0]), Integer.parseInt(fields[1]), 1);
      Image resized = Resize.to(source, width, height, Kernel.valueOf(fields[4]));
      int count = width * height;
      byte[] levels = HexFormat.of().parseHex(fields[5]);
      for (int k = 0; k < levels.length; k++) {
        int at = step(count) * k % count;
        assertThat(resized.sample(at % width, at / width, 0))
            .as("%s at %d", line.substring(0, line.lastIndexOf(' ')), at)
            .isBetween((levels[k] & 0xFF) - 1, (levels[k] & 0xFF) + 1);
      }
    }
  }

  private static int step(int count) {
    for (int step : STEPS) {
      if (count % step != 0) { // the steps are primes
        return step;
      }
    }
    throw new AssertionError("no step for " + count);
  }

  private static List<String> lines() throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    PillowResizeTest.class.getResourceAsStream("pillow-resize.txt")),
                StandardCharsets.US_ASCII))) {
      reader.lines().forEach(lines::add);
    }
    return lines;
  }
}
