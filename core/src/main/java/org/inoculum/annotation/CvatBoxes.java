package org.inoculum.annotation;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.inoculum.UserException;
import org.xml.sax.SAXException;

/**
 * The XML files of CVAT, "CVAT for images 1.1" (docs.cvat.ai, "XML annotation format"): one for all
 * images. Of the shapes in it the {@link CvatHandler} makes boxes.
 */
final class CvatBoxes {
  /** Most bytes of one element: what an attribute may bring into memory. */
  private static final int ELEMENT = 1 << 20;

  private final Annotations boxes;

  CvatBoxes(Annotations boxes) {
    this.boxes = boxes;
  }

  /** Whether an XML file begins as CVAT's do. */
  static boolean is(Path file) {
    try (InputStream in = AnnotationFiles.open(file, Long.MAX_VALUE)) {
      return new String(in.readNBytes(4096), StandardCharsets.ISO_8859_1).contains("<annotations");
    } catch (IOException e) {
      throw AnnotationFiles.cannotRead(file, e);
    }
  }

  void read() {
    for (Path file : AnnotationFiles.list(boxes.source(), ".xml", boxes.limits())) {
      CvatHandler handler = new CvatHandler(boxes, file);
      try (InputStream in = new Bounded(AnnotationFiles.open(file, boxes.limits().maxBytes()))) {
        VocBoxes.parser().parse(in, handler);
      } catch (SAXException e) {
        throw UserException.badData(
            handler.place() + ": not XML of CVAT for images: " + VocBoxes.oneLine(e.getMessage()),
            e);
      } catch (IOException e) {
        throw AnnotationFiles.cannotRead(file, e);
      }
      handler.note();
    }
  }

  /** Ends files whose elements have no end. */
  private static final class Bounded extends FilterInputStream {
    private int since;

    Bounded(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      count(one);
      return one;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      int count = super.read(to, offset, length);
      for (int i = offset; i < offset + count; i++) {
        count(to[i]);
      }
      return count;
    }

    private void count(int one) throws IOException {
      since = one == '>' ? 0 : since + 1;
      if (since > ELEMENT) {
        throw new IOException("an element has more than " + ELEMENT + " bytes");
      }
    }
  }
}
