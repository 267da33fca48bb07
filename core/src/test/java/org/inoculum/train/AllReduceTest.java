package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.model.InputTransform;
import org.inoculum.model.ModernDiscriminator;
import org.inoculum.model.ModernGenerator;
import org.inoculum.model.ModernShape;
import org.inoculum.torch.ChildJvm;
import org.inoculum.torch.TorchTest;
import org.inoculum.torch.Weights;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two Javas sum up gradients by c10d's Gloo over the loopback. The times go to {@code
 * target/all-reduce.txt}; docs/decisions/0010-training-on-several-machines.md says what they mean.
 */
@Tag("slow")
class AllReduceTest extends TorchTest {
  private static final int TIMES = 50;

  @TempDir private Path folder;

  @Test
  void twoProcessesSumUpTheirGradients() throws IOException, InterruptedException {
    StringBuilder table =
        new StringBuilder("numbers, ms (median, quartiles) of the slower process\n");
    for (long scalars : new long[] {1_000, 100_000, 1_000_000, 4_000_000}) {
      table.append(scalars).append(": ").append(measured(scalars)).append('\n');
    }
    for (int size : new int[] {32, 64, 128}) {
      ModernShape shape = new ModernShape(size, 3, 1, 128, 32);
      try (ModernGenerator generator = ModernGenerator.initialise(shape, 0);
          InputTransform inputTransform =
              InputTransform.of(torch.randn(2, 3, size, size), 1, shape.maxLevel());
          ModernDiscriminator discriminator =
              ModernDiscriminator.initialise(shape, 0, inputTransform)) {
        table.append("parameters at ").append(size).append(" pixels: ");
        table.append(count(generator.weights())).append(" and ");
        table.append(count(discriminator.weights())).append('\n');
      }
    }
    Files.writeString(Path.of("target", "all-reduce.txt"), table);
  }

  private static long count(Weights weights) {
    return weights.all().values().stream().mapToLong(weight -> weight.numel()).sum();
  }

  private String measured(long scalars) throws IOException, InterruptedException {
    Path place = Files.createDirectories(folder.resolve("n" + scalars));
    List<Process> both = new ArrayList<>();
    for (int rank = 0; rank < 2; rank++) {
      Path own = Files.createDirectories(place.resolve("rank" + rank));
      both.add(
          ChildJvm.start(
              own,
              AllReduce.class,
              List.of(
                  place.resolve("store").toString(),
                  String.valueOf(rank),
                  "2",
                  String.valueOf(scalars),
                  String.valueOf(TIMES),
                  own.resolve("result.txt").toString())));
    }
    String slower = "";
    double median = -1;
    for (int rank = 0; rank < 2; rank++) {
      Path own = place.resolve("rank" + rank);
      assertThat(both.get(rank).waitFor(300, TimeUnit.SECONDS)).isTrue();
      assertThat(both.get(rank).exitValue())
          .as(Files.readString(own.resolve("output.txt")))
          .isZero();
      String result = Files.readString(own.resolve("result.txt"));
      String[] parts = result.split(" ", -1);
      assertThat(Float.parseFloat(parts[3])).as("1 + 2").isEqualTo(3);
      if (Double.parseDouble(parts[0]) > median) {
        median = Double.parseDouble(parts[0]);
        slower = parts[0] + " (" + parts[1] + ", " + parts[2] + ")";
      }
    }
    return slower;
  }
}
