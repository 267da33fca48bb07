package org.inoculum.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.inoculum.Python;
import org.inoculum.files.Json;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * TIFF files of a third writer, tifffile: every sample type in either byte order, BigTIFF, ImageJ's
 * hyperstacks, and OME-TIFF in each order of its axes.
 */
class TifffileTest {
  @TempDir Path folder;

  /** An image of a file, and how it is chosen. */
  private record Plane(
      String file,
      @Nullable String channel,
      @Nullable Integer z,
      @Nullable Integer time,
      @Nullable Integer page,
      int height,
      int width,
      int channels,
      List<Double> values) {
    PlaneChoice choice() {
      return new PlaneChoice(channel, number(z), number(time), number(page));
    }

    private static OptionalInt number(@Nullable Integer number) {
      return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
  }

  @Test
  void everyPlaneIsWhatWasWritten() throws IOException {
    Python.runWith("tifffile", "tifffile_stacks.py", folder);
    List<Plane> planes = Json.readLines(folder.resolve("planes.jsonl"), Plane.class);
    Set<String> files = new HashSet<>();
    for (Plane plane : planes) {
      files.add(plane.file());
      String name = plane.file() + " " + plane.choice().label();
      byte[] content = Files.readAllBytes(folder.resolve(plane.file()));
      DecodedImage decoded =
          ImageFiles.decode(content, plane.file(), DecodingLimits.DEFAULT, plane.choice());
      assertThat(decoded.width()).as(name).isEqualTo(plane.width());
      assertThat(decoded.height()).as(name).isEqualTo(plane.height());
      assertThat(decoded.channels()).as(name).isEqualTo(plane.channels());
      for (int i = 0; i < plane.values().size(); i++) {
        // 32-bit floats hold all of them.
        assertThat((double) decoded.value(i))
            .as(name + " at " + i)
            .isEqualTo(plane.values().get(i));
      }
    }
    assertThat(files).hasSize(120);
    assertThat(planes).hasSizeGreaterThan(150);
  }
}
