package org.inoculum.dashboard;

import java.util.List;

/** Rows of the list of all runs, each made anew only when one of its files has changed. */
final class RunRows {
  private static final int KEPT = 1000;
  private static final List<String> FILES =
      List.of(
          "config.json",
          "provenance.json",
          "status.json",
          "lock.json",
          "stats.jsonl",
          "metrics.jsonl");

  private final Recent<Key, RunRow> kept = new Recent<>(KEPT);

  /** A run as its files were. */
  private record Key(Run run, List<Run.Version> files, Run.Version sampleGrids) {}

  RunRow of(Run run) {
    Key now =
        new Key(
            run,
            FILES.stream().map(run::version).toList(),
            Run.version(run.folder().resolve("samples")));
    RunRow row = kept.get(now, key -> RunRow.of(run));
    // Of a training that has ended without a word no file tells.
    return row.status().state().equals("running") ? RunRow.of(run) : row;
  }
}
