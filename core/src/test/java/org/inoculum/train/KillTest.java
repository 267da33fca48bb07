package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.inoculum.Sizes;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus.State;
import org.inoculum.torch.ChildJvm;
import org.inoculum.torch.PrecisionChoice;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test 2 of docs/reliability.md: a training that is killed again and again, at random moments, and
 * resumed, ends as one that never was.
 */
@Tag("slow")
class KillTest {
  private static final int ITERATIONS = 60;
  private static final int KILLS_A_RUN = 10;

  @TempDir private Path folder;

  @Test
  void aKilledTrainingResumesToTheBit() throws IOException, InterruptedException {
    int kills = Sizes.of(20, 1000);
    RunDirectory whole = run("whole");
    ClassicRun.drawn(folder);
    assertThat(start("whole").waitFor()).as(printed()).isZero();
    String expected = TinyRun.fingerprint(whole);
    int killed = 0;
    for (int number = 0; killed < kills; number++) {
      String name = "killed" + number;
      RunDirectory run = run(name);
      for (int kill = 0; kill < KILLS_A_RUN && killed < kills; kill++) {
        RandomStream random = RandomStream.of(7, Purpose.CHECKING, killed);
        Process process = start(name);
        // Mostly while it trains, now and then while it starts.
        int lines = count(run) + random.nextInt(12) - 1;
        while (process.isAlive() && count(run) < lines) {
          Thread.sleep(1);
        }
        Thread.sleep(random.nextInt(30));
        boolean ended = !process.isAlive();
        process.destroyForcibly().waitFor();
        if (ended) {
          assertThat(process.exitValue()).as(printed()).isZero();
          break;
        }
        killed++;
      }
      Process last = start(name);
      assertThat(last.waitFor(300, TimeUnit.SECONDS)).isTrue();
      assertThat(last.exitValue()).as(printed()).isZero();
      assertThat(run.status().state()).isEqualTo(State.FINISHED);
      assertThat(TinyRun.fingerprint(run)).as("%d kills so far", killed).isEqualTo(expected);
    }
  }

  private Process start(String name) throws IOException {
    return ChildJvm.start(folder, Trainer.class, List.of(folder.toString(), name), "-Xmx400m");
  }

  private String printed() throws IOException {
    return Files.readString(folder.resolve("output.txt"));
  }

  private RunDirectory run(String name) {
    return new RunDirectory(folder.resolve(name).resolve("00000-" + name + "-classic"));
  }

  private static int count(RunDirectory run) throws IOException {
    Path stats = run.path().resolve("stats.jsonl");
    return Files.exists(stats) ? (int) Files.readString(stats).lines().count() : 0;
  }

  /** What the process that is killed does: train, or resume what there is. */
  static final class Trainer {
    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      String name = arguments[1];
      CheckpointPlan plan = CheckpointPlan.everyIterations(5);
      Path run = folder.resolve(name).resolve("00000-" + name + "-classic");
      if (!Files.exists(run)) {
        TrainConfig config = ClassicRun.config(ITERATIONS, PrecisionChoice.F32);
        ClassicRun.train(folder, name, config, plan, new ArrayList<>(), () -> false);
      } else if (RunDirectory.open(run).status().state() != State.FINISHED) {
        Training.resume(
            RunDirectory.open(run),
            ClassicRun.data(folder),
            new Resumption(java.util.Optional.empty(), java.util.OptionalInt.empty(), plan),
            ClassicRun.listener(new ArrayList<>()),
            () -> false);
      }
    }
  }
}
