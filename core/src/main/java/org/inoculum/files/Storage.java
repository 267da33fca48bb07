package org.inoculum.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.jspecify.annotations.Nullable;

/**
 * The only class that writes. A file or folder appears under its name when it is whole and on the
 * disk, or not at all: it is written beside the target under a {@link TemporaryName} that no other
 * process uses, forced, and moved atomically. Every failure is a {@link UserException} of kind
 * STORAGE that names the path.
 */
public final class Storage {
  /** How often a name that somebody else is just taking is tried again, 5 ms apart. */
  private static final int MOST_WAITS = 2000;

  private static final int WAIT_MILLIS = 5;

  /** A foreign machine's unfinished folder in which nothing has changed for so long is adopted. */
  private static final Duration GIVEN_UP = Duration.ofMinutes(10);

  private static final Set<Path> SWEPT = ConcurrentHashMap.newKeySet();

  private static Disk disk = new Disk();
  private static Consumer<String> listener = sentence -> {};

  private Storage() {}

  /** Writes to another disk from now on, and returns the one before: for tests. */
  static Disk use(Disk other) {
    Disk before = disk;
    disk = other;
    return before;
  }

  /** Fills a folder that is not visible under its name yet. */
  @FunctionalInterface
  public interface FolderContent {
    /** Writes everything below {@code folder}. */
    void writeTo(Path folder) throws IOException;
  }

  /** Tells this listener, in a sentence, what dead processes left and what was done about it. */
  public static void logTo(Consumer<String> told) {
    listener = told;
  }

  /** Writes a whole file, replacing the one that was there. */
  public static void writeFile(Path file, byte[] content) {
    if (SWEPT.add(file.toAbsolutePath().normalize())) {
      sweepFor(file);
    }
    TemporaryName name = TemporaryName.of(nameOf(file));
    Path part = file.resolveSibling(name.fileName());
    try {
      writeForced(part, content);
      disk.move(part, file);
      forceFolderOf(file);
    } catch (IOException e) {
      deleteQuietly(part);
      throw cannotWrite(file, content.length, e);
    } finally {
      name.release();
    }
  }

  /** Writes a whole text file in UTF-8, replacing the one that was there. */
  public static void writeFile(Path file, String content) {
    writeFile(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a file inside a folder that is itself still being written (see {@link #newFolder}):
   * forced, but with no temporary name of its own. Refuses to replace a file.
   */
  public static void writeInto(Path file, byte[] content) {
    try {
      writeForced(file, content);
    } catch (IOException e) {
      throw cannotWrite(file, content.length, e);
    }
  }

  /**
   * Appends one line of text to a file, which is created where it is missing. A crash may leave
   * this last line torn.
   */
  public static void appendLine(Path file, String line) {
    append(file, (line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Appends to a file, which is created where it is missing; a crash may leave the end torn. */
  public static void append(Path file, byte[] content) {
    try {
      disk.append(file, content);
    } catch (IOException e) {
      throw cannotWrite(file, content.length, e);
    }
  }

  /** Waits until what was appended to a file is on the disk; one that is not there is fine. */
  public static void force(Path file) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      disk.force(file);
    } catch (IOException e) {
      throw cannotWrite(file, 0, e);
    }
  }

  /** Cuts the end off a file; one that is shorter already, or not there, stays as it is. */
  public static void truncate(Path file, long length) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      disk.truncate(file, length);
      disk.force(file);
    } catch (IOException e) {
      throw cannotWrite(file, 0, e);
    }
  }

  /**
   * Makes a folder with its content, whole or not at all. What an earlier, killed attempt left
   * beside it under its temporary name is removed first. Of several processes that make the same
   * folder, one succeeds and the others are refused.
   *
   * @throws UserException of kind USAGE if the folder exists or another process is making it,
   *     STORAGE if it cannot be written
   */
  public static void newFolder(Path folder, FolderContent content) {
    refuseExisting(folder);
    refuseWhatIsBeingMade(folder);
    sweepFor(folder);
    make(
        folder,
        content,
        part -> {
          moveNew(part, folder);
          return folder;
        });
  }

  /** The number of a new folder, and what a folder of that number is called. */
  public interface Numbering {
    /** The number after all that are taken. */
    int next();

    /** The name of a folder of this number. */
    String name(int number);
  }

  /**
   * Makes a folder with its content, whole or not at all, under the next number. Of several
   * processes each gets a number of its own.
   *
   * @param parent where it goes
   * @param label what it is called as long as it has no number
   * @return the folder
   */
  public static Path newNumberedFolder(
      Path parent, String label, Numbering numbering, FolderContent content) {
    Path unnumbered = parent.resolve(label);
    sweepFor(unnumbered);
    return make(unnumbered, content, part -> moveToNumber(part, parent, numbering));
  }

  @FunctionalInterface
  private interface Publication {
    Path publish(Path part) throws IOException;
  }

  private static Path make(Path target, FolderContent content, Publication publication) {
    TemporaryName name = TemporaryName.of(nameOf(target));
    Path part = target.resolveSibling(name.fileName());
    try {
      disk.createFolders(part);
      content.writeTo(part);
      disk.forceFolder(part);
      Path made = publication.publish(part);
      forceFolderOf(made);
      return made;
    } catch (IOException e) {
      deleteQuietly(part);
      throw cannotWrite(target, 0, e);
    } catch (RuntimeException | Error e) {
      deleteQuietly(part);
      throw e;
    } finally {
      name.release();
    }
  }

  /**
   * A number is reserved by making a folder, which one process at a time can; it is looked at again
   * under the reservation, and the reservation lasts no longer than the move.
   */
  private static Path moveToNumber(Path part, Path parent, Numbering numbering) throws IOException {
    int waitedFor = -1;
    int waits = 0;
    while (true) {
      int number = numbering.next();
      Path reservation = parent.resolve("." + number + ".number");
      if (!disk.createFolder(reservation)) {
        waits = number == waitedFor ? waits + 1 : 0;
        waitedFor = number;
        if (waits > MOST_WAITS) { // its owner died between two operations
          deleteQuietly(reservation);
          waits = 0;
        }
        pause();
        continue;
      }
      try {
        if (numbering.next() == number) {
          Path target = parent.resolve(numbering.name(number));
          moveNew(part, target);
          return target;
        }
      } finally {
        deleteQuietly(reservation);
      }
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(WAIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while another process took the next name", e);
    }
  }

  /** Moves a whole folder to its name, which nothing may have by now. */
  private static void moveNew(Path part, Path target) throws IOException {
    refuseMadeMeanwhile(target);
    try {
      disk.move(part, target);
    } catch (IOException e) {
      refuseMadeMeanwhile(target);
      throw e;
    }
  }

  private static void refuseMadeMeanwhile(Path target) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw UserException.usage(
          target
              + " was made by another process meanwhile, and nothing is overwritten; name another place");
    }
  }

  /** Fills a folder that is not visible under its name yet, in one attempt or several. */
  @FunctionalInterface
  public interface ResumableContent {
    /** Goes on writing below {@code folder}; false where it stopped before everything is there. */
    boolean writeTo(Path folder) throws IOException;
  }

  /**
   * Makes a folder with its content, as {@link #newFolder}, but what was written so far waits as
   * {@code .NAME.part} where the content stops or fails. Only a failure of kind FAILURE, which
   * going on would not help, leaves nothing.
   *
   * @param resume whether to go on with what an earlier attempt left, killed or not, rather than
   *     removing it
   * @return whether the folder is there
   * @throws UserException of kind USAGE if the folder exists or another process is making it,
   *     STORAGE if it cannot be written
   */
  public static boolean resumableFolder(Path folder, boolean resume, ResumableContent content) {
    refuseExisting(folder);
    refuseWhatIsBeingMade(folder);
    TemporaryName name = TemporaryName.of(nameOf(folder));
    Path part = folder.resolveSibling(name.fileName());
    try {
      if (!resume) {
        sweepFor(folder);
      }
      if (!resume || !adopt(folder, part)) {
        disk.createFolders(part);
      }
      if (!content.writeTo(part)) {
        return false;
      }
      disk.forceFolder(part);
      moveNew(part, folder);
      forceFolderOf(folder);
      sweepFor(folder);
      return true;
    } catch (IOException e) {
      throw cannotWrite(folder, 0, e);
    } catch (UserException e) {
      if (e.kind() == UserException.Kind.FAILURE) {
        deleteQuietly(part);
      }
      throw e;
    } finally {
      leaveWaiting(part, folder);
      name.release();
    }
  }

  /** Takes over what an earlier attempt left; of several processes one gets it. */
  private static boolean adopt(Path folder, Path part) {
    for (Path left : leftFor(folder)) {
      try {
        disk.move(left, part);
        if (TemporaryName.parse(left).isPresent()) {
          listener.accept("going on with what a process that died left of " + folder);
        }
        return true;
      } catch (IOException e) {
        // Somebody else took it.
      }
    }
    return false;
  }

  /** What is not whole waits under a name that says so; what another process made is not needed. */
  private static void leaveWaiting(Path part, Path folder) {
    if (!Files.exists(part)) {
      return;
    }
    Path waiting = waiting(folder);
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      deleteQuietly(part);
    } else if (!Files.exists(waiting, LinkOption.NOFOLLOW_LINKS)) {
      try {
        disk.move(part, waiting);
      } catch (IOException e) {
        // It is found under its own name as well, once this process has ended.
      }
    }
  }

  private static Path waiting(Path target) {
    return target.resolveSibling("." + nameOf(target) + TemporaryName.SUFFIX);
  }

  /**
   * What earlier attempts left of a target, the last first: under the name under which it waits,
   * and of owners that died.
   */
  private static List<Path> leftFor(Path target) {
    List<Path> left = new ArrayList<>();
    for (Path path : temporaries(target)) {
      Optional<TemporaryName> name = TemporaryName.parse(path);
      if (name.isPresent() && name.get().isFor(nameOf(target)) && isGivenUp(path, name.get())) {
        left.add(path);
      }
    }
    left.sort(Comparator.comparing(Storage::lastChange).reversed());
    if (Files.exists(waiting(target), LinkOption.NOFOLLOW_LINKS)) {
      left.add(0, waiting(target));
    }
    return left;
  }

  private static List<Path> temporaries(Path target) {
    Path folder = target.toAbsolutePath().getParent();
    return folder == null ? List.of() : temporariesIn(folder);
  }

  private static List<Path> temporariesIn(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(
              path -> {
                String name = String.valueOf(path.getFileName());
                return name.startsWith(".") && name.endsWith(TemporaryName.SUFFIX);
              })
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // whoever writes there says what is wrong
    }
  }

  private static boolean isGivenUp(Path path, TemporaryName name) {
    return name.onThisHost()
        ? !name.livesHere()
        : lastChange(path).isBefore(Instant.now().minus(GIVEN_UP));
  }

  /** When something was last written to a file, or to a folder or its subfolders. */
  private static Instant lastChange(Path path) {
    try (Stream<Path> parts = Files.walk(path, 1)) {
      Instant last = Instant.EPOCH;
      for (Path one : parts.toList()) {
        Instant changed = Files.getLastModifiedTime(one, LinkOption.NOFOLLOW_LINKS).toInstant();
        last = changed.isAfter(last) ? changed : last;
      }
      return last;
    } catch (IOException | UncheckedIOException e) {
      return Instant.now(); // it is moved or removed at this moment: somebody is at work
    }
  }

  /**
   * Says no, before any work is done, where a living process is making the same.
   *
   * @throws UserException of kind USAGE
   */
  private static void refuseWhatIsBeingMade(Path target) {
    for (Path path : temporaries(target)) {
      Optional<TemporaryName> name = TemporaryName.parse(path);
      if (name.isEmpty() || !name.get().isFor(nameOf(target)) || isGivenUp(path, name.get())) {
        continue;
      }
      throw UserException.usage(
          name.get().onThisHost()
              ? target
                  + " is being made by process "
                  + name.get().pid()
                  + "; name another place or wait for it"
              : target
                  + " is being made on another machine, or was until less than "
                  + GIVEN_UP.toMinutes()
                  + " minutes ago; name another place, wait, or, if that process has ended, rename "
                  + path
                  + " to "
                  + waiting(target).getFileName());
    }
  }

  /** Removes what earlier attempts left of a target. */
  private static void sweepFor(Path target) {
    leftFor(target).forEach(Storage::sweepAway);
  }

  /**
   * Removes what dead processes left unfinished in a folder that only the caller writes to, which a
   * lock may tell; what living processes of this machine are writing stays.
   */
  public static void sweep(Path folder) {
    for (Path path : temporariesIn(folder)) {
      if (TemporaryName.parse(path).map(name -> !name.livesHere()).orElse(true)) {
        sweepAway(path);
      }
    }
  }

  /** First under a name of its own, since somebody else may be about to take it. */
  private static void sweepAway(Path left) {
    TemporaryName name = TemporaryName.of("swept");
    Path mine = left.resolveSibling(name.fileName());
    try {
      disk.move(left, mine);
      deleteTree(mine);
      listener.accept("removed " + left + ", which a process that died left unfinished");
    } catch (IOException | UserException e) {
      // Somebody else took it, or it cannot be removed: it has a name that no reader takes for
      // whole.
    } finally {
      name.release();
    }
  }

  /** Makes a folder and its parents; one that exists already is fine. */
  public static void createFolders(Path folder) {
    try {
      disk.createFolders(folder);
    } catch (IOException e) {
      throw cannotWrite(folder, 0, e);
    }
  }

  /**
   * Says no, before any work is done, to output that would land on something that exists.
   *
   * @throws UserException of kind USAGE
   */
  public static void refuseExisting(Path target) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw UserException.usage(
          target
              + " exists already and nothing is overwritten; name another place or remove it first");
    }
  }

  /**
   * Removes a file, or a folder with everything in it; one that is not there is fine. Links are
   * removed, not followed.
   */
  public static void deleteTree(Path root) {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              disk.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                throws IOException {
              if (failure != null) {
                throw failure;
              }
              disk.delete(folder);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw UserException.storage("cannot remove " + root + ": " + reason(e), e);
    }
  }

  private static void writeForced(Path file, byte[] content) throws IOException {
    disk.write(file, content);
    disk.force(file);
  }

  private static void forceFolderOf(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder != null) {
      disk.forceFolder(folder);
    }
  }

  private static String nameOf(Path target) {
    Path name = target.getFileName();
    if (name == null) {
      throw UserException.storage("cannot write to " + target + ": it has no name");
    }
    return name.toString();
  }

  private static void deleteQuietly(Path part) {
    try {
      deleteTree(part);
    } catch (UserException e) {
      // The first failure is the one to report; a leftover has a name that no reader takes for
      // whole.
    }
  }

  static UserException cannotWrite(Path target, long bytes, IOException failure) {
    String text = "cannot write " + target + ": " + reason(failure);
    String message = String.valueOf(failure.getMessage());
    if (message.contains("No space left")
        || message.contains("not enough space")
        || message.contains("quota")
        || isFull(target, bytes)) {
      text +=
          bytes > 0
              ? " (needed " + bytes + " bytes); free some and try again"
              : "; free some and try again";
    }
    return UserException.storage(text, failure);
  }

  /** The system's own words are in the user's language. */
  private static boolean isFull(Path target, long bytes) {
    try {
      Path folder = target.toAbsolutePath().getParent();
      return folder != null && Files.getFileStore(folder).getUsableSpace() < bytes;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Says no to a link where a folder of ours should be: what it leads to is not ours to change.
   *
   * @throws UserException of kind STORAGE
   */
  public static void refuseLink(Path folder) {
    if (Files.isSymbolicLink(folder)) {
      throw UserException.storage(
          folder + " is a link, and nothing is written or removed through links; put it back");
    }
  }

  private static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof NoSuchFileException) {
      return "the folder it should go into does not exist";
    }
    if (failure instanceof FileSystemException system && system.getReason() != null) {
      return String.valueOf(system.getReason());
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
