package org.inoculum.dashboard;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.run.RunLock;
import org.inoculum.run.RunStatus;
import org.inoculum.train.Progress;
import org.jspecify.annotations.Nullable;

/**
 * The state of a run: {@code status.json}, corrected by who trains it and by the newest line of
 * {@code stats.jsonl}, since the status is written at sample grids only.
 *
 * @param state running, killed (its process is gone), elsewhere (on another machine), finished,
 *     stopped, diverged, failed or unknown
 * @param progress share of the budget, 0..1; null where no iteration was done
 * @param imagesPerSecond over the last seconds where it is running, else over the whole time
 * @param message why it ended, or empty
 */
record RunState(
    String state,
    long iteration,
    double kimg,
    double seconds,
    double imagesPerSecond,
    @Nullable Double progress,
    String message) {
  private static final int LAST_BYTES = 1 << 14;

  static RunState of(Run run) {
    Optional<RunStatus> status = run.document("status.json", RunStatus.class);
    Optional<Progress> newest = newest(run);
    String state =
        status
            .map(RunStatus::state)
            .map(told -> told == RunStatus.State.RUNNING ? ifRunning(run) : word(told))
            .orElse("unknown");
    String message = status.map(RunStatus::message).map(String::valueOf).orElse("");
    Double progress = newest.map(Progress::progress).filter(Double::isFinite).orElse(null);
    boolean ended = !state.equals("running") && !state.equals("elsewhere") && status.isPresent();
    if (newest.isPresent() && !(ended && status.get().iteration() >= newest.get().iteration())) {
      Progress at = newest.get();
      return new RunState(
          state, at.iteration(), at.kimg(), at.seconds(), at.imagesPerSecond(), progress, message);
    }
    return status
        .map(
            at ->
                new RunState(
                    state,
                    at.iteration(),
                    at.kimg(),
                    at.seconds(),
                    at.imagesPerSecond(),
                    progress,
                    message))
        .orElse(new RunState(state, 0, 0, 0, 0, progress, message));
  }

  /** The status says so; whether it is true, its owner's process tells. */
  private static String ifRunning(Run run) {
    return RunLock.owner(run.directory())
        .map(owner -> owner.livesHere() ? "running" : owner.onThisHost() ? "killed" : "elsewhere")
        .orElse("killed");
  }

  private static String word(RunStatus.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  private static Optional<Progress> newest(Run run) {
    List<String> lines = run.lastLines("stats.jsonl", LAST_BYTES);
    for (int i = lines.size() - 1; i >= 0; i--) {
      try {
        return Optional.of(Progress.ofLine(Json.parse(lines.get(i), Map.class, "stats.jsonl")));
      } catch (UserException e) {
        // A line that was torn and gone on with: the one before it will do.
      }
    }
    return Optional.empty();
  }
}
