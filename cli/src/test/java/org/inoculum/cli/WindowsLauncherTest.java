package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script that starts the program on Windows, run by Wine with a Java that only tells how it was
 * started. Wine does not hand on the exit code of such a Java.
 */
class WindowsLauncherTest {
  @TempDir private static Path folder;
  private static Path java;
  private static Path program;

  @BeforeAll
  static void aRelease() throws IOException {
    Shell.assumeThere("wine");
    java = folder.resolve("Program Files (x86)/java ж");
    Path exe = Files.createDirectories(java.resolve("bin")).resolve("java.exe");
    Files.writeString(
        exe,
        """
        #!/bin/sh
        if [ "$1" = --version ]; then
          printf 'openjdk %s 2026-04-21\\nOpenJDK Runtime Environment\\n' "$FAKE_VERSION"
          exit
        fi
        for word in "$@"; do printf '[%s]\\n' "$word"; done
        """);
    Files.setPosixFilePermissions(exe, PosixFilePermissions.fromString("rwxr-xr-x"));
    program = Files.createDirectories(folder.resolve("мои клетки")).resolve("inoculum.cmd");
    Files.copy(Path.of("..", "inoculum.cmd"), program);
  }

  @Test
  void linesEndAsCmdWantsThem() throws IOException {
    String text = Files.readString(Path.of("..", "inoculum.cmd"), StandardCharsets.US_ASCII);
    assertThat(text.split("\n", -1)).allMatch(line -> line.isEmpty() || line.endsWith("\r"));
  }

  @Test
  void wordsAreHandedOnAsTheyAre() throws IOException {
    Path batch = program.resolveSibling("call.bat");
    Files.writeString(
        batch, "@call \"%~dp0inoculum.cmd\" train \"my images\" \"x&y\" --set \"k=v!\" \"\"\r\n");
    List<String> words = cmd("25.0.3", windows(java), batch);
    assertThat(words)
        .containsSubsequence(
            "[-Dstdout.encoding=UTF-8]",
            "[--enable-native-access=ALL-UNNAMED]",
            "[-cp]",
            "[" + windows(program.resolveSibling("lib")) + "\\*]",
            "[org.inoculum.cli.Main]",
            "[train]",
            "[my images]",
            "[x&y]",
            "[--set]",
            "[k=v!]",
            "[]");
  }

  @Test
  void java17GetsNoOptionThatItDoesNotKnow() {
    assertThat(cmd("17.0.2", windows(java), program, "--help"))
        .contains("[-Dsun.stdout.encoding=UTF-8]", "[--help]")
        .noneMatch(word -> word.contains("native-access") || word.contains("unsafe"));
  }

  @Test
  void aJavaThatIsOldOrNotThereIsNamed() {
    assertThat(cmd("11.0.2", windows(java), program, "--help"))
        .contains(
            "inoculum: Java here is version \"11.0.2\"; version 17 or later is needed, and JAVA_HOME may name one");
    assertThat(cmd("25", "Z:\\nowhere (x86)", program, "--help"))
        .anyMatch(line -> line.startsWith("inoculum: JAVA_HOME is \"Z:\\nowhere (x86)\", but"));
  }

  private static String windows(Path path) {
    return "Z:" + path.toAbsolutePath().toString().replace('/', '\\');
  }

  private static List<String> cmd(String version, String javaHome, Path file, String... words) {
    Map<String, String> environment = new HashMap<>();
    environment.put("WINEPREFIX", folder.resolve("wine").toString());
    environment.put("WINEDEBUG", "-all");
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("JAVA_HOME", javaHome);
    environment.put("FAKE_VERSION", version);
    List<Object> command =
        new ArrayList<>(
            List.of("sh", "-c", "env -u GLIBC_TUNABLES wine cmd /c \"$@\" || true", "sh"));
    command.add(windows(file));
    command.addAll(List.of(words));
    return Shell.run(environment, command.toArray()).lines().map(String::strip).toList();
  }
}
