package org.inoculum.bench;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command lines that start each engine's process.
 *
 * @param home the folder bench/ of the sources, built
 * @param threads of each engine
 */
record EngineCommands(Path home, int threads) {
  private static final String PYTHON = "/usr/bin/python3";

  /** Our own: arguments of {@link OurProcess}, to which the threads are added. */
  List<String> ours(String... arguments) {
    return java(
        System.getProperty("java.class.path"), "org.inoculum.bench.OurProcess", List.of(arguments));
  }

  /** The classic iteration in an engine that has a module here; nothing where it was not built. */
  Optional<List<String>> java(String module, String mainClass, Path work) {
    Path target = home.resolve(module).resolve("target");
    if (!Files.isDirectory(target.resolve("lib"))) {
      return Optional.empty();
    }
    return Optional.of(
        java(
            target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*",
            mainClass,
            List.of(work.toString())));
  }

  /** The same in PyTorch; nothing where Debian's python3-torch is not installed. */
  Optional<List<String>> python(String script, Path work) throws IOException {
    if (!Files.isExecutable(Path.of(PYTHON)) || !torchIsThere()) {
      return Optional.empty();
    }
    return Optional.of(
        List.of(
            PYTHON,
            home.resolve("peers").resolve(script).toString(),
            work.toString(),
            String.valueOf(threads)));
  }

  private static boolean torchIsThere() throws IOException {
    try {
      return new ProcessBuilder(PYTHON, "-c", "import torch, numpy")
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private List<String> java(String classPath, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx2g", "-XX:+UseSerialGC", "-Djava.awt.headless=true"));
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(arguments);
    command.add(String.valueOf(threads));
    return command;
  }
}
