package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.inoculum.Sizes;
import org.inoculum.UserException;
import org.inoculum.files.Storage;
import org.inoculum.files.TestDisk;
import org.inoculum.files.TestDisk.Fault;
import org.inoculum.files.TestDisk.Unforced;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus.State;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Tests 1 and 4 of docs/explanation/reliability.md: a crash between any two operations, and any
 * that fails.
 */
@Tag("slow")
class CrashTest extends TorchTest {
  private static final String RUN = "00000-tiny";

  @TempDir private Path folder;

  /** What a run that nothing interrupts comes to. */
  private String expected() {
    RunDirectory run = TinyRun.create(folder.resolve("expected"));
    assertThat(TinyRun.go(run).state()).isEqualTo(State.FINISHED);
    return TinyRun.fingerprint(run);
  }

  @ParameterizedTest
  @EnumSource(Unforced.class)
  void aCrashAfterAnyOperationLosesNothingThatResumingDoesNotBringBack(Unforced unforced)
      throws IOException {
    String expected = expected();
    Path root = folder.resolve("root");
    Files.createDirectories(root);
    TestDisk disk = TestDisk.recording();
    try (disk) {
      TinyRun.go(TinyRun.create(root.resolve("runs")));
    }
    int seeds = unforced == Unforced.ANY ? Sizes.of(1, 20) : 1; // only chance has other outcomes
    for (int trial = 0; trial < seeds * (disk.count() + 1); trial++) {
      int count = trial % (disk.count() + 1);
      Path rebuilt = Files.createDirectories(folder.resolve("after " + count));
      disk.rebuild(count, unforced, trial / (disk.count() + 1), root, rebuilt);
      Path run = rebuilt.resolve("runs").resolve(RUN);
      if (Files.exists(run)) {
        if (!RunDirectory.open(run).state().equals(Optional.of(State.FINISHED))) {
          try (TestDisk quick = TestDisk.recording()) {
            TinyRun.go(RunDirectory.open(run));
          }
        }
        assertThat(TinyRun.fingerprint(new RunDirectory(run)))
            .as("after %d of %d operations, %s, trial %d", count, disk.count(), unforced, trial)
            .isEqualTo(expected);
      }
      Storage.deleteTree(rebuilt);
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void anOperationThatFailsStopsTheTrainingAndCostsNoCheckpoint(Fault fault) {
    String expected = expected();
    RunDirectory first = TinyRun.create(folder.resolve("counted"));
    int operations;
    try (TestDisk disk = TestDisk.recording()) {
      TinyRun.go(first);
      operations = disk.count();
    }
    for (int number = 0; number < operations; number++) {
      RunDirectory run = TinyRun.create(folder.resolve("failing " + number));
      UserException failure;
      try (TestDisk disk = TestDisk.failing(number, fault)) {
        failure = catchThrowableOfType(UserException.class, () -> TinyRun.go(run));
      }
      assertThat(failure).as("operation %d of %d is said", number, operations).isNotNull();
      assertThat(failure.kind()).isEqualTo(UserException.Kind.STORAGE);
      if (fault == Fault.NO_SPACE) {
        assertThat(failure).hasMessageContaining("No space left on device");
      }
      assertThat(run.status().state()).isNotEqualTo(State.DIVERGED);
      try (TestDisk quick = TestDisk.recording()) {
        if (run.status().state() != State.FINISHED) {
          TinyRun.go(run);
        }
      }
      assertThat(TinyRun.fingerprint(run)).as("operation %d", number).isEqualTo(expected);
      Storage.deleteTree(run.path());
    }
  }

  @Test
  void aFullDiskIsToldWithTheBytesNeededAndTheWayOn() {
    RunDirectory counted = TinyRun.create(folder.resolve("counted"));
    String said = "";
    try (TestDisk disk = TestDisk.recording()) {
      TinyRun.go(counted);
    }
    // The first write that is larger than a kilobyte after the first checkpoint is a state.
    for (int number = 60; said.isEmpty() && number < 200; number++) {
      RunDirectory run = TinyRun.create(folder.resolve("full " + number));
      try (TestDisk disk = TestDisk.failing(number, Fault.NO_SPACE)) {
        UserException failure = catchThrowableOfType(UserException.class, () -> TinyRun.go(run));
        String message = failure == null ? "" : String.valueOf(failure.getMessage());
        if (message.contains("state.safetensors") && message.contains("needed")) {
          said = message;
          assertThat(run.status().state()).isEqualTo(State.FAILED);
          assertThat(run.status().message()).isEqualTo(message);
        }
      }
    }
    assertThat(said)
        .containsPattern("needed \\d+ bytes")
        .containsPattern("checkpoint of iteration \\d+ is whole")
        .contains("inoculum resume");
  }
}
