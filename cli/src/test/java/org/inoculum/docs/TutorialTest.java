package org.inoculum.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.inoculum.cli.Main;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The tutorial's commands run one after another, as they are shown, on the drawn data set. Only
 * what takes long is made short: trainings last six seconds, at 32 pixels where the command takes a
 * size, and 16 images are generated, unfiltered, since so short a training repeats itself. The
 * dashboard, which does not end, is left out.
 */
@Tag("slow")
class TutorialTest {
  private static final Set<String> ENDLESS = Set.of("dashboard");

  @TempDir private Path folder;

  @Test
  void everyCommandEndsWell() throws Exception {
    List<List<String>> commands =
        MarkdownFile.read("docs/tutorial.md").commands().stream()
            .filter(command -> !ENDLESS.contains(command.get(0)))
            .toList();
    assertThat(commands.stream().map(command -> command.get(0)).collect(Collectors.toSet()))
        .contains("demo", "inspect", "prepare", "train", "generate", "evaluate", "report");
    for (List<String> command : commands) {
      run(shortened(command));
    }
    assertThat(folder.resolve("synthetic/manifest.jsonl")).isRegularFile();
    try (var reports = Files.walk(folder.resolve("runs"))) {
      assertThat(reports.filter(path -> path.endsWith("report.html"))).hasSize(1);
    }
  }

  @Test
  void everyCommandOfTheReadmeEndsWellOnWhatTheDemoDraws() throws Exception {
    run(List.of("demo", "--fields", "--out", "smears"));
    Files.move(folder.resolve("smears/crops"), folder.resolve("my-images"));
    Files.move(folder.resolve("smears/negatives"), folder.resolve("empty-fields"));
    List<List<String>> commands = MarkdownFile.read("README.md").commands();
    assertThat(commands).extracting(command -> command.get(0)).contains("demo", "grow", "compose");
    for (List<String> command : commands) {
      List<String> words = shortened(command);
      if (words.get(0).equals("grow")) {
        words.addAll(List.of("--size", "64", "--kimg", "3", "--count", "24"));
      }
      run(words);
    }
    assertThat(folder.resolve("my-images-grown/report.html")).isRegularFile();
    assertThat(folder.resolve("composed/coco.json")).isRegularFile();
  }

  private static List<String> shortened(List<String> command) {
    List<String> words = new ArrayList<>(command);
    replaceAfter(words, "--minutes", "0.1");
    replaceAfter(words, "--count", "16");
    replaceAfter(words, "--steps", "20");
    switch (words.get(0)) {
      case "train" -> words.addAll(List.of("--size", "32", "--threads", "1"));
      case "demo" -> {
        if (!words.contains("--fields")) { // which trains nothing
          words.addAll(List.of("--minutes", "0.1", "--threads", "1"));
        }
      }
      case "generate" -> words.add("--no-filter");
      default -> {}
    }
    return words;
  }

  private static void replaceAfter(List<String> words, String option, String value) {
    int at = words.indexOf(option);
    if (at >= 0) {
      words.set(at + 1, value);
    }
  }

  private void run(List<String> words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    String classes =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    command.addAll(List.of("-Xmx1g", "-Djava.awt.headless=true", "-cp", classes));
    command.add(Main.class.getName());
    command.addAll(words);
    Path printed = folder.resolve("printed.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    process.getOutputStream().close();
    try {
      assertThat(process.waitFor(300, TimeUnit.SECONDS)).as("%s ended", words).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as("%s: %s", words, Files.readString(printed)).isZero();
  }
}
