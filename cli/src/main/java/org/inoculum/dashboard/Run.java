package org.inoculum.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.run.RunDirectory;

/**
 * A run as the dashboard sees it: some files, any of which may be missing, torn, huge or not what
 * its name says. No link is followed.
 *
 * @param id by which pages call it
 * @param name of its folder, which may hold anything
 * @param folder as it really lies
 */
record Run(String id, String name, Path folder) {
  /** No JSON document of a run that is shown is larger. */
  static final int LARGEST_DOCUMENT = 16 << 20;

  private static final int LARGEST_IMAGE = 64 << 20;

  /** A file as it was when it was looked at; it has changed if this has. */
  record Version(long bytes, long modified) {
    static final Version ABSENT = new Version(-1, -1);
  }

  RunDirectory directory() {
    return new RunDirectory(folder);
  }

  /** A regular file of the run, behind no link. */
  Optional<Path> file(String name) {
    Path file = folder.resolve(name).normalize();
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
              && file.startsWith(folder)
              && file.toRealPath().equals(file)
          ? Optional.of(file)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A sample grid of {@code samples/}. */
  Optional<Path> sampleGrid(String name) {
    return file("samples/" + name + ".png")
        .filter(file -> version(file).bytes() <= LARGEST_IMAGE && startsLikePng(file));
  }

  Version version(String name) {
    return file(name).map(Run::version).orElse(Version.ABSENT);
  }

  static Version version(Path file) {
    try {
      BasicFileAttributes now =
          Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new Version(now.size(), now.lastModifiedTime().toMillis());
    } catch (IOException e) {
      return Version.ABSENT;
    }
  }

  /** A document as a tree; an empty one where it is missing or damaged. */
  Map<?, ?> tree(String name) {
    return document(name, Map.class).orElse(Map.of());
  }

  /** A document, if it is there and whole. */
  <T> Optional<T> document(String name, Class<T> type) {
    return text(name, text -> Json.parse(text, type, name));
  }

  /** The same of one that begins with the version of its format, if that is ours. */
  <T> Optional<T> versioned(String name, Class<T> type) {
    return text(name, text -> FormatVersion.parse(text, type, name));
  }

  private <T> Optional<T> text(String name, Function<String, T> parse) {
    Optional<Path> file = file(name);
    if (file.isEmpty() || version(file.get()).bytes() > LARGEST_DOCUMENT) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse.apply(Files.readString(file.get())));
    } catch (IOException | UserException e) {
      return Optional.empty();
    }
  }

  /** The whole lines among the last bytes of a file; those before are left out. */
  List<String> lastLines(String name, int bytes) {
    Optional<Path> file = file(name);
    if (file.isEmpty()) {
      return List.of();
    }
    try (RandomAccessFile in = new RandomAccessFile(file.get().toFile(), "r")) {
      long length = in.length();
      long from = Math.max(0, length - bytes);
      byte[] end = new byte[(int) (length - from)];
      in.seek(from);
      in.readFully(end);
      String text = new String(end, StandardCharsets.UTF_8);
      int first = from == 0 ? 0 : text.indexOf('\n') + 1;
      int last = text.lastIndexOf('\n');
      return last < first ? List.of() : List.of(text.substring(first, last).split("\n", -1));
    } catch (IOException e) {
      return List.of(); // it has been cut meanwhile
    }
  }

  /** The names in one of its folders, without links. */
  List<String> names(String folderName) {
    Path inner = folder.resolve(folderName);
    if (!Files.isDirectory(inner, LinkOption.NOFOLLOW_LINKS)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(inner)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static boolean startsLikePng(Path file) {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] start = in.readNBytes(8);
      return start.length == 8 && start[0] == (byte) 0x89 && start[1] == 'P' && start[2] == 'N';
    } catch (IOException e) {
      return false;
    }
  }
}
