package org.inoculum.files;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a file or folder while it is being written: {@code .NAME.HOST-PID-START-RANDOM.part},
 * which no other process and no other thread uses. The name says who writes, so that what a dead
 * process left can be told from what a living one is writing.
 *
 * @param target name that it will have
 * @param host digest of the machine's name
 * @param pid process id on it
 * @param start when the process began, in milliseconds since 1970; 0 where the system does not say
 * @param random makes it unique in its process
 */
record TemporaryName(String target, String host, long pid, long start, String random) {
  static final String SUFFIX = ".part";

  private static final Pattern NAME =
      Pattern.compile(
          "\\.(.+)\\.([0-9a-f]{8})-([0-9a-z]{1,8})-([0-9a-z]{1,10})-([0-9a-f]{12})\\.part",
          Pattern.DOTALL);

  /** Names of 255 bytes are the longest that file systems take, and the owner needs its share. */
  private static final int LONGEST_TARGET = 190;

  /** Systems that count from their own start give times that move by as much. */
  private static final long SAME_START_MILLIS = 3000;

  private static final int RADIX = 36;
  private static final String THIS_HOST = Sha256.ofText(hostName()).substring(0, 8);
  private static final Set<String> IN_USE = ConcurrentHashMap.newKeySet();

  /** A new one for a target, in use until {@link #release}. */
  static TemporaryName of(String target) {
    String random = UUID.randomUUID().toString().replace("-", "").substring(0, 12);
    IN_USE.add(random);
    return new TemporaryName(
        shortened(target),
        THIS_HOST,
        ProcessHandle.current().pid(),
        start(ProcessHandle.current()),
        random);
  }

  /** From a name on disk; nothing where it is another. */
  static Optional<TemporaryName> parse(Path path) {
    Matcher matcher = NAME.matcher(String.valueOf(path.getFileName()));
    return matcher.matches()
        ? Optional.of(
            new TemporaryName(
                matcher.group(1),
                matcher.group(2),
                Long.parseLong(matcher.group(3), RADIX),
                Long.parseLong(matcher.group(4), RADIX),
                matcher.group(5)))
        : Optional.empty();
  }

  /** Whether it is for this target. */
  boolean isFor(String name) {
    return target.equals(shortened(name));
  }

  /** The name on disk. */
  String fileName() {
    return "."
        + target
        + "."
        + host
        + "-"
        + Long.toString(pid, RADIX)
        + "-"
        + Long.toString(start, RADIX)
        + "-"
        + random
        + SUFFIX;
  }

  /** Nothing is written under it any more. */
  void release() {
    IN_USE.remove(random);
  }

  /** Whether this machine can tell if its owner lives. */
  boolean onThisHost() {
    return host.equals(THIS_HOST);
  }

  /** Whether its owner is known to be at work: a living process of this machine. */
  boolean livesHere() {
    if (!onThisHost()) {
      return false;
    }
    if (pid == ProcessHandle.current().pid()) {
      return IN_USE.contains(random);
    }
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(process -> isSameStart(start(process)))
        .orElse(false);
  }

  private boolean isSameStart(long other) {
    return start == 0 || other == 0 || Math.abs(start - other) <= SAME_START_MILLIS;
  }

  private static String shortened(String target) {
    byte[] bytes = target.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= LONGEST_TARGET) {
      return target;
    }
    // Cut between characters, however many bytes they have.
    StringBuilder kept = new StringBuilder();
    int length = 0;
    for (int character : target.codePoints().toArray()) {
      length += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
      if (length > LONGEST_TARGET - 17) {
        break;
      }
      kept.appendCodePoint(character);
    }
    return kept + "~" + Sha256.of(bytes).substring(0, 16);
  }

  private static long start(ProcessHandle process) {
    return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
