package org.inoculum.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.inoculum.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** JPEG as another program writes and reads it: grey, RGB, CMYK, progressive, turned by Exif. */
class PillowJpegTest {
  /** Decoders may round otherwise: a level for each of the conversions. */
  private static final double MOST = 2;

  @TempDir Path folder;

  @Test
  void everyValueIsThatOfPillow() throws IOException {
    Python.run("pillow_jpeg.py", folder);
    List<Path> files = WrittenImage.in(folder, ".jpg");
    assertThat(files).hasSize(16);
    for (Path file : files) {
      WrittenImage.requireValues(file, MOST);
    }
  }
}
