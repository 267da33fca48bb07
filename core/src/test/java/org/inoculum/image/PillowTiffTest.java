package org.inoculum.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.inoculum.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TIFF files of another writer, libtiff: {@link TiffTest} reads what we wrote ourselves. */
class PillowTiffTest {
  @TempDir Path folder;

  @Test
  void everyValueIsWhatLibtiffWasGiven() throws IOException {
    Python.run("pillow_tiff.py", folder);
    List<Path> files = WrittenImage.in(folder, ".tif");
    assertThat(files).hasSize(28);
    for (Path file : files) {
      WrittenImage.requireValues(file, 0);
    }
  }
}
