package org.inoculum.run;

import java.util.OptionalLong;
import java.util.function.Consumer;
import org.inoculum.UserException;

/**
 * The choice of a snapshot of a run.
 *
 * @param kind how it is chosen
 * @param iteration its number where it is named, otherwise not looked at
 */
public record SnapshotChoice(Kind kind, long iteration) {
  /** The way in which a snapshot is chosen. */
  public enum Kind {
    /** The one that was evaluated best during the training; the newest where none was. */
    BEST,
    /** The last that was saved. */
    NEWEST,
    /** By its number. */
    NUMBERED
  }

  /** What commands use where nothing is said. */
  public static final SnapshotChoice BEST = new SnapshotChoice(Kind.BEST, 0);

  /** The last that was saved. */
  public static final SnapshotChoice NEWEST = new SnapshotChoice(Kind.NEWEST, 0);

  /**
   * From the words "best" and "newest", or a number.
   *
   * @throws UserException of kind USAGE for anything else
   */
  public static SnapshotChoice parse(String label) {
    if (label.equals("best")) {
      return BEST;
    }
    if (label.equals("newest")) {
      return NEWEST;
    }
    if (label.matches("\\d{1,18}")) {
      return new SnapshotChoice(Kind.NUMBERED, Long.parseLong(label));
    }
    throw UserException.usage(
        "--snapshot must be best, newest or the number of one in RUN/snapshots, was '"
            + label
            + "'");
  }

  /**
   * Finds it in a run.
   *
   * @param warn is told, in a sentence, of each snapshot that should have been used and is damaged
   * @throws UserException of kind BAD_DATA if there is none, or the best or the numbered one is not
   *     whole
   */
  public Snapshot in(RunDirectory run, Consumer<String> warn) {
    if (kind == Kind.NUMBERED) {
      return numbered(run);
    }
    OptionalLong best = kind == Kind.BEST ? run.best() : OptionalLong.empty();
    if (best.isPresent()) {
      try {
        return run.snapshot(best.getAsLong());
      } catch (UserException e) {
        throw UserException.badData(
            "the best snapshot cannot be used: "
                + e.getMessage()
                + "; another can, with --snapshot newest or --snapshot NUMBER",
            e);
      }
    }
    return run.newestSnapshot(warn)
        .orElseThrow(
            () ->
                UserException.badData(
                    run.path()
                        + " has no whole snapshot yet; train it for longer, one is saved at every sample grid"));
  }

  private Snapshot numbered(RunDirectory run) {
    try {
      return run.snapshot(iteration);
    } catch (UserException e) {
      throw UserException.badData(
          e.getMessage() + "; the run has the snapshots " + run.snapshots().names(), e);
    }
  }
}
