package org.inoculum.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.inoculum.Sizes;
import org.inoculum.generate.GrowOptions;
import org.inoculum.generate.GrownFormat;
import org.inoculum.generate.Growth;
import org.inoculum.generate.MadeRun;
import org.inoculum.generate.SetContents;
import org.inoculum.generate.Shard;
import org.inoculum.model.Latents;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.torch.PrecisionChoice;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark standalone, one master and two workers in processes of their own: the set of one process,
 * also when a worker is killed midway. {@code -Dinoculum.spark-run=RUN} takes a trained run.
 */
@Tag("slow")
class StandaloneTest {
  private static final int COUNT =
      Integer.getInteger("inoculum.spark-count", Sizes.of(1_500, 20_000));

  @TempDir private Path folder;

  @Test
  void theSetIsThatOfOneProcessAlsoWhenAWorkerIsKilled() throws Exception {
    String given = System.getProperty("inoculum.spark-run", "");
    RunDirectory run =
        given.isEmpty() ? MadeRun.thatLearnedByHeart(folder, 1) : RunDirectory.open(Path.of(given));
    Map<String, String> expected = SetContents.of(single(run));
    try (Cluster cluster = new Cluster(folder, 2)) {
      Path out = folder.resolve("spark");
      Process driver = grow(cluster, run, "undisturbed", out);
      assertThat(driver.waitFor(30, TimeUnit.MINUTES)).isTrue();
      assertThat(driver.exitValue()).as(cluster.log("undisturbed")).isZero();
      assertThat(SetContents.of(out)).isEqualTo(expected);

      Path other = folder.resolve("killed");
      Process killed = grow(cluster, run, "disturbed", other);
      while (killed.isAlive() && lists(folder.resolve(".killed.part/chunks")) < 3) {
        Thread.sleep(50);
      }
      assertThat(killed.isAlive()).as("still growing").isTrue();
      assertThat(cluster.executors(0)).isPositive();
      cluster.kill(0);
      assertThat(killed.waitFor(30, TimeUnit.MINUTES)).isTrue();
      assertThat(killed.exitValue()).as(cluster.log("disturbed")).isZero();
      assertThat(cluster.log("disturbed")).contains("Lost executor");
      assertThat(SetContents.of(other)).isEqualTo(expected);
    }
  }

  private static Process grow(Cluster cluster, RunDirectory run, String name, Path out)
      throws IOException {
    return cluster.submit(
        name,
        GrowDataset.class,
        run.path().toAbsolutePath().toString(),
        "--count",
        String.valueOf(COUNT),
        "--seed",
        "1",
        "--chunk",
        "4",
        "--format",
        "webdataset",
        "--out",
        out.toUri().toString());
  }

  private static long lists(Path chunks) throws IOException {
    if (!Files.isDirectory(chunks)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(chunks)) {
      return all.filter(file -> file.toString().endsWith(".jsonl")).count();
    }
  }

  private Path single(RunDirectory run) {
    Path out = folder.resolve("single");
    GrowOptions options =
        new GrowOptions(
            COUNT,
            1,
            2,
            PrecisionChoice.F32,
            true,
            SnapshotChoice.BEST,
            Optional.empty(),
            GrownFormat.WEBDATASET,
            Shard.WHOLE,
            false,
            GrowOptions.TAR_BYTES,
            OptionalInt.empty(),
            Latents.WHOLE);
    Growth.grow(run, out, options, Optional.empty(), w -> {}, d -> {}, () -> false);
    return out;
  }
}
