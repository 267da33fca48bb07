package org.inoculum.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Stream;

/** An image that another program wrote, and beside it as text what is in it. */
final class WrittenImage {
  private WrittenImage() {}

  /** The files of a folder with such an ending. */
  static List<Path> in(Path folder, String ending) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  /** Each value that is read is at most so far from the one that was written. */
  static void requireValues(Path file, double tolerance) throws IOException {
    DecodedImage decoded =
        ImageFiles.decode(Files.readAllBytes(file), "x", DecodingLimits.DEFAULT, PlaneChoice.ONLY);
    String name = String.valueOf(file.getFileName());
    String text = name.substring(0, name.lastIndexOf('.')) + ".txt";
    try (Scanner wanted = new Scanner(Files.readString(file.resolveSibling(text)))) {
      assertThat(decoded.width()).as(name).isEqualTo(wanted.nextInt());
      assertThat(decoded.height()).as(name).isEqualTo(wanted.nextInt());
      assertThat(decoded.channels()).as(name).isEqualTo(wanted.nextInt());
      for (int i = 0; wanted.hasNext(); i++) {
        assertThat((double) decoded.value(i))
            .as("%s at %d", name, i)
            .isCloseTo(Double.parseDouble(wanted.next()), within(tolerance));
      }
    }
  }
}
