package org.inoculum.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A main method in a Java process of its own, with this one's class path and environment. */
public final class ChildJvm {
  private static final String OUTPUT = "output.txt";

  private ChildJvm() {}

  /** Runs it to its end, which must be a success, and returns what it printed. */
  public static String run(Path folder, Class<?> main, String... options)
      throws IOException, InterruptedException {
    return run(folder, Map.of(), main, options);
  }

  /** The same, with some variables of the environment set anew. */
  public static String run(
      Path folder, Map<String, String> environment, Class<?> main, String... options)
      throws IOException, InterruptedException {
    Process process = start(folder, environment, main, List.of(), options);
    assertThat(process.waitFor(600, TimeUnit.SECONDS)).as("ended within ten minutes").isTrue();
    String printed = Files.readString(folder.resolve(OUTPUT));
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }

  /** Starts it; what it prints goes to output.txt in the folder. */
  public static Process start(Path folder, Class<?> main, List<String> arguments, String... options)
      throws IOException {
    return start(folder, Map.of(), main, arguments, options);
  }

  /** The same, with some variables of the environment set anew. */
  public static Process start(
      Path folder,
      Map<String, String> environment,
      Class<?> main,
      List<String> arguments,
      String... options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of(options));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(OUTPUT).toFile());
    builder.environment().putAll(environment);
    return builder.start();
  }
}
