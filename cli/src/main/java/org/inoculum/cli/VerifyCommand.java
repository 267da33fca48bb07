package org.inoculum.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.inoculum.UserException;
import org.inoculum.evaluate.RunImages;
import org.inoculum.files.Integrity;
import org.inoculum.files.Integrity.State;
import org.inoculum.generate.SetIntegrity;
import org.inoculum.run.RunIntegrity;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inoculum verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Reads every SHA-256 of a run or a synthetic set: whole or damaged?",
    footer = {
      "",
      "Example: inoculum verify synthetic",
      "Exit code 0: nothing is damaged; 3: something is, and each line says what that means. It changes",
      "nothing. A sum finds damage, not a forger: whoever can change a file can change its sum."
    })
final class VerifyCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "RUN|SYNTHETIC",
      description = "A run directory, or what generate or merge made, or one of its parts.")
  private Path folder = Path.of("");

  @Option(names = "--json", description = "Prints one JSON document on stdout.")
  private boolean json;

  VerifyCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Integrity found;
    if (SetIntegrity.isSet(folder)) {
      found = SetIntegrity.of(folder);
    } else if (RunImages.isRun(folder) || isBroken(folder)) {
      found = RunIntegrity.of(folder);
    } else {
      throw UserException.badData(
          folder
              + " is neither a run nor a synthetic data set: expected a folder with config.json and snapshots, or with manifest.jsonl");
    }
    if (json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("folder", found.folder());
      result.put("kind", found.kind());
      result.put("sound", found.isSound());
      result.put("parts", found.parts());
      console.printJson(result);
    } else {
      print(found);
    }
    return found.isSound() ? 0 : Failures.BAD_DATA;
  }

  /** A run that has lost its configuration still has checkpoints. */
  private static boolean isBroken(Path folder) {
    return folder.resolve("checkpoints").toFile().isDirectory();
  }

  private void print(Integrity found) {
    for (Integrity.CheckedPart part : found.parts()) {
      console.print(
          String.format(Locale.ROOT, "%-9s %s", part.state().label(), part.name())
              + (part.detail().isEmpty() ? "" : ": " + part.detail()));
      if (!part.meaning().isEmpty()) {
        console.print("          " + part.meaning());
      }
    }
    long damaged = found.parts().stream().filter(part -> part.state() == State.DAMAGED).count();
    console.print(
        found.isSound()
            ? "sound: nothing in this " + found.kind() + " is damaged"
            : "damaged: "
                + damaged
                + " of "
                + found.parts().size()
                + " parts of this "
                + found.kind());
  }
}
