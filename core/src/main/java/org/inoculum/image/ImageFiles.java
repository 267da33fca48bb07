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
import java.util.Set;
import java.util.function.Consumer;
import org.inoculum.UserException;

/**
 * PNG, JPEG and TIFF files as {@link DecodedImage}s, guarded: the kind is told by the first bytes
 * and not by the name, the header is checked against the limits before anything is allocated for
 * it, and whatever a decoder throws becomes one {@link UserException} of kind BAD_DATA that names
 * the file. A file that is cut short or whose checksums are wrong is an error, never half an image.
 *
 * <p>PNG: 1, 2, 4, 8 and 16 bits; grey, palette (becomes RGB) and RGB, interlaced or not. Of an
 * animation the first image is read. JPEG: 8 bits; grey, YCbCr or RGB, CMYK (mixed without a
 * profile), progressive; lossless and arithmetic coding are refused. TIFF: see {@link TiffLayout}
 * and {@link TiffCompression} for what is stored how, {@link PlaneChoice} for which of its images
 * is meant. Orientations are applied, and {@link DecodingNote} tells so.
 *
 * <p>Fewer than 8 bits become 8; 8 and 16 stay as they are, and so do the values of 9 to 15. Alpha
 * is composited onto white, which leaves opaque pixels untouched; where it is 0 everywhere, the
 * colours are taken as without it. A TIFF whose samples may be channels that were marked as a
 * colour is refused until one of them is chosen. Colour profiles and gamma are not applied: samples
 * are what the file stores, and colours are taken as sRGB.
 */
public final class ImageFiles {
  private static final int PNG_START = 0x89504E47;
  private static final int JPEG_START = 0xFFD8FF00;
  private static final Set<Integer> TIFF_STARTS =
      Set.of(0x49492A00, 0x4D4D002A, 0x49492B00, 0x4D4D002B);
  private static final String KINDS = "PNG, JPEG or TIFF";

  private ImageFiles() {}

  private enum Format {
    PNG,
    JPEG,
    TIFF
  }

  /** Reads a file's only image, of unsigned samples of at most 16 bits. */
  public static Image read(Path file, DecodingLimits limits) {
    return decode(content(file, limits), file.toString(), limits);
  }

  /** Reads what a file says of itself and checks it against the limits. */
  public static ImageHeader header(Path file, DecodingLimits limits) {
    if (isTiff(file)) {
      return header(content(file, limits), file.toString(), limits);
    }
    try (InputStream in = open(file, limits)) {
      return header(in, file.toString(), limits);
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
  }

  /** What a file's bytes say of themselves; {@code name} stands for the file in messages. */
  public static ImageHeader header(byte[] content, String name, DecodingLimits limits) {
    Format format = formatOf(content, name);
    try {
      if (format == Format.TIFF) {
        ImageHeader header = TiffDecoder.header(content, name, limits);
        limits.checkSize(name, header.width(), header.height());
        return header;
      }
      return header(new ByteArrayInputStream(content), name, limits);
    } catch (UserException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw notEnoughMemory(name, e);
    } catch (Throwable e) {
      throw damaged(name, format, e);
    }
  }

  /**
   * A file's bytes, once its length and its header have passed; for those who need a digest of them
   * beside the image.
   */
  public static byte[] content(Path file, DecodingLimits limits) {
    try {
      if (!isTiff(file)) {
        try (InputStream in = open(file, limits)) {
          header(in, file.toString(), limits);
        }
        try (InputStream in = open(file, limits)) {
          limits.checkMetadata(file.toString(), PngDecoder.metadataBytes(new DataInputStream(in)));
        }
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw cannotRead(file, e);
    } catch (OutOfMemoryError e) {
      throw notEnoughMemory(file.toString(), e);
    }
  }

  /**
   * The only image in a file's bytes; {@code name} stands for the file in messages.
   *
   * @throws UserException also for measured values, which only a window over the whole data set
   *     brings to a range
   */
  public static Image decode(byte[] content, String name, DecodingLimits limits) {
    DecodedImage decoded = decode(content, name, limits, PlaneChoice.ONLY);
    if (decoded instanceof Image image) {
      return image;
    }
    throw UserException.badData(
        name
            + ": samples of more than 16 bits, signed or floating, need a window; prepare it first");
  }

  /** The image that is meant in a file's bytes; {@code name} stands for the file in messages. */
  public static DecodedImage decode(
      byte[] content, String name, DecodingLimits limits, PlaneChoice plane) {
    return decode(content, name, limits, plane, note -> {});
  }

  /**
   * The same.
   *
   * @param notes told what was done to the image that its user should know
   */
  public static DecodedImage decode(
      byte[] content,
      String name,
      DecodingLimits limits,
      PlaneChoice plane,
      Consumer<DecodingNote> notes) {
    ImageHeader header = header(content, name, limits);
    Format format = formatOf(content, name);
    try {
      if (format == Format.TIFF) {
        return TiffDecoder.decode(content, plane, name, limits, notes);
      }
      header.planes().page(plane);
      limits.checkDecompressionRatio(name, header.unpackedBytes(), content.length);
      return format == Format.PNG
          ? PngDecoder.decode(content, header, notes)
          : JpegDecoder.decode(content, header, notes);
    } catch (UserException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw notEnoughMemory(name, e);
    } catch (Throwable e) {
      // The JDK's readers throw half a dozen unchecked types, and errors, at damaged files.
      throw damaged(name, format, e);
    }
  }

  /** What turns the image in a file's bytes upright, which {@link #decode} does. */
  public static Symmetry orientation(byte[] content, String name) {
    Format format = formatOf(content, name);
    try {
      return switch (format) {
        case PNG -> Symmetry.IDENTITY;
        case JPEG -> Symmetry.ofExif(JpegDecoder.orientation(content));
        case TIFF -> Symmetry.ofExif(TiffDecoder.orientation(content));
      };
    } catch (IOException e) {
      throw damaged(name, format, e);
    }
  }

  private static InputStream open(Path file, DecodingLimits limits) throws IOException {
    if (Files.isDirectory(file)) {
      throw UserException.badData(file + " is a folder, not an image");
    }
    limits.checkLength(file, Files.size(file));
    if (!Files.isRegularFile(file)) {
      throw UserException.badData(file + " is not a regular file");
    }
    return new BufferedInputStream(Files.newInputStream(file));
  }

  private static boolean isTiff(Path file) {
    try (InputStream in = open(file, new DecodingLimits(1, 1, Long.MAX_VALUE))) {
      return TIFF_STARTS.contains(firstWord(in.readNBytes(4)));
    } catch (IOException e) {
      throw cannotRead(file, e);
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

  private static int firstWord(byte[] start) {
    int word = 0;
    for (int i = 0; i < 4; i++) {
      word = word << 8 | (i < start.length ? Byte.toUnsignedInt(start[i]) : 0);
    }
    return word;
  }

  private static Format formatOf(byte[] start, String name) {
    if (start.length == 0) {
      throw UserException.badData(name + ": not a " + KINDS + " image (the file is empty)");
    }
    int word = firstWord(start);
    if (word == PNG_START) {
      return Format.PNG;
    }
    if ((word & 0xFFFFFF00) == JPEG_START && start.length >= 4) {
      return Format.JPEG;
    }
    if (TIFF_STARTS.contains(word)) {
      return Format.TIFF;
    }
    throw UserException.badData(
        name
            + (": not a " + KINDS + " image (starts with ")
            + HexFormat.ofDelimiter(" ").formatHex(start, 0, Math.min(4, start.length))
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
