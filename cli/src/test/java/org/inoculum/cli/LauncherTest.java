package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the program, with a Java that only tells how it was started. */
@EnabledOnOs(OS.LINUX)
class LauncherTest {
  @TempDir private Path folder;

  @BeforeEach
  void aRelease() throws IOException {
    program(folder.resolve("inoculum"), Files.readString(Path.of("..", "inoculum")));
    program(
        Files.createDirectories(folder.resolve("java/bin")).resolve("java"),
        """
        #!/bin/sh
        if [ "$1" = -version ]; then
          echo 'openjdk version "17.0.1"' >&2
          exit
        fi
        in=$(readlink /proc/$$/fd/0) || in=closed
        out=$(readlink /proc/$$/fd/1) || out=closed
        err=$(readlink /proc/$$/fd/2) || err=closed
        printf '%s\\n' "$in" "$out" "$err" "LC_ALL=$LC_ALL" "$@" >"$TOLD"
        """);
  }

  @Test
  void closedDescriptorsAreNotLeftToTheFilesOfATraining() throws IOException {
    assertThat(started("exec \"$0\" train <&- >&- 2>&-", Map.of()).lines().limit(3))
        .containsOnly("/dev/null");
    assertThat(started("exec \"$0\" train 2>&-", Map.of()).lines().skip(1).limit(2))
        .first()
        .asString()
        .startsWith("pipe:");
  }

  @Test
  void withoutALocaleNamesOfFilesAreUtf8AndTheTerminalIsWhatItWas() throws IOException {
    assertThat(started("exec \"$0\" train", Map.of("LC_ALL", "", "LC_CTYPE", "", "LANG", "")))
        .contains("LC_ALL=C.UTF-8\n", "-Dinoculum.locale=C\n", "-Dinoculum.terminal=false\n");
    assertThat(started("exec \"$0\" train", Map.of("LC_ALL", "POSIX")))
        .contains("LC_ALL=C.UTF-8\n", "-Dinoculum.locale=POSIX\n");
    assertThat(started("exec \"$0\" train", Map.of("LC_ALL", "de_DE.ISO-8859-1")))
        .contains("LC_ALL=de_DE.ISO-8859-1\n");
  }

  @Test
  void hintsHaveTheNameThatTheUserTyped() throws IOException {
    assertThat(started("exec \"$0\" train", Map.of()))
        .contains("-Dinoculum.command=" + folder.resolve("inoculum") + "\n");
    assertThat(started("cd \"$(dirname \"$0\")\"; exec ./inoculum train", Map.of()))
        .contains("-Dinoculum.command=./inoculum\n");
    assertThat(started("PATH=\"$(dirname \"$0\"):$PATH\"; exec inoculum train", Map.of()))
        .contains("-Dinoculum.command=inoculum\n");
  }

  @Test
  void aReleaseStartsItsOwnJavaWithTheArchiveAndItsJarsInOneOrder() throws IOException {
    Path bin = Files.createDirectories(folder.resolve("runtime/bin"));
    Files.copy(folder.resolve("java/bin/java"), bin.resolve("java"));
    Files.writeString(folder.resolve("runtime/release"), "JAVA_VERSION=\"25.0.3\"\n");
    Path lib = Files.createDirectories(folder.resolve("lib"));
    for (String name : new String[] {"b.jar", "a.jar", "B.jar", "inoculum.jsa"}) {
      Files.writeString(lib.resolve(name), "");
    }
    String told =
        started("exec \"$0\" train", Map.of("JAVA_HOME", "/nowhere", "LC_ALL", "en_US.UTF-8"));
    assertThat(told)
        .contains(
            "--enable-native-access=ALL-UNNAMED\n",
            "-XX:SharedArchiveFile=" + lib.resolve("inoculum.jsa") + "\n",
            "\n" + lib + "/B.jar:" + lib + "/a.jar:" + lib + "/b.jar\n");
    Files.setPosixFilePermissions(
        bin.resolve("java"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(
            Shell.run(
                Map.of(), "sh", "-c", "\"$0\" train 2>&1 || true", folder.resolve("inoculum")))
        .contains("cannot be executed", "unzip", "noexec");
  }

  private String started(String line, Map<String, String> environment) throws IOException {
    Path told = folder.resolve("told");
    Map<String, String> all = new java.util.HashMap<>(environment);
    all.put("TOLD", told.toString());
    all.putIfAbsent("JAVA_HOME", folder.resolve("java").toString());
    Shell.run(all, "sh", "-c", line, folder.resolve("inoculum"));
    return Files.readString(told);
  }

  private static void program(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
