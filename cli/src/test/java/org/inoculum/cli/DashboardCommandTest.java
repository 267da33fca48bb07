package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.image.Png;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard and a training as two processes that know nothing of each other. */
class DashboardCommandTest {
  private static final Pattern LINK = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)(/open\\S+)");
  private static final int NOT_READING = 100;

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();
  private String base = "";
  private String cookie = "";

  @AfterEach
  void end() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void wrongCallsAreRefused() throws IOException {
    Path runs = Files.createDirectories(folder.resolve("runs"));
    assertThat(CommandLineTest.inoculum("dashboard", folder.resolve("none")).exitCode())
        .isEqualTo(3);
    assertThat(CommandLineTest.inoculum("dashboard", runs, "--port", 70_000).exitCode())
        .isEqualTo(2);
    CommandLineTest.Result elsewhere =
        CommandLineTest.inoculum("dashboard", runs, "--address", "192.0.2.1", "--port", 0);
    assertThat(elsewhere.exitCode()).isEqualTo(2);
    assertThat(elsewhere.err()).contains("warning: 192.0.2.1 can be reached", "cannot listen on");
    try (var taken = new java.net.ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CommandLineTest.Result result =
          CommandLineTest.inoculum("dashboard", runs, "--port", taken.getLocalPort());
      assertThat(result.exitCode()).isEqualTo(2);
      assertThat(result.err()).contains("which something else uses", "--port 0");
    }
  }

  @Test
  @Tag("slow")
  void killingOneDoesNotTouchTheOther() throws Exception {
    Process training = start("train", "training.txt", trainArguments());
    Path run = folder.resolve("runs/00000-cells-classic");
    awaitLines(run, 1);
    Process dashboard = dashboard();
    HttpClient browser = opened("dashboard.txt");
    assertThat(get(browser, "/api/runs/00000-cells-classic")).contains("\"state\":\"running\"");
    assertThat(get(browser, "/api/runs/00000-cells-classic/curves")).contains("\"loss/d_real\"");

    dashboard.destroyForcibly().waitFor();
    long before = lines(run);
    awaitLines(run, before + 3);
    assertThat(training.isAlive()).isTrue();

    Process second = dashboard();
    HttpClient again = opened("dashboard.txt");
    training.destroyForcibly().waitFor();
    assertThat(get(again, "/api/runs/00000-cells-classic")).contains("\"state\":\"killed\"");
    List<String> files = files(run);
    assertThat(get(again, "/api/runs/00000-cells-classic/curves")).contains("\"loss/d_real\"");
    assertThat(get(again, "/api/runs/00000-cells-classic/log")).contains(">1, 1/");
    assertThat(files(run)).as("nothing was written").isEqualTo(files);
    assertThat(second.isAlive()).isTrue();
    String resumed = CommandLineTest.inoculum("resume", run, "--iterations", before + 20).err();
    assertThat(resumed).contains("resumed at iteration");
  }

  /**
   * The cheap form of "a training keeps 97 % of its speed": what the dashboard takes from the CPUs,
   * which does not depend on what else they do.
   */
  @Test
  @Tag("slow")
  void aHundredClientsThatDoNotReadCostHardlyAnything() throws Exception {
    start("train", "training.txt", trainArguments());
    awaitLines(folder.resolve("runs/00000-cells-classic"), 1);
    Process dashboard = dashboard();
    HttpClient browser = opened("dashboard.txt");
    List<Socket> sockets = new ArrayList<>();
    List<String> paths = List.of("/curves", "/samples/reals", "", "/log");
    for (int i = 0; i < NOT_READING; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), URI.create(base).getPort());
      sockets.add(socket);
      String path = i % 5 == 4 ? "/api/events" : "/api/runs/00000-cells-classic" + paths.get(i % 4);
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: "
              + base.substring(7)
              + "\r\nCookie: "
              + cookie
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }
    for (int i = 0; i < 30; i++) {
      assertThat(get(browser, "/api/runs")).contains("00000-cells-classic");
      Thread.sleep(300); // what is compiled in the first seconds is not what it costs
    }
    Duration before = dashboard.info().totalCpuDuration().orElseThrow();
    long start = System.nanoTime();
    while (System.nanoTime() - start < 15e9) {
      assertThat(get(browser, "/api/runs")).contains("00000-cells-classic");
      Thread.sleep(3000);
    }
    double wall = (System.nanoTime() - start) / 1e9;
    double used = dashboard.info().totalCpuDuration().orElseThrow().minus(before).toMillis() / 1e3;
    for (Socket socket : sockets) {
      socket.close();
    }
    assertThat(used / wall / Runtime.getRuntime().availableProcessors())
        .as("share of the CPUs: %.2f s of %.1f s", used, wall)
        .isLessThan(0.03);
  }

  private List<String> trainArguments() throws IOException {
    Path data = Files.createDirectories(folder.resolve("cells"));
    for (int i = 0; i < 4; i++) {
      Files.write(data.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(0, i, 16)));
    }
    return List.of(
        data.toString(),
        "--preset",
        "classic",
        "--size",
        "16",
        "--batch",
        "16",
        "--threads",
        "1",
        "--iterations",
        "100000",
        "--set",
        "latentSize=4",
        "--runs",
        folder.resolve("runs").toString());
  }

  private Process dashboard() throws IOException {
    return start(
        "dashboard", "dashboard.txt", List.of(folder.resolve("runs").toString(), "--port", "0"));
  }

  private Process start(String command, String output, List<String> arguments) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      words.add("--enable-native-access=ALL-UNNAMED");
    }
    words.addAll(List.of("-Xmx400m", "-cp", System.getProperty("java.class.path")));
    words.addAll(List.of(Main.class.getName(), command));
    words.addAll(arguments);
    Files.deleteIfExists(folder.resolve(output));
    Process process =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(output).toFile())
            .start();
    processes.add(process);
    return process;
  }

  /** A browser that has opened the link which the command printed. */
  private HttpClient opened(String output) throws Exception {
    Path file = folder.resolve(output);
    for (int tenth = 0; tenth < 1200; tenth++) {
      Matcher link = LINK.matcher(Files.exists(file) ? Files.readString(file) : "");
      if (link.find()) {
        base = link.group(1);
        HttpClient client = HttpClient.newHttpClient();
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(URI.create(base + link.group(2))).build(),
                HttpResponse.BodyHandlers.ofString());
        String set = answer.headers().firstValue("Set-Cookie").orElseThrow();
        cookie = set.substring(0, set.indexOf(';'));
        return client;
      }
      Thread.sleep(100);
    }
    throw new AssertionError("no link: " + Files.readString(file));
  }

  private String get(HttpClient browser, String path) throws Exception {
    return browser
        .send(
            HttpRequest.newBuilder(URI.create(base + path)).header("Cookie", cookie).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private void awaitLines(Path run, long count) throws Exception {
    for (int tenth = 0; tenth < 3000; tenth++) {
      if (lines(run) >= count) {
        return;
      }
      Thread.sleep(100);
    }
    throw new AssertionError(Files.readString(folder.resolve("training.txt")));
  }

  private static long lines(Path run) throws IOException {
    Path stats = run.resolve("stats.jsonl");
    return Files.exists(stats) ? Files.readString(stats).lines().count() : 0;
  }

  private static List<String> files(Path run) throws IOException {
    try (var files = Files.walk(run)) {
      return files
          .map(
              file ->
                  String.format(
                      Locale.ROOT, "%s %d", run.relativize(file), file.toFile().lastModified()))
          .sorted()
          .toList();
    }
  }
}
