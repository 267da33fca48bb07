package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;
import org.inoculum.Sizes;
import org.inoculum.torch.ChildJvm;
import org.inoculum.torch.PrecisionChoice;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test 7 of docs/explanation/reliability.md: the whole loop, with sample grids, snapshots and
 * checkpoints, in a process whose Java heap is in memory from the start.
 */
@Tag("slow")
class TrainingMemoryTest {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int WARM_UP = 100;

  @TempDir private Path folder;

  @Test
  void nativeMemoryIsFlat() throws IOException, InterruptedException {
    assumeTrue(Files.exists(STATUS), "only Linux tells a process its memory");
    String printed =
        ChildJvm.run(
            folder,
            Map.of("GLIBC_TUNABLES", "glibc.malloc.mmap_threshold=65536"), // as ClassicMemoryTest
            Trainer.class,
            "-Xms400m",
            "-Xmx400m",
            "-XX:+AlwaysPreTouch",
            "-Dsteps=" + Sizes.of(500, 100_000));
    String[] numbers = printed.lines().reduce((first, last) -> last).orElse("").split(" ", -1);
    long warm = Long.parseLong(numbers[0]);
    long last = Long.parseLong(numbers[1]);
    assertThat(last).as("kB after warm-up: " + warm).isBetween(1L, warm * 102 / 100);
    assertThat(numbers[3]).as("live tensors").isEqualTo(numbers[2]);
  }

  /** What the new process does. */
  static final class Trainer {
    public static void main(String[] arguments) {
      int steps = Integer.getInteger("steps", WARM_UP);
      long[] found = new long[4];
      int[] asked = new int[1];
      ClassicRun.train(
          Path.of("").toAbsolutePath(),
          "steps",
          // One more, because nothing is asked after the last.
          ClassicRun.config(steps + 1, PrecisionChoice.F32),
          CheckpointPlan.everyIterations(20),
          new ArrayList<>(),
          () -> {
            int step = asked[0]++;
            if (step == WARM_UP || step == steps) {
              int at = step == steps ? 1 : 0;
              found[at] = residentKilobytes();
              found[2 + at] = Pointer.totalCount();
            }
            return false;
          });
      System.out.println(found[0] + " " + found[1] + " " + found[2] + " " + found[3]);
    }

    private static long residentKilobytes() {
      try {
        return Files.readAllLines(STATUS).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
