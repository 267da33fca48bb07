package org.inoculum.files;

import java.io.IOException;
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
import org.inoculum.UserException;
import org.jspecify.annotations.Nullable;

/**
 * The only class that writes. A file or folder appears under its name when it is whole and on the
 * disk, or not at all: it is written beside the target under a temporary name, forced, and moved
 * atomically. Every failure is a {@link UserException} of kind STORAGE that names the path.
 */
public final class Storage {
  private static final String PART = ".part";

  private static Disk disk = new Disk();

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

  /** Writes a whole file, replacing the one that was there. */
  public static void writeFile(Path file, byte[] content) {
    Path part = beside(file);
    try {
      writeForced(part, content);
      disk.move(part, file);
      forceFolderOf(file);
    } catch (IOException e) {
      deleteQuietly(part);
      throw cannotWrite(file, content.length, e);
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
   * beside it under its temporary name is removed first.
   *
   * @throws UserException of kind USAGE if the folder exists, STORAGE if it cannot be written
   */
  public static void newFolder(Path folder, FolderContent content) {
    refuseExisting(folder);
    try {
      resumableFolder(
          folder,
          false,
          part -> {
            content.writeTo(part);
            return true;
          });
    } catch (RuntimeException | Error e) {
      deleteQuietly(beside(folder));
      throw e;
    }
  }

  /** Fills a folder that is not visible under its name yet, in one attempt or several. */
  @FunctionalInterface
  public interface ResumableContent {
    /** Goes on writing below {@code folder}; false where it stopped before everything is there. */
    boolean writeTo(Path folder) throws IOException;
  }

  /**
   * Makes a folder with its content, as {@link #newFolder}, but what was written so far waits under
   * a temporary name where the content stops or fails. Only a failure of kind FAILURE, which going
   * on would not help, leaves nothing.
   *
   * @param resume whether to go on with what an earlier attempt left, rather than removing it
   * @return whether the folder is there
   * @throws UserException of kind USAGE if the folder exists, STORAGE if it cannot be written
   */
  public static boolean resumableFolder(Path folder, boolean resume, ResumableContent content) {
    refuseExisting(folder);
    Path part = beside(folder);
    try {
      if (!resume) {
        deleteTree(part);
      }
      disk.createFolders(part);
      if (!content.writeTo(part)) {
        return false;
      }
      disk.forceFolder(part);
      disk.move(part, folder);
      forceFolderOf(folder);
      return true;
    } catch (IOException e) {
      throw cannotWrite(folder, 0, e);
    } catch (UserException e) {
      if (e.kind() == UserException.Kind.FAILURE) {
        deleteQuietly(part);
      }
      throw e;
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

  private static Path beside(Path target) {
    Path name = target.getFileName();
    if (name == null) {
      throw UserException.storage("cannot write to " + target + ": it has no name");
    }
    return target.resolveSibling("." + name + PART);
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
