package org.inoculum.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Spark standalone on the loopback: a master and workers, each in a Java of its own. Spark and this
 * module come from the class path of the test, or, where {@code -Dinoculum.spark-home} and {@code
 * -Dinoculum.spark-jar} are given, from an installed Spark and the one jar for spark-submit, and
 * from nowhere else.
 */
final class Cluster implements AutoCloseable {
  static final String HOME = "inoculum.spark-home";
  static final String JAR = "inoculum.spark-jar";
  private static final String MASTER = "org.apache.spark.deploy.master.Master";
  private static final String WORKER = "org.apache.spark.deploy.worker.Worker";

  private final Path folder;
  private final Path home;
  private final Optional<Path> jar;
  private final List<String> opens;
  private final String url;
  private final Process master;
  private final List<Process> workers = new ArrayList<>();

  /** Starts it; logs go below the folder. */
  Cluster(Path folder, int workers) throws IOException {
    this.folder = folder;
    this.opens = List.of(System.getProperty("inoculum.spark-opens", "").split(" ", -1));
    this.jar = given(JAR);
    this.home = given(HOME).orElseGet(() -> folder.resolve("home"));
    if (jar.isEmpty()) {
      // What Spark looks for where it is installed.
      Path jars = Files.createDirectories(home.resolve("jars"));
      for (String entry : testClassPath().split(File.pathSeparator, -1)) {
        Path path = Path.of(entry);
        Path link = jars.resolve(path.getFileName());
        if (Files.isRegularFile(path) && !Files.exists(link)) {
          Files.createSymbolicLink(link, path.toAbsolutePath());
        }
      }
    }
    int port = freePort();
    this.url = "spark://127.0.0.1:" + port;
    this.master =
        java("master", MASTER, "--host", "127.0.0.1", "--port", "" + port, "--webui-port", "0");
    for (int i = 0; i < workers; i++) {
      this.workers.add(
          java(
              "worker" + i,
              WORKER,
              "--host",
              "127.0.0.1",
              "--cores",
              "1",
              "--memory",
              "3g",
              "--webui-port",
              "0",
              "--work-dir",
              folder.resolve("work" + i).toString(),
              url));
    }
  }

  /** Starts a program of this module on the cluster. */
  Process submit(String name, Class<?> program, String... arguments) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "org.apache.spark.deploy.SparkSubmit",
                "--master",
                url,
                "--conf",
                "spark.driver.host=127.0.0.1",
                "--conf",
                "spark.driver.bindAddress=127.0.0.1",
                "--conf",
                "spark.ui.enabled=false",
                "--conf",
                "spark.executor.memory=1g",
                "--conf",
                "spark.executor.cores=1"));
    if (jar.isEmpty()) {
      all.addAll(List.of("--conf", "spark.executor.extraClassPath=" + testClassPath()));
    }
    all.addAll(
        List.of(
            "--class",
            program.getName(),
            jar.map(one -> one.toAbsolutePath().toString()).orElse("spark-internal")));
    all.addAll(List.of(arguments));
    return java(name, all.get(0), all.subList(1, all.size()).toArray(new String[0]));
  }

  /** Kills a worker and its executors as a machine that loses its power. */
  void kill(int worker) {
    List<ProcessHandle> all = new ArrayList<>(workers.get(worker).descendants().toList());
    all.add(0, workers.get(worker).toHandle());
    all.forEach(ProcessHandle::destroyForcibly); // SIGKILL
  }

  /** How many executors a worker has at the moment. */
  long executors(int worker) {
    return workers.get(worker).descendants().count();
  }

  String log(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".log"));
  }

  private Process java(String name, String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx1g");
    command.addAll(opens.stream().filter(option -> !option.isEmpty()).toList());
    command.add("-cp");
    command.add(classPath());
    command.add(main);
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().put("SPARK_HOME", home.toAbsolutePath().toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    return builder.start();
  }

  private String classPath() {
    return jar.isEmpty() ? testClassPath() : home.resolve("jars").toAbsolutePath() + "/*";
  }

  private static Optional<Path> given(String property) {
    return Optional.of(System.getProperty(property, ""))
        .filter(value -> !value.isEmpty())
        .map(Path::of);
  }

  /** Surefire starts with a jar that only names the others. */
  private static String testClassPath() {
    return Optional.ofNullable(System.getProperty("surefire.test.class.path"))
        .orElseGet(() -> System.getProperty("java.class.path"));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws InterruptedException {
    for (int i = 0; i < workers.size(); i++) {
      kill(i);
    }
    master.destroyForcibly();
    master.waitFor(10, TimeUnit.SECONDS);
  }
}
