package org.inoculum.cli;

import java.util.Optional;
import org.inoculum.run.SnapshotChoice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The option for the snapshot of a run that a command uses. */
final class SnapshotOption {
  @Option(
      names = "--snapshot",
      paramLabel = "best|newest|N",
      converter = ToChoice.class,
      description =
          "Which of the run's snapshots: the best by its score while it trained (default; the newest where none was evaluated), the newest, or one by its number.")
  private @Nullable SnapshotChoice choice;

  SnapshotChoice choice() {
    return given().orElse(SnapshotChoice.BEST);
  }

  /** What was said, if anything was. */
  Optional<SnapshotChoice> given() {
    return Optional.ofNullable(choice);
  }

  /** From the word on the command line. */
  static final class ToChoice implements ITypeConverter<SnapshotChoice> {
    @Override
    public SnapshotChoice convert(String label) {
      return SnapshotChoice.parse(label);
    }
  }
}
