package org.inoculum.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/** The JDK's own PNG and JPEG readers, with their warnings of lost data turned into errors. */
final class JdkReader {
  private JdkReader() {}

  static BufferedImage read(String format, byte[] content) throws IOException {
    return read(format, content, reader -> reader.read(0));
  }

  /** The samples without any conversion of colours. */
  static Raster readStored(String format, byte[] content) throws IOException {
    return read(format, content, reader -> reader.readRaster(0, null));
  }

  private interface Reading<T> {
    T from(ImageReader reader) throws IOException;
  }

  private static <T> T read(String format, byte[] content, Reading<T> reading) throws IOException {
    ImageReader reader = readerOf(format);
    String[] warning = {""};
    // A stream over memory: no temporary files, whatever ImageIO.setUseCache says.
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      reader.addIIOReadWarningListener((source, text) -> warning[0] = lost(warning[0], text));
      reader.setInput(in, true, true);
      T image = reading.from(reader);
      if (!warning[0].isEmpty()) {
        throw new IOException(warning[0]);
      }
      return image;
    } finally {
      reader.dispose();
    }
  }

  /**
   * Keeps the first warning that means lost image data. Libjpeg also warns of harmless bytes
   * between segments and of odd but complete headers.
   */
  private static String lost(String earlier, @Nullable String text) {
    String warning = text == null ? "" : text;
    String lower = warning.toLowerCase(Locale.ROOT);
    boolean harmless =
        !(lower.contains("premature") || lower.contains("corrupt") || lower.contains("bad huffman"))
            || lower.contains("extraneous bytes");
    return earlier.isEmpty() && !harmless ? warning : earlier;
  }

  /** Not another plug-in that happens to be on the class path: it would decode differently. */
  private static ImageReader readerOf(String format) {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if ("java.desktop".equals(reader.getClass().getModule().getName())) {
        return reader;
      }
    }
    throw new IllegalStateException("this Java has no " + format + " reader of its own");
  }
}
