package org.inoculum.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Stream;
import org.inoculum.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TIFF files of another writer, libtiff: {@link TiffTest} reads what we wrote ourselves. */
class PillowTiffTest {
  @TempDir Path folder;

  @Test
  void everyValueIsWhatLibtiffWasGiven() throws IOException {
    Python.run("pillow_tiff.py", folder);
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(file -> file.toString().endsWith(".tif")).sorted().toList();
    }
    assertThat(files).hasSize(28);
    for (Path file : files) {
      Picture picture =
          ImageFiles.picture(
              Files.readAllBytes(file), "x", DecodingLimits.DEFAULT, PlaneChoice.ONLY);
      String name = String.valueOf(file.getFileName());
      try (Scanner wanted =
          new Scanner(Files.readString(folder.resolve(name.replace(".tif", ".txt"))))) {
        assertThat(picture.width()).as(name).isEqualTo(wanted.nextInt());
        assertThat(picture.height()).as(name).isEqualTo(wanted.nextInt());
        assertThat(picture.channels()).as(name).isEqualTo(wanted.nextInt());
        for (int i = 0; wanted.hasNext(); i++) {
          assertThat(picture.value(i))
              .as("%s at %d", name, i)
              .isEqualTo(Float.parseFloat(wanted.next()));
        }
      }
    }
  }
}
