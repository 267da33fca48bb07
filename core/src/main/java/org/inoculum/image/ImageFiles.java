package org.inoculum.image;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.inoculum.UserException;

/**
 * PNG and JPEG files as {@link Image}s, guarded: the kind is told by the first bytes and not by the
 * name, the header is checked against the limits before anything is allocated for it, and whatever
 * a decoder throws becomes one {@link UserException} of kind BAD_DATA that names the file. A file
 * that is cut short or whose checksums are wrong is an error, never half a picture.
 *
 * <p>PNG: 1, 2, 4, 8 and 16 bits; grey, palette (becomes RGB) and RGB. Fewer than 8 bits become 8,
 * 8 and 16 stay as they are. Alpha is composited onto white, which leaves opaque pixels untouched.
 * Of an animation the first picture is read. JPEG: 8 bits, grey and YCbCr or RGB; the Exif
 * orientation is applied; CMYK, lossless and arithmetic coding are refused. Colour profiles and
 * gamma are not applied: samples are what the file stores.
 */
public final class ImageFiles {
  private static final int PNG_START = 0x89504E47;
  private static final int JPEG_START = 0xFFD8FF00;
  private static final int TIFF_LITTLE = 0x49492A00;
  private static final int TIFF_BIG = 0x4D4D002A;

  private ImageFiles() {}

  private enum Format {
    PNG,
    JPEG
  }

  /** Reads a file's picture. */
  public static Image read(Path file, DecodingLimits limits) {
    return decode(content(file, limits), file.toString(), limits);
  }

  /** Reads what a file says of itself, a few hundred bytes, and checks it against the limits. */
  public static ImageHeader header(Path file, DecodingLimits limits) {
    if (Files.isDirectory(file)) {
      throw UserException.badData(file + " is a folder, not an image");
    }
    try {
      limits.checkLength(file, Files.size(file));
      if (!Files.isRegularFile(file)) {
        throw UserException.badData(file + " is not a regular file");
      }
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        return header(in, file.toString(), limits);
      }
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
  }

  /**
   * A file's bytes, once its length and its header have passed; for those who need a digest of them
   * beside the picture.
   */
  public static byte[] content(Path file, DecodingLimits limits) {
    header(file, limits);
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw cannotRead(file, e);
    } catch (OutOfMemoryError e) {
      throw notEnoughMemory(file.toString(), e);
    }
  }

  /** The picture in a file's bytes; {@code name} stands for the file in messages. */
  public static Image decode(byte[] content, String name, DecodingLimits limits) {
    ImageHeader header;
    try {
      header = header(new ByteArrayInputStream(content), name, limits);
    } catch (IOException e) {
      throw new AssertionError("memory does not fail to be read", e);
    }
    boolean png = header.format().equals("png");
    try {
      return png ? PngDecoder.decode(content, header) : JpegDecoder.decode(content, header);
    } catch (OutOfMemoryError e) {
      throw notEnoughMemory(name, e);
    } catch (Throwable e) {
      // The JDK's readers throw half a dozen unchecked types, and errors, at damaged files.
      throw damaged(name, png ? Format.PNG : Format.JPEG, e);
    }
  }

  private static ImageHeader header(InputStream in, String name, DecodingLimits limits)
      throws IOException {
    byte[] start = in.readNBytes(4);
    Format format = formatOf(start, name);
    ImageHeader header;
    try {
      DataInputStream data = new DataInputStream(in);
      header =
          format == Format.PNG
              ? PngDecoder.header(data)
              : JpegDecoder.header(data, Byte.toUnsignedInt(start[3]));
    } catch (IOException e) {
      throw damaged(name, format, e);
    }
    limits.checkSize(name, header.width(), header.height());
    return header;
  }

  private static Format formatOf(byte[] start, String name) {
    if (start.length == 0) {
      throw UserException.badData(name + ": not a PNG or JPEG image (the file is empty)");
    }
    int word = 0;
    for (int i = 0; i < 4; i++) {
      word = word << 8 | (i < start.length ? Byte.toUnsignedInt(start[i]) : 0);
    }
    if (word == PNG_START) {
      return Format.PNG;
    }
    if ((word & 0xFFFFFF00) == JPEG_START && start.length == 4) {
      return Format.JPEG;
    }
    if (word == TIFF_LITTLE || word == TIFF_BIG) {
      throw UserException.badData(name + ": TIFF is not read yet; convert it to PNG");
    }
    throw UserException.badData(
        name
            + ": not a PNG or JPEG image (starts with "
            + HexFormat.ofDelimiter(" ").formatHex(start)
            + ")");
  }

  private static UserException damaged(String name, Format format, Throwable cause) {
    if (cause instanceof UnsupportedImageException) {
      return UserException.badData(name + ": " + cause.getMessage(), cause);
    }
    return UserException.badData(
        name + ": truncated or damaged " + format + ": " + reason(cause), cause);
  }

  private static String reason(Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null && deepest.getCause() != deepest) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    if (deepest instanceof EOFException && message == null) {
      return "the file ends too early";
    }
    return message == null
        ? deepest.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  private static UserException notEnoughMemory(String name, OutOfMemoryError cause) {
    return UserException.badData(
        name
            + ": not enough memory to decode it (Java may use "
            + Runtime.getRuntime().maxMemory() / (1 << 20)
            + " MiB); scale it down, or allow more with -Xmx",
        cause);
  }

  private static UserException cannotRead(Path file, IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return UserException.badData(file + ": no such file", failure);
    }
    if (failure instanceof AccessDeniedException) {
      return UserException.badData(file + ": no permission to read it", failure);
    }
    return UserException.badData(file + ": cannot be read: " + reason(failure), failure);
  }
}
