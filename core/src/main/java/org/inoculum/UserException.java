package org.inoculum;

/**
 * Something that the user can put right: the message is one line that says what was expected, what
 * was found, where, and what to do. Everything else that is thrown is a bug.
 */
public final class UserException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The kinds of failure that a caller treats differently. */
  public enum Kind {
    /** A command, option or configuration value that makes no sense. */
    USAGE,
    /** An input file or folder that cannot be used. */
    BAD_DATA,
    /** No space, no permission, or something in the way where output should go. */
    STORAGE,
    /** The machine or the engine cannot do what was asked; also a training that diverged. */
    FAILURE
  }

  private final Kind kind;

  private UserException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  private UserException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** A command, option or configuration value that makes no sense. */
  public static UserException usage(String message) {
    return new UserException(Kind.USAGE, message);
  }

  /** An input that cannot be used; the message names the file or folder. */
  public static UserException badData(String message) {
    return new UserException(Kind.BAD_DATA, message);
  }

  /** As {@link #badData(String)}, keeping what was thrown underneath for the log. */
  public static UserException badData(String message, Throwable cause) {
    return new UserException(Kind.BAD_DATA, message, cause);
  }

  /** Output that cannot be written; the message names the file or folder. */
  public static UserException storage(String message) {
    return new UserException(Kind.STORAGE, message);
  }

  /** As {@link #storage(String)}, keeping what was thrown underneath for the log. */
  public static UserException storage(String message, Throwable cause) {
    return new UserException(Kind.STORAGE, message, cause);
  }

  /** The machine or the engine cannot do what was asked. */
  public static UserException failure(String message) {
    return new UserException(Kind.FAILURE, message);
  }

  /** As {@link #failure(String)}, keeping what was thrown underneath for the log. */
  public static UserException failure(String message, Throwable cause) {
    return new UserException(Kind.FAILURE, message, cause);
  }

  /** The class of mistake; the command line turns it into an exit code. */
  public Kind kind() {
    return kind;
  }
}
