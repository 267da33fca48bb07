package org.inoculum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Readers that are not ours: python3 with Pillow or another package, as Debian has them. */
public final class Python {
  private static final String SYSTEM = "/usr/bin/python3";

  private Python() {}

  /**
   * What a script of src/test/scripts prints; the test is skipped where Python or Pillow is
   * missing, unless the environment says CI=true: then it fails.
   */
  public static String run(String script, Object... arguments) {
    return runWith("PIL", script, arguments);
  }

  /** The same for a script that needs another package than Pillow. */
  public static String runWith(String module, String script, Object... arguments) {
    String python = Files.isExecutable(Path.of(SYSTEM)) ? SYSTEM : "python3";
    boolean found = succeeds(List.of(python, "-c", "import " + module));
    String missing =
        "no python3 with %s (Debian's python3-%s)"
            .formatted(module, module.toLowerCase(Locale.ROOT));
    if ("true".equals(System.getenv("CI"))) {
      assertThat(found).as(missing).isTrue();
    }
    Assumptions.assumeTrue(found, missing);
    return output(python, script, arguments);
  }

  /**
   * The same for a package that Debian's python3 or the one on the path may have, such as
   * pycocotools; where neither has it, the test is skipped.
   */
  public static String runWhereFound(String module, String script, Object... arguments) {
    String python =
        List.of(SYSTEM, "python3").stream()
            .filter(one -> succeeds(List.of(one, "-c", "import " + module)))
            .findFirst()
            .orElse("");
    Assumptions.assumeFalse(python.isEmpty(), "no python3 with " + module);
    return output(python, script, arguments);
  }

  private static String output(String python, String script, Object... arguments) {
    List<String> command = new ArrayList<>(List.of(python, "src/test/scripts/" + script));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    StringBuilder output = new StringBuilder();
    assertThat(exitCode(command, output)).as("%s: %s", script, output).isZero();
    return output.toString();
  }

  private static boolean succeeds(List<String> command) {
    try {
      return exitCode(command, new StringBuilder()) == 0;
    } catch (AssertionError e) {
      return false;
    }
  }

  private static int exitCode(List<String> command, StringBuilder output) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      output.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } catch (IOException e) {
      throw new AssertionError(command + " cannot be started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
