package org.inoculum.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.files.Sha256;
import org.inoculum.files.Storage;
import org.inoculum.files.StoredName;

/**
 * The files of a generating folder that are only ever appended to, and how long each was when the
 * last batch was whole: what a kill left behind that is cut off.
 */
final class AppendedFiles {
  private final Path folder;
  private final WrittenElsewhere elsewhere;
  private final TreeMap<String, Long> lengths = new TreeMap<>();

  private static final WrittenElsewhere NOWHERE =
      new WrittenElsewhere() {
        @Override
        public boolean holds(String name) {
          return false;
        }

        @Override
        public String sha256(String name) {
          throw new IllegalArgumentException(name);
        }
      };

  private AppendedFiles(Path folder, WrittenElsewhere elsewhere) {
    this.folder = folder;
    this.elsewhere = elsewhere;
  }

  /** Begins in an empty folder, without the files that others write. */
  static AppendedFiles without(Path folder, WrittenElsewhere elsewhere) {
    return new AppendedFiles(folder, elsewhere);
  }

  /** Goes on with files of such lengths; files of other names in the folder itself are removed. */
  AppendedFiles(Path folder, Map<String, Long> before) throws IOException {
    this(folder, NOWHERE);
    this.lengths.putAll(before);
    List<Path> files;
    try (Stream<Path> entries = Files.list(folder)) {
      files = entries.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String name = String.valueOf(file.getFileName());
      Long length = lengths.get(name);
      if (length != null) {
        Storage.truncate(file, length);
      } else if (!name.equals(GenerationProgress.FILE)) {
        Storage.deleteTree(file);
      }
    }
  }

  Path folder() {
    return folder;
  }

  /** How long a file is; 0 where there is none. */
  long length(String name) {
    return lengths.getOrDefault(name, 0L);
  }

  /**
   * A file or folder below the folder.
   *
   * @throws UserException of kind BAD_DATA if the name leads out of it
   */
  Path path(String name) {
    return StoredName.below(folder, name, folder.toString());
  }

  /**
   * Says no to a set that has lost or gained images, as by a second process: what is about to
   * appear under its name is counted.
   *
   * @param classes names of the folders of the images
   * @param count images that there must be
   */
  void requireImages(List<String> classes, long count) throws IOException {
    if (elsewhere != NOWHERE) {
      return;
    }
    long found = 0;
    for (String name : classes) {
      try (Stream<Path> images = Files.list(path(name))) {
        found +=
            images.filter(image -> image.getFileName().toString().matches("\\d+\\.png")).count();
      }
    }
    if (found != count) {
      throw UserException.storage(
          "%s holds %d images, and %d were written: something else removes or writes files there; generate again"
              .formatted(folder, found, count));
    }
  }

  /** A file by itself, below the folder. */
  void put(String name, byte[] content) {
    if (!elsewhere.holds(name)) {
      Storage.writeInto(path(name), content);
    }
  }

  String sha256(String name) throws IOException {
    return elsewhere.holds(name) ? elsewhere.sha256(name) : Sha256.ofFile(path(name));
  }

  void append(String name, byte[] content) {
    if (!elsewhere.holds(name)) {
      Storage.append(path(name), content);
    }
    lengths.merge(name, (long) content.length, Long::sum);
  }

  /** Everything on the disk, and how long each file is. */
  Map<String, Long> forced() {
    lengths.keySet().forEach(name -> Storage.force(path(name)));
    return Map.copyOf(lengths);
  }
}
