package org.inoculum.annotation;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.files.SystemFolders;

/** Finds and opens annotation files, which strangers wrote. */
final class AnnotationFiles {
  private AnnotationFiles() {}

  /** The bytes of a regular file, once its length has passed. */
  static InputStream open(Path file, long limit) {
    check(file, limit);
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
  }

  /** Refuses what is no regular file, or too long. */
  static void check(Path file, long limit) {
    if (!Files.exists(file)) {
      throw UserException.badData(file + ": no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw UserException.badData(file + " is not a regular file");
    }
    try {
      long bytes = Files.size(file);
      if (bytes > limit) {
        throw UserException.badData(
            file + (" has " + bytes + " bytes, over the limit of " + limit) + limitOf(limit));
      }
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
  }

  private static String limitOf(long limit) {
    if (limit == BoxLimits.ONE_PICTURE) {
      return " for the boxes of one image";
    }
    return limit == BoxLimits.NAMES ? " for the names of classes" : " (--max-annotation-bytes)";
  }

  /**
   * The file as text in UTF-8, or in UTF-16 where its byte order mark says so, as Excel's Unicode
   * text does; other bytes are an error and not question marks.
   */
  static BufferedReader reader(Path file, long limit) {
    InputStream in = new BufferedInputStream(open(file, limit));
    Charset charset;
    try {
      in.mark(2);
      int start = in.read() << 8 | in.read();
      in.reset();
      charset =
          start == 0xFFFE || start == 0xFEFF ? StandardCharsets.UTF_16 : StandardCharsets.UTF_8;
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
    return new BufferedReader(
        new InputStreamReader(
            in,
            charset
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)));
  }

  /**
   * The file itself, or the files of a folder and its sub-folders that end so, sorted by path; all
   * together they pass the limit.
   */
  static List<Path> list(Path source, String extension, BoxLimits limits) {
    return list(source, List.of(extension), limits);
  }

  /** The same, for any of some endings. */
  static List<Path> list(Path source, List<String> extensions, BoxLimits limits) {
    if (!Files.isDirectory(source)) {
      return List.of(source);
    }
    List<Path> found = new ArrayList<>();
    try (Stream<Path> below = Files.walk(source.toRealPath(), 2)) {
      Path real = source.toRealPath();
      long bytes = 0;
      for (Path inner : (Iterable<Path>) below::iterator) {
        Path file = source.resolve(real.relativize(inner));
        if (!isHidden(source, file)
            && Files.isRegularFile(file)
            && extensions.stream().anyMatch(extension -> ends(file, extension))) {
          bytes += Files.size(file);
          limits.checkBytes(source, bytes);
          found.add(file);
        }
      }
    } catch (IOException e) {
      throw cannotRead(source, e);
    } catch (UncheckedIOException e) {
      throw cannotRead(source, new IOException(e.getMessage(), e));
    }
    found.sort(Comparator.comparing(Path::toString));
    return found;
  }

  /** The files of a folder itself that end so, sorted by name; none where it cannot be listed. */
  static List<Path> directly(Path folder, String extension) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> ends(file, extension) && Files.isRegularFile(file))
          .filter(file -> !isHidden(folder, file))
          .sorted(Comparator.comparing(Path::toString))
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // a folder above the boxes may be nobody's business
    }
  }

  /** The path below the folder without its extension; of a file that was named itself, its name. */
  static String stem(Path source, Path file) {
    String relative = relative(source, file);
    int dot = relative.lastIndexOf('.');
    return dot <= relative.lastIndexOf('/') + 1 ? relative : relative.substring(0, dot);
  }

  /** Where something is in a folder of annotations, or in the one file of them. */
  static String place(Path source, Path file, String inFile) {
    return source.equals(file) ? inFile : relative(source, file) + ", " + inFile;
  }

  private static String relative(Path source, Path file) {
    StringBuilder text = new StringBuilder();
    for (Path part :
        source.equals(file) ? file.toAbsolutePath().getFileName() : source.relativize(file)) {
      text.append(text.isEmpty() ? "" : "/").append(part);
    }
    return text.toString();
  }

  static boolean ends(Path file, String extension) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(extension);
  }

  static UserException cannotRead(Path file, IOException failure) {
    if (failure instanceof java.nio.charset.CharacterCodingException) {
      return UserException.badData(
          file + ": expected text in UTF-8, found other bytes; save it as UTF-8", failure);
    }
    if (failure instanceof AccessDeniedException) {
      return UserException.badData(file + ": no permission to read it", failure);
    }
    return UserException.badData(file + ": cannot be read: " + failure.getMessage(), failure);
  }

  private static boolean isHidden(Path source, Path file) {
    for (Path part : source.relativize(file)) {
      if (SystemFolders.contains(part.toString())) {
        return true;
      }
    }
    return false;
  }
}
