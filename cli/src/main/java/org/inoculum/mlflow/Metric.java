package org.inoculum.mlflow;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A number of an iteration.
 *
 * @param key of at most 250 letters, digits, underscores, dashes, periods, spaces, slashes
 * @param timestamp milliseconds since 1970
 * @param step iteration
 */
record Metric(String key, double value, long timestamp, long step) {
  private static final int LONGEST_KEY = 250;

  Metric {
    key = key(key);
  }

  /** Without what MLflow refuses. */
  static String key(String name) {
    String safe = name.replaceAll("[^A-Za-z0-9_./ -]", "_");
    return safe.substring(0, Math.min(LONGEST_KEY, safe.length()));
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", key);
    json.put("value", value);
    json.put("timestamp", timestamp);
    json.put("step", step);
    return json;
  }
}
