package org.inoculum.mlflow;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.jspecify.annotations.Nullable;

/**
 * The part of an MLflow server's REST interface that a training needs, version 2.0
 * (mlflow.org/docs/latest/rest-api.html). Redirections are not followed.
 */
final class MlflowServer {
  /** Limits of one runs/log-batch. */
  static final int MOST_METRICS = 1000;

  static final int MOST_PARAMS = 100;

  /** Of a parameter; some servers take more. */
  private static final int LONGEST_VALUE = 500;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String root;
  private final Optional<String> token;
  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(PATIENCE)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  MlflowServer(URI address, Optional<String> token) {
    this.root = address.toString().replaceAll("/+$", "") + "/api/2.0/mlflow/";
    this.token = token;
  }

  /** The id of an experiment, which is made where it is missing. */
  String experiment(String name) throws IOException, InterruptedException {
    String query = "experiment_name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    try {
      return text(get("experiments/get-by-name?" + query), "experiment", "experiment_id");
    } catch (MlflowException e) {
      if (e.status() != 404) {
        throw e;
      }
      return text(post("experiments/create", Map.of("name", name)), "experiment_id");
    }
  }

  /** The id of a new run. */
  String newRun(String experiment, String name, Map<String, String> tags)
      throws IOException, InterruptedException {
    Map<String, Object> wish = new LinkedHashMap<>();
    wish.put("experiment_id", experiment);
    wish.put("run_name", name);
    wish.put("start_time", System.currentTimeMillis());
    wish.put("tags", pairs(tags));
    return text(post("runs/create", wish), "run", "info", "run_id");
  }

  /** Adds metrics, at most {@link #MOST_METRICS}. */
  void log(String run, List<Metric> metrics) throws IOException, InterruptedException {
    Map<String, Object> batch = new LinkedHashMap<>();
    batch.put("run_id", run);
    batch.put("metrics", metrics.stream().map(Metric::json).toList());
    post("runs/log-batch", batch);
  }

  /** Adds parameters, however many. */
  void params(String run, Map<String, String> params) throws IOException, InterruptedException {
    List<Map<String, String>> all = pairs(params);
    for (int from = 0; from < all.size(); from += MOST_PARAMS) {
      Map<String, Object> batch = new LinkedHashMap<>();
      batch.put("run_id", run);
      batch.put("params", all.subList(from, Math.min(from + MOST_PARAMS, all.size())));
      post("runs/log-batch", batch);
    }
  }

  /** Ends a run: FINISHED, FAILED or KILLED. */
  void end(String run, String status) throws IOException, InterruptedException {
    Map<String, Object> wish = new LinkedHashMap<>();
    wish.put("run_id", run);
    wish.put("status", status);
    wish.put("end_time", System.currentTimeMillis());
    post("runs/update", wish);
  }

  private static List<Map<String, String>> pairs(Map<String, String> values) {
    List<Map<String, String>> pairs = new ArrayList<>();
    values.forEach(
        (key, value) -> {
          Map<String, String> pair = new LinkedHashMap<>();
          pair.put("key", Metric.key(key));
          pair.put("value", value.substring(0, Math.min(LONGEST_VALUE, value.length())));
          pairs.add(pair);
        });
    return pairs;
  }

  private Map<?, ?> get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  private Map<?, ?> post(String path, Object body) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(Json.line(body)))
            .build());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(root + path)).timeout(PATIENCE);
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
    return request;
  }

  private Map<?, ?> send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer;
    try {
      answer = http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new MlflowException(
          0,
          "no answer ("
              + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
              + ")");
    }
    if (answer.statusCode() != 200) {
      throw new MlflowException(
          answer.statusCode(),
          request.uri().getPath()
              + " was answered with "
              + answer.statusCode()
              + " "
              + reason(answer.body()));
    }
    try {
      return Json.parse(answer.body().isBlank() ? "{}" : answer.body(), Map.class, "the answer");
    } catch (UserException e) {
      throw new MlflowException(400, "the answer is not one of MLflow: " + e.getMessage());
    }
  }

  /** The server's own words, if it has some. */
  private static String reason(String body) {
    try {
      Map<?, ?> error = Json.parse(body, Map.class, "the answer");
      return error.get("error_code") + ": " + error.get("message");
    } catch (UserException e) {
      return "";
    }
  }

  private static String text(Map<?, ?> answer, String... path) throws MlflowException {
    @Nullable Object found = answer;
    for (String name : path) {
      found = found instanceof Map<?, ?> map ? map.get(name) : null;
    }
    if (!(found instanceof String text)) {
      throw new MlflowException(400, "the answer has no " + String.join(".", path));
    }
    return text;
  }
}
