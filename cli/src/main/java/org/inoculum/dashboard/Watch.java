package org.inoculum.dashboard;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inoculum.files.Json;

/** Tells pages when files change: a word for each part, which is another one then. */
final class Watch {
  private static final Map<String, List<String>> PARTS = parts();

  private Watch() {}

  private static Map<String, List<String>> parts() {
    Map<String, List<String>> parts = new LinkedHashMap<>();
    parts.put("curves", List.of("stats.jsonl"));
    parts.put("scores", List.of("metrics.jsonl", "best.json"));
    parts.put("log", List.of("log.txt"));
    parts.put("details", List.of("status.json", "lock.json", "config.json", "samples/nearest.png"));
    return parts;
  }

  /** Of one run. */
  static String run(Run run) {
    Map<String, String> words = new LinkedHashMap<>();
    PARTS.forEach(
        (part, files) -> words.put(part, word(files.stream().map(run::version).toList())));
    words.put("sampleGrids", word(folder(run, "samples")));
    words.put("status", RunState.of(run).state());
    return Json.line(words);
  }

  /** Of all runs. */
  static String all(Runs runs) {
    int hash = 1;
    for (Run run : runs.all()) {
      hash = 31 * hash + run.id().hashCode();
      hash = 31 * hash + run.version("status.json").hashCode();
      hash = 31 * hash + run.version("metrics.jsonl").hashCode();
      hash = 31 * hash + run.version("stats.jsonl").hashCode();
      hash = 31 * hash + run.version("lock.json").hashCode();
      hash = 31 * hash + folder(run, "samples").hashCode();
    }
    return Json.line(Map.of("runs", Integer.toHexString(hash)));
  }

  private static Run.Version folder(Run run, String name) {
    Path folder = run.folder().resolve(name);
    return Run.version(folder);
  }

  private static String word(Object... of) {
    return Integer.toHexString(Arrays.deepHashCode(of));
  }
}
