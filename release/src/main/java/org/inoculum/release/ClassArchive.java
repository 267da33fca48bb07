package org.inoculum.release;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The archive of loaded classes (AppCDS) that lets the program start in half the time. Java 25
 * takes it in any folder, as long as the jars follow one another in the same order and have the
 * times and sizes that they had.
 */
final class ClassArchive {
  /** The launcher passes these as well: an archive holds only for the flags that it was made by. */
  private static final List<String> FLAGS =
      List.of(
          "-Djava.awt.headless=true",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private static final List<List<String>> COMMANDS =
      List.of(List.of("--help"), List.of("--version"), List.of("train", "--help"));

  private ClassArchive() {}

  /** Writes {@code lib/inoculum.jsa} into a release whose files have their final times. */
  static void write(Path stage) throws IOException {
    Path lib = stage.resolve("lib");
    // An absolute path that is the same in every folder: the archive begins with it.
    String jars =
        Tree.below(lib).stream()
            .map(jar -> "/proc/self/cwd/lib/" + jar.getFileName())
            .collect(Collectors.joining(":"));
    Path list = stage.resolveSibling("classes.lst");
    TreeSet<String> classes = new TreeSet<>();
    TreeSet<String> others = new TreeSet<>();
    for (List<String> command : COMMANDS) {
      List<String> program = new ArrayList<>(List.of("-cp", jars, "org.inoculum.cli.Main"));
      program.addAll(command);
      java(stage, List.of("-Xint", "-Xshare:off", "-XX:DumpLoadedClassList=" + list), program);
      for (String line : Files.readAllLines(list)) {
        if (line.startsWith("@cp ")) {
          continue; // what was linked in time: it differs from run to run, and is a hint only
        }
        String plain = line.replaceAll(" id: \\d+$", "");
        (plain.startsWith("@") ? others : classes).add(plain);
      }
    }
    List<String> lines = new ArrayList<>(classes);
    lines.addAll(others);
    Files.write(list, lines);
    java(
        stage,
        List.of(
            "-XX:+UseG1GC", // writes objects too; the launcher's collector reads them
            "-Xms128m",
            "-Xmx128m",
            "-Xlog:disable",
            "-Xshare:dump",
            "-XX:SharedClassListFile=" + list,
            "-XX:SharedArchiveFile=" + lib.resolve("inoculum.jsa").toAbsolutePath()),
        List.of("-cp", jars));
    Files.delete(list);
  }

  private static void java(Path stage, List<String> flags, List<String> program)
      throws IOException {
    List<String> call = new ArrayList<>(List.of(stage.resolve("runtime/bin/java").toString()));
    call.addAll(FLAGS);
    call.addAll(flags);
    call.addAll(program);
    ProcessBuilder builder =
        new ProcessBuilder(call)
            .directory(stage.toFile())
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.INHERIT);
    builder.environment().clear();
    builder.environment().putAll(Map.of("LC_ALL", "C.UTF-8", "TZ", "UTC"));
    try {
      int exit = builder.start().waitFor();
      if (exit != 0) {
        throw new IllegalStateException(String.join(" ", call) + ": exit " + exit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
