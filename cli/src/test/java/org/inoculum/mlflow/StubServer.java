package org.inoculum.mlflow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import org.inoculum.files.Json;
import org.jspecify.annotations.Nullable;

/**
 * An MLflow server by its documentation (mlflow.org/docs/latest/rest-api.html): experiments, runs,
 * and batches within their limits. What is not allowed is answered as a server does, and noted.
 */
final class StubServer implements AutoCloseable {
  private static final String ROOT = "/api/2.0/mlflow/";

  final Map<String, String> experiments = new LinkedHashMap<>();
  final Map<String, Object> runs = new LinkedHashMap<>();
  final Map<String, String> params = new LinkedHashMap<>();
  final List<Map<String, Object>> metrics = new ArrayList<>();
  final List<String> mistakes = new ArrayList<>();
  final Set<String> paths = new HashSet<>();
  final List<String> authorizations = new ArrayList<>();
  volatile String status = "";
  volatile int failures;
  volatile int failWith = 503;
  volatile @Nullable String token;

  private final HttpServer http;

  StubServer() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    http.createContext("/", this::handle);
    http.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "stub");
              thread.setDaemon(true);
              return thread;
            }));
    http.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  @Override
  public void close() {
    http.stop(0);
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    paths.add(path);
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    authorizations.add(String.valueOf(authorization));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    if (failures > 0) {
      failures--;
      answer(exchange, failWith, "{\"error_code\":\"OUT_OF_ORDER\",\"message\":\"as was asked\"}");
      return;
    }
    if (token != null && !("Bearer " + token).equals(authorization)) {
      answer(exchange, 401, "{\"error_code\":\"UNAUTHENTICATED\",\"message\":\"who are you\"}");
      return;
    }
    boolean read = path.endsWith("/get-by-name");
    if (!path.startsWith(ROOT)
        || !exchange.getRequestMethod().equals(read ? "GET" : "POST")
        || (!read
            && !"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type")))) {
      refuse(exchange, 404, exchange.getRequestMethod() + " " + path);
      return;
    }
    Map<?, ?> wish = body.isEmpty() ? Map.of() : Json.parse(body, Map.class, path);
    switch (path.substring(ROOT.length())) {
      case "experiments/get-by-name" -> {
        String query = exchange.getRequestURI().getRawQuery();
        String name =
            URLDecoder.decode(query.replaceFirst("^experiment_name=", ""), StandardCharsets.UTF_8);
        String id = experiments.get(name);
        if (id == null) {
          answer(
              exchange,
              404,
              "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\",\"message\":\"no experiment\"}");
        } else {
          answer(exchange, 200, Json.line(Map.of("experiment", Map.of("experiment_id", id))));
        }
      }
      case "experiments/create" -> {
        String id = String.valueOf(experiments.size() + 1);
        experiments.put(String.valueOf(wish.get("name")), id);
        answer(exchange, 200, Json.line(Map.of("experiment_id", id)));
      }
      case "runs/create" -> {
        if (!experiments.containsValue(String.valueOf(wish.get("experiment_id")))) {
          refuse(exchange, 404, "no such experiment");
          return;
        }
        wish.forEach((name, value) -> runs.put(String.valueOf(name), value));
        answer(exchange, 200, "{\"run\":{\"info\":{\"run_id\":\"abc\",\"status\":\"RUNNING\"}}}");
      }
      case "runs/log-batch" -> batch(exchange, wish, body);
      case "runs/update" -> {
        status = String.valueOf(wish.get("status"));
        if (!Set.of("FINISHED", "FAILED", "KILLED").contains(status)
            || !"abc".equals(wish.get("run_id"))
            || !(wish.get("end_time") instanceof Long)) {
          refuse(exchange, 400, "update " + wish);
          return;
        }
        answer(exchange, 200, "{\"run_info\":{}}");
      }
      default -> refuse(exchange, 404, path);
    }
  }

  private void batch(HttpExchange exchange, Map<?, ?> wish, String body) throws IOException {
    List<?> newMetrics = list(wish.get("metrics"));
    List<?> newParams = list(wish.get("params"));
    if (!"abc".equals(wish.get("run_id"))
        || newMetrics.size() > 1000
        || newParams.size() > 100
        || newMetrics.size() + newParams.size() > 1000
        || body.length() > 1_000_000) {
      refuse(exchange, 400, newMetrics.size() + " metrics, " + newParams.size() + " parameters");
      return;
    }
    for (Object one : newMetrics) {
      Map<?, ?> metric = (Map<?, ?>) one;
      if (!isKey(metric.get("key"))
          || !(metric.get("value") instanceof Number)
          || !(metric.get("timestamp") instanceof Long)
          || !(metric.get("step") instanceof Number)) {
        refuse(exchange, 400, "metric " + metric);
        return;
      }
      Map<String, Object> copy = new LinkedHashMap<>();
      metric.forEach((name, value) -> copy.put(String.valueOf(name), value));
      metrics.add(copy);
    }
    for (Object one : newParams) {
      Map<?, ?> param = (Map<?, ?>) one;
      String value = String.valueOf(param.get("value"));
      if (!isKey(param.get("key")) || value.length() > 500) {
        refuse(exchange, 400, "parameter " + param);
        return;
      }
      params.put(String.valueOf(param.get("key")), value);
    }
    answer(exchange, 200, "{}");
  }

  private static boolean isKey(@Nullable Object key) {
    return key instanceof String text && text.matches("[A-Za-z0-9_./ -]{1,250}");
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private void refuse(HttpExchange exchange, int code, String mistake) throws IOException {
    mistakes.add(mistake);
    answer(
        exchange,
        code,
        "{\"error_code\":\"INVALID_PARAMETER_VALUE\",\"message\":\"" + code + "\"}");
  }

  private static void answer(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
