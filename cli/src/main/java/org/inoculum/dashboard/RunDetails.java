package org.inoculum.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything about one run that changes seldom.
 *
 * @param row as in the list of all runs
 * @param settings of {@code config.json} by their dotted names
 * @param data facts of {@code dataset.json}: images, classes, size, channels, SHA-256
 * @param origin facts of {@code provenance.json}
 * @param sampleGrids iterations of the sample grids, the earliest first
 * @param reals whether there is a sample grid of real images
 * @param nearest when the sheet of nearest training images was written; null where there is none
 * @param snapshots iterations of the generators that are kept
 * @param best iteration of the best one
 * @param verdict of its evaluation; null where the run keeps none
 */
record RunDetails(
    RunRow row,
    Map<String, Object> settings,
    Map<String, Object> data,
    Map<String, Object> origin,
    List<String> sampleGrids,
    boolean reals,
    @Nullable Long nearest,
    List<String> snapshots,
    @Nullable Number best,
    @Nullable KeptVerdict verdict) {
  private static final int MOST_CLASSES = 200;
  private static final int MOST_SETTINGS = 400;
  private static final List<String> DATA =
      List.of("root", "images", "size", "channels", "augmentation", "sha256");

  static RunDetails of(Run run) {
    Map<String, Object> settings = new TreeMap<>();
    flatten("", run.tree("config.json"), settings);
    Map<String, Object> origin = new LinkedHashMap<>();
    flatten("", run.tree("provenance.json"), origin);
    Number best = run.tree("best.json").get("iteration") instanceof Number kept ? kept : null;
    Run.Version nearest = run.version("samples/nearest.png");
    return new RunDetails(
        RunRow.of(run),
        settings,
        data(run),
        origin,
        RunRow.sampleGrids(run),
        run.sampleGrid("reals").isPresent(),
        nearest.equals(Run.Version.ABSENT) ? null : nearest.modified(),
        run.names("snapshots").stream().filter(name -> name.matches("\\d{6,18}")).toList(),
        best,
        best == null ? null : KeptVerdict.of(run, best.longValue()).orElse(null));
  }

  private static Map<String, Object> data(Run run) {
    Map<?, ?> manifest = run.tree("dataset.json");
    Map<String, Object> data = new LinkedHashMap<>();
    for (String name : DATA) {
      Object value = manifest.get(name);
      if (value instanceof String || value instanceof Number) {
        data.put(name, value);
      }
    }
    if (manifest.get("classes") instanceof List<?> classes) {
      List<Object> shown = new ArrayList<>();
      classes.stream().filter(Map.class::isInstance).limit(MOST_CLASSES).forEach(shown::add);
      data.put("classes", shown);
      data.put("classCount", classes.size());
    }
    return data;
  }

  private static void flatten(String prefix, Map<?, ?> tree, Map<String, Object> flat) {
    tree.forEach(
        (name, value) -> {
          if (flat.size() >= MOST_SETTINGS) {
            return;
          }
          if (value instanceof Map<?, ?> inner) {
            flatten(prefix + name + ".", inner, flat);
          } else if (value != null) {
            flat.put(prefix + name, value instanceof List ? String.valueOf(value) : value);
          }
        });
  }
}
