package org.inoculum.files;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inoculum.UserException;

/**
 * What a check of a folder found, part by part.
 *
 * @param folder that was checked
 * @param kind what it is, such as "run"
 * @param parts in the order of the check
 */
public record Integrity(String folder, String kind, List<CheckedPart> parts) {
  /** Keeps a copy. */
  public Integrity {
    parts = List.copyOf(parts);
  }

  /** The state of a part. */
  public enum State {
    /** Every byte is the one that was written, by its SHA-256. */
    WHOLE,
    /** It can be read; nothing has its SHA-256. */
    READABLE,
    /** It is missing, or is not what was written. */
    DAMAGED;

    /** As it is told. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A part of the folder.
   *
   * @param name relative to the folder, or how many parts there are of one kind
   * @param detail what is wrong; empty where nothing is
   * @param meaning what that means for the user; empty where nothing is wrong
   */
  public record CheckedPart(String name, State state, String detail, String meaning) {}

  /** Whether no part is damaged. */
  public boolean isSound() {
    return parts.stream().noneMatch(part -> part.state() == State.DAMAGED);
  }

  /** Reads something that throws a {@link UserException} or an IOException where it is damaged. */
  @FunctionalInterface
  public interface Reader {
    /** Reads it. */
    void read() throws IOException;
  }

  /** Collects the parts. */
  public static final class Check {
    private final List<CheckedPart> parts = new ArrayList<>();

    /**
     * Checks a part.
     *
     * @param sound its state where it can be read
     * @param meaning what it means for the user if it is damaged
     */
    public void part(String name, State sound, String meaning, Reader reader) {
      try {
        reader.read();
        parts.add(new CheckedPart(name, sound, "", ""));
      } catch (UserException | IOException e) {
        damaged(name, String.valueOf(e.getMessage()), meaning);
      }
    }

    /** A part that is damaged. */
    public void damaged(String name, String detail, String meaning) {
      parts.add(new CheckedPart(name, State.DAMAGED, detail, meaning));
    }

    /** A part in which nothing is wrong. */
    public void sound(String name, State state) {
      parts.add(new CheckedPart(name, state, "", ""));
    }

    /** Everything that was found. */
    public Integrity of(Object folder, String kind) {
      return new Integrity(folder.toString(), kind, parts);
    }
  }
}
