package org.inoculum.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.inoculum.Sizes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that begin the same at the same instant. */
class TogetherTest {
  private static final int PROCESSES = 4;

  @TempDir private Path folder;

  @Test
  void eachGetsARunOfItsOwnAndOneOfThemTheFolder() throws Exception {
    int rounds = Sizes.of(25, 200);
    List<List<String>> told = together(rounds);
    for (int round = 0; round < rounds; round++) {
      int number = round;
      for (int self = 0; self < PROCESSES; self++) {
        String prefix = "run " + round + " ";
        String run =
            told.get(self).stream().filter(line -> line.startsWith(prefix)).findFirst().orElse("");
        Path config =
            folder
                .resolve("runs " + round)
                .resolve(run.substring(prefix.length()))
                .resolve("config.json");
        assertThat(config).content().isEqualTo("{\"self\":\"" + self + "\"}");
      }
      assertThat(names(folder.resolve("runs " + round)).stream().map(name -> name.substring(0, 5)))
          .containsExactly("00000", "00001", "00002", "00003");
      List<String> ends =
          told.stream()
              .flatMap(List::stream)
              .filter(line -> line.matches("(made|refused) " + number + "( .*)?"))
              .sorted()
              .toList();
      assertThat(ends)
          .containsExactly(
              "made " + round,
              "refused " + round + " USAGE",
              "refused " + round + " USAGE",
              "refused " + round + " USAGE");
      Path out = folder.resolve("out " + round);
      assertThat(names(out)).containsExactly("report", "set");
      assertThat(names(out.resolve("set")))
          .hasSize(Contender.FILES)
          .allMatch(name -> name.charAt(0) == firstOf(out.resolve("set")));
      String report = Files.readString(out.resolve("report"));
      assertThat(report).isEqualTo(report.substring(0, 1).repeat(100_000));
    }
  }

  private List<List<String>> together(int rounds) throws Exception {
    long start = System.currentTimeMillis() + 8000;
    List<Process> processes = new ArrayList<>();
    for (int self = 0; self < PROCESSES; self++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xshare:auto",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Contender.class.getName(),
                  folder.toString(),
                  String.valueOf(self),
                  String.valueOf(rounds),
                  String.valueOf(start))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .redirectOutput(folder.resolve("told " + self).toFile())
              .start());
    }
    List<List<String>> told = new ArrayList<>();
    for (int self : IntStream.range(0, PROCESSES).toArray()) {
      assertThat(processes.get(self).waitFor()).isZero();
      told.add(Files.readAllLines(folder.resolve("told " + self)));
    }
    return told;
  }

  private static char firstOf(Path set) {
    try {
      return names(set).get(0).charAt(0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.map(child -> child.getFileName().toString()).sorted().toList();
    }
  }
}
