package org.inoculum.dashboard;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run in the list of all.
 *
 * @param id by which pages call it
 * @param name of its folder
 * @param preset as the configuration has it
 * @param size side of its images, in pixels
 * @param started in UTC
 * @param status where it stands
 * @param best what its best snapshot scored
 * @param sampleGrid iteration of its newest sample grid
 */
record RunRow(
    String id,
    String name,
    @Nullable String preset,
    @Nullable Number size,
    @Nullable String started,
    RunState status,
    @Nullable ScoreLine best,
    @Nullable String sampleGrid) {

  static RunRow of(Run run) {
    Map<?, ?> config = run.tree("config.json");
    return new RunRow(
        run.id(),
        run.name(),
        text(config.get("preset")),
        config.get("size") instanceof Number size ? size : null,
        text(run.tree("provenance.json").get("started")),
        RunState.of(run),
        ScoreLine.best(run).orElse(null),
        newestSampleGrid(run).orElse(null));
  }

  /** The name of the newest sample grid. */
  static Optional<String> newestSampleGrid(Run run) {
    List<String> sampleGrids = sampleGrids(run);
    return sampleGrids.isEmpty()
        ? Optional.empty()
        : Optional.of(sampleGrids.get(sampleGrids.size() - 1));
  }

  /** Names of the sample grids, which are their iterations, the earliest first. */
  static List<String> sampleGrids(Run run) {
    return run.names("samples").stream()
        .filter(name -> name.matches("\\d{6,18}\\.png"))
        .map(name -> name.substring(0, name.length() - ".png".length()))
        .sorted(Comparator.comparingLong(Long::parseLong))
        .toList();
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof String text ? text : null;
  }
}
