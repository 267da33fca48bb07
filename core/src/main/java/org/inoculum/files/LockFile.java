package org.inoculum.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.inoculum.UserException;

/**
 * A file that one process at a time holds. The operating system lets go of it when the process
 * dies, however it dies. Nothing else may open the file: on Linux, closing it anywhere in a process
 * lets go of the lock.
 */
public final class LockFile implements AutoCloseable {
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path key;
  private final FileChannel channel;

  private LockFile(Path key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  /**
   * Takes the lock, or nothing if somebody holds it.
   *
   * @throws UserException of kind STORAGE if the file cannot be made
   */
  public static Optional<LockFile> tryAcquire(Path file) {
    Path key = realPath(file);
    if (!HELD_HERE.add(key)) {
      return Optional.empty();
    }
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return Optional.of(new LockFile(key, channel));
      }
      channel.close();
    } catch (IOException e) {
      HELD_HERE.remove(key);
      closeQuietly(channel);
      throw Storage.cannotWrite(file, 0, e);
    }
    HELD_HERE.remove(key);
    return Optional.empty();
  }

  /** One name for all the ways to a file, which need not exist yet. */
  private static Path realPath(Path file) {
    Path whole = file.toAbsolutePath().normalize();
    try {
      return whole.resolveSibling(".").toRealPath().resolve(whole.getFileName());
    } catch (IOException e) {
      throw Storage.cannotWrite(file, 0, e);
    }
  }

  /** Lets go; the file stays. */
  @Override
  public void close() {
    closeQuietly(channel);
    HELD_HERE.remove(key);
  }

  private static void closeQuietly(@org.jspecify.annotations.Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Nothing was written through it, and the lock ends with the process at the latest.
    }
  }
}
