package org.inoculum.run;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.files.LockFile;
import org.inoculum.files.Storage;

/**
 * The right to train a run, which one process at a time has.
 *
 * <p>On one machine the operating system's lock on the file {@code .lock} decides, and ends with
 * its owner. {@code lock.json} says who it is, to readers and to other machines, where that lock
 * may not reach.
 */
public final class RunLock implements AutoCloseable {
  /**
   * The content of {@code lock.json}.
   *
   * @param host name of the machine
   * @param pid process id on it
   * @param processStart when the process began, since process ids are used again
   * @param since when it took the run
   */
  public record Owner(String host, long pid, String processStart, String since) {
    /** Whether it is or was a process of this machine, which can tell whether it lives. */
    public boolean onThisHost() {
      return host.equals(thisHost());
    }

    /** Whether it is a living process of this machine. */
    public boolean livesHere() {
      return onThisHost()
          && ProcessHandle.of(pid)
              .filter(ProcessHandle::isAlive)
              .map(process -> start(process).equals(processStart))
              .orElse(false);
    }
  }

  private static final String OWNER = "lock.json";

  private final LockFile lock;
  private final Path owner;

  private RunLock(LockFile lock, Path owner) {
    this.lock = lock;
    this.owner = owner;
  }

  /**
   * Takes a run, from a dead owner as well.
   *
   * @throws UserException of kind STORAGE if a living process has it, or one on another machine of
   *     which nobody here can tell
   */
  public static RunLock acquire(RunDirectory run) {
    Path file = run.path().resolve(OWNER);
    Optional<LockFile> lock = LockFile.tryAcquire(run.path().resolve(".lock"));
    if (lock.isEmpty()) {
      throw UserException.storage(
          run.path()
              + " is being trained already"
              + readOwner(file).map(RunLock::describe).orElse("")
              + "; only one process may train a run");
    }
    try {
      Optional<Owner> before = readOwner(file);
      if (before.isPresent() && !before.get().host().equals(thisHost())) {
        throw UserException.storage(
            run.path()
                + " is being trained"
                + describe(before.get())
                + ", and this machine cannot tell whether it still runs; if it does not, remove "
                + file);
      }
      Storage.writeFile(
          file,
          Json.document(
              new Owner(
                  thisHost(),
                  ProcessHandle.current().pid(),
                  start(ProcessHandle.current()),
                  Provenance.now())));
      return new RunLock(lock.get(), file);
    } catch (RuntimeException e) {
      lock.get().close();
      throw e;
    }
  }

  /** Who is training a run, or was when it died; a reader asks {@link Owner#livesHere}. */
  public static Optional<Owner> owner(RunDirectory run) {
    return readOwner(run.path().resolve(OWNER));
  }

  /** Gives the run back. */
  @Override
  public void close() {
    try {
      Storage.deleteTree(owner);
    } finally {
      lock.close();
    }
  }

  private static Optional<Owner> readOwner(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(file, Owner.class));
    } catch (UserException e) {
      return Optional.empty(); // it is given back at this moment, or nobody can tell whose it was
    }
  }

  private static String describe(Owner owner) {
    return " by process " + owner.pid() + " on " + owner.host() + " since " + owner.since();
  }

  private static String thisHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static String start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toString).orElse("unknown");
  }
}
