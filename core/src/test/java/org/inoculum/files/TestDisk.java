package org.inoculum.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * Storage's disk with every operation written down, and one of them failing if asked to. From what
 * was written down, the disk can be rebuilt as a crash after any operation would have left it.
 */
public final class TestDisk extends Disk implements AutoCloseable {
  /** How an operation fails. */
  public enum Fault {
    /** The disk is full, after half of what was to be written. */
    NO_SPACE,
    /** The device does not answer. */
    INPUT_OUTPUT,
    /** Nobody may write there. */
    ACCESS_DENIED
  }

  /** What became of content that was written but not forced. */
  public enum Unforced {
    /** It reached the disk all the same. */
    KEPT,
    /** Nothing of it did. */
    DROPPED,
    /** Half of it did. */
    TORN,
    /** Of each file a part, by chance: all, nothing, or what lies before some byte. */
    ANY
  }

  private enum Kind {
    FOLDERS,
    WRITE,
    APPEND,
    TRUNCATE,
    FORCE,
    FORCE_FOLDER,
    MOVE,
    DELETE
  }

  @SuppressWarnings("ArrayRecordComponent") // written down and read back; never compared
  private record Operation(Kind kind, Path path, Path other, byte[] content, long length) {}

  private final Disk before;
  private final List<Operation> operations = new ArrayList<>();
  private final int failing;
  private final Fault fault;

  private TestDisk(int failing, Fault fault) {
    this.failing = failing;
    this.fault = fault;
    this.before = Storage.use(this);
  }

  /** Writes down until it is closed. */
  public static TestDisk recording() {
    return new TestDisk(-1, Fault.NO_SPACE);
  }

  /** Lets operation {@code number}, from 0, fail, and only that. */
  public static TestDisk failing(int number, Fault fault) {
    return new TestDisk(number, fault);
  }

  /** How many operations there were. */
  public int count() {
    return operations.size();
  }

  @Override
  public void close() {
    Storage.use(before);
  }

  /** The disk after the first operations, below another root; the seed decides what chance does. */
  public void rebuild(int count, Unforced unforced, long seed, Path root, Path target)
      throws IOException {
    RandomStream random = RandomStream.of(seed, Purpose.CHECKING, count);
    Map<Path, byte[]> contents = new TreeMap<>();
    Map<Path, byte[]> forced = new LinkedHashMap<>();
    List<Path> folders = new ArrayList<>();
    for (Operation operation : operations.subList(0, count)) {
      Path path = operation.path();
      byte[] bytes = operation.content();
      switch (operation.kind()) {
        case FOLDERS -> folders.add(path);
        case WRITE -> {
          contents.put(path, bytes);
          forced.put(path, new byte[0]);
        }
        case APPEND -> {
          forced.putIfAbsent(path, new byte[0]);
          contents.put(path, join(contents.getOrDefault(path, new byte[0]), bytes));
        }
        case TRUNCATE ->
            contents.computeIfPresent(
                path,
                (file, content) ->
                    Arrays.copyOf(content, (int) Math.min(content.length, operation.length())));
        case FORCE -> {
          byte[] content = contents.get(path);
          if (content != null) {
            forced.put(path, content);
          }
        }
        case FORCE_FOLDER -> {}
        case MOVE -> {
          move(contents, path, operation.other());
          move(forced, path, operation.other());
          folders.replaceAll(folder -> moved(folder, path, operation.other()));
        }
        case DELETE -> {
          contents.remove(path);
          forced.remove(path);
          folders.remove(path);
        }
      }
    }
    for (Path folder : folders) {
      Files.createDirectories(target.resolve(root.relativize(folder)));
    }
    for (var file : contents.entrySet()) {
      byte[] safe = forced.getOrDefault(file.getKey(), new byte[0]);
      byte[] all = file.getValue();
      byte[] left = left(safe, all, share(unforced, random));
      Path path = target.resolve(root.relativize(file.getKey()));
      Path parent = path.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.write(path, left);
    }
  }

  /** How much of what was not forced reached the disk, 0 to 1. */
  private static double share(Unforced unforced, RandomStream random) {
    return switch (unforced) {
      case KEPT -> 1;
      case DROPPED -> 0;
      case TORN -> 0.5;
      case ANY -> Math.max(0, Math.min(1, random.nextDouble(-1, 2)));
    };
  }

  private static byte[] left(byte[] safe, byte[] all, double share) {
    if (share == 1) {
      return all;
    }
    int more = Math.max(0, all.length - safe.length);
    return more == 0 ? safe : Arrays.copyOf(all, safe.length + (int) (share * more));
  }

  @Override
  void createFolders(Path folder) throws IOException {
    note(Kind.FOLDERS, folder, folder, new byte[0], 0);
    super.createFolders(folder);
  }

  @Override
  void write(Path file, byte[] content) throws IOException {
    if (operations.size() == failing && fault == Fault.NO_SPACE) {
      super.write(file, Arrays.copyOf(content, content.length / 2));
    }
    note(Kind.WRITE, file, file, content, 0);
    super.write(file, content);
  }

  @Override
  void append(Path file, byte[] content) throws IOException {
    if (operations.size() == failing && fault == Fault.NO_SPACE) {
      super.append(file, Arrays.copyOf(content, content.length / 2));
    }
    note(Kind.APPEND, file, file, content, 0);
    super.append(file, content);
  }

  @Override
  void truncate(Path file, long length) throws IOException {
    note(Kind.TRUNCATE, file, file, new byte[0], length);
    super.truncate(file, length);
  }

  @Override
  void force(Path file) throws IOException {
    note(Kind.FORCE, file, file, new byte[0], 0);
    // Not for real: a test makes thousands of these, and pulls no plug.
  }

  @Override
  void forceFolder(Path folder) throws IOException {
    note(Kind.FORCE_FOLDER, folder, folder, new byte[0], 0);
  }

  @Override
  void move(Path from, Path to) throws IOException {
    note(Kind.MOVE, from, to, new byte[0], 0);
    super.move(from, to);
  }

  @Override
  void delete(Path path) throws IOException {
    note(Kind.DELETE, path, path, new byte[0], 0);
    super.delete(path);
  }

  private void note(Kind kind, Path path, Path other, byte[] content, long length)
      throws IOException {
    boolean fails = operations.size() == failing;
    operations.add(new Operation(kind, path, other, content.clone(), length));
    if (fails) {
      throw switch (fault) {
        case NO_SPACE -> new FileSystemException(path.toString(), null, "No space left on device");
        case INPUT_OUTPUT -> new IOException("Input/output error");
        case ACCESS_DENIED -> new AccessDeniedException(path.toString());
      };
    }
  }

  private static void move(Map<Path, byte[]> files, Path from, Path to) {
    Map<Path, byte[]> moved = new LinkedHashMap<>();
    files.forEach((path, content) -> moved.put(moved(path, from, to), content));
    files.clear();
    files.putAll(moved);
  }

  private static Path moved(Path path, Path from, Path to) {
    if (!path.startsWith(from)) {
      return path;
    }
    return path.equals(from) ? to : to.resolve(from.relativize(path));
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
