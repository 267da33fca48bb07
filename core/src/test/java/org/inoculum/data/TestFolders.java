package org.inoculum.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.inoculum.image.Image;
import org.inoculum.image.Png;

/** Small folders of images for tests. */
final class TestFolders {
  private TestFolders() {}

  static Path png(Path file, Image image) {
    return write(file, Png.encode(image));
  }

  static Path write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An idx file: magic number, dimensions, bytes. */
  static byte[] idx(int magic, int[] dimensions, byte[] values) {
    ByteBuffer file = ByteBuffer.allocate(4 + 4 * dimensions.length + values.length).putInt(magic);
    for (int dimension : dimensions) {
      file.putInt(dimension);
    }
    return file.put(values).array();
  }
}
