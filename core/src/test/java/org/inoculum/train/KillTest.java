package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.inoculum.Sizes;
import org.inoculum.files.Storage;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus.State;
import org.inoculum.torch.ChildJvm;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.Safetensors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Test 2 of docs/explanation/reliability.md: a training that is killed again and again, at random
 * moments, and resumed, ends as one that never was.
 */
@Tag("slow")
class KillTest {
  private static final int ITERATIONS = 24;
  private static final int CHECKPOINT_EVERY = 3;
  private static final int KILLS_A_RUN = 10;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"CLASSIC, F32, 2", "CLASSIC, BF16, 1", "TINY, F32, 1", "TINY, BF16, 2"})
  void aKilledTrainingResumesToTheBit(String preset, String precision, String threads)
      throws IOException, InterruptedException {
    // The four together: 20 and 1,000.
    int kills = Integer.getInteger("inoculum.kills", Sizes.of(5, 250));
    List<String> kind = List.of(preset, precision, threads);
    RunDirectory whole = run("whole", preset);
    ClassicRun.drawn(folder);
    waitForTheEnd(start("whole", kind));
    String expected = TinyRun.fingerprint(whole);
    int killed = 0;
    for (int number = 0; killed < kills; number++) {
      String name = "killed" + number;
      RunDirectory run = run(name, preset);
      for (int i = 0; i < KILLS_A_RUN && killed < kills && !isFinished(run); i++) {
        if (killAtRandom(start(name, kind), run, RandomStream.of(7, Purpose.CHECKING, killed))) {
          killed++;
        }
      }
      if (!isFinished(run)) {
        waitForTheEnd(start(name, kind));
      }
      assertThat(run.status().state()).isEqualTo(State.FINISHED);
      assertThat(differences(run, whole)).as("tensors, %d kills so far", killed).isEmpty();
      assertThat(TinyRun.fingerprint(run)).as("%d kills so far", killed).isEqualTo(expected);
      Storage.deleteTree(folder.resolve(name));
    }
    System.out.println(preset + " " + precision + ", " + threads + " threads: " + killed);
  }

  /** Mostly while it trains, now and then while it starts; false if it ended before. */
  private boolean killAtRandom(Process process, RunDirectory run, RandomStream random)
      throws IOException, InterruptedException {
    int more = random.nextInt(8);
    int lines = count(run) + more;
    long since = System.nanoTime();
    while (more > 0 && process.isAlive() && count(run) < lines) {
      assertThat(TimeUnit.NANOSECONDS.toMinutes(System.nanoTime() - since))
          .as("minutes without a step: " + printed())
          .isLessThan(10);
      Thread.sleep(5); // another process's file: nothing tells of its lines
    }
    boolean ended = process.waitFor(random.nextInt(more > 0 ? 100 : 3000), TimeUnit.MILLISECONDS);
    process.destroyForcibly().waitFor();
    if (ended) {
      assertThat(process.exitValue()).as(printed()).isZero();
    }
    return !ended;
  }

  private void waitForTheEnd(Process process) throws IOException, InterruptedException {
    assertThat(process.waitFor(600, TimeUnit.SECONDS)).as("ended within ten minutes").isTrue();
    assertThat(process.exitValue()).as(printed()).isZero();
  }

  /** Starts it with what makes a short process quick. */
  private Process start(String name, List<String> kind) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(folder.toString(), name));
    arguments.addAll(kind);
    return ChildJvm.start(
        folder,
        Map.of("GOMP_SPINCOUNT", "0"), // two threads on a busy machine wait for each other asleep
        Trainer.class,
        arguments,
        "-Xmx400m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1");
  }

  private String printed() throws IOException {
    return Files.readString(folder.resolve("output.txt"));
  }

  private RunDirectory run(String name, String preset) {
    Preset chosen = Preset.valueOf(preset);
    return new RunDirectory(folder.resolve(name).resolve("00000-" + name + "-" + chosen.label()));
  }

  private static boolean isFinished(RunDirectory run) {
    return run.state().equals(Optional.of(State.FINISHED));
  }

  private static int count(RunDirectory run) throws IOException {
    Path stats = run.path().resolve("stats.jsonl");
    return Files.exists(stats) ? (int) Files.readString(stats).lines().count() : 0;
  }

  /** Which tensors of the last states differ: for whoever finds a fault. */
  private static List<String> differences(RunDirectory run, RunDirectory whole) {
    Map<String, Safetensors.Entry> expected = lastState(whole);
    List<String> differences = new ArrayList<>();
    lastState(run)
        .forEach(
            (name, found) -> {
              Safetensors.Entry other = expected.get(name);
              if (other == null || !Arrays.equals(found.values(), other.values())) {
                differences.add(name);
              }
            });
    return differences;
  }

  private static Map<String, Safetensors.Entry> lastState(RunDirectory run) {
    byte[] state = run.newestCheckpoint(warning -> {}).orElseThrow().file(CheckpointMetadata.STATE);
    return Safetensors.decode(state, run.path().toString());
  }

  /** What the process that is killed does: train, or resume what there is. */
  static final class Trainer {
    public static void main(String[] arguments) {
      Path folder = Path.of(arguments[0]);
      String name = arguments[1];
      Preset preset = Preset.valueOf(arguments[2]);
      PrecisionChoice precision = PrecisionChoice.valueOf(arguments[3]);
      TrainConfig usual =
          preset == Preset.TINY
              ? ClassicRun.tiny(ITERATIONS, precision)
              : ClassicRun.config(ITERATIONS, precision);
      TrainConfig config = usual.with(usual.budget(), Integer.parseInt(arguments[4]));
      CheckpointPlan plan = CheckpointPlan.everyIterations(CHECKPOINT_EVERY);
      Path run = folder.resolve(name).resolve("00000-" + name + "-" + preset.label());
      if (Files.exists(run)) {
        Training.resume(
            RunDirectory.open(run),
            ClassicRun.data(folder, config.size()),
            new ResumeOptions(Optional.empty(), OptionalInt.empty(), plan),
            ClassicRun.listener(new ArrayList<>()),
            () -> false);
      } else {
        ClassicRun.train(folder, name, config, plan, new ArrayList<>(), () -> false);
      }
    }
  }
}
