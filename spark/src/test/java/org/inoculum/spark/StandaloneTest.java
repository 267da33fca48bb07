package org.inoculum.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.inoculum.Sizes;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.FileProgress;
import org.inoculum.data.Reading;
import org.inoculum.evaluate.Comparison;
import org.inoculum.evaluate.Evaluation;
import org.inoculum.evaluate.Score;
import org.inoculum.files.Json;
import org.inoculum.generate.GenerateOptions;
import org.inoculum.generate.Generation;
import org.inoculum.generate.MadeRun;
import org.inoculum.generate.SetContents;
import org.inoculum.generate.Shard;
import org.inoculum.generate.SyntheticFormat;
import org.inoculum.image.Png;
import org.inoculum.model.Latents;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.torch.PrecisionChoice;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark standalone, one master and two workers in processes of their own: the set and the scores of
 * one process, also when a worker is killed midway. {@code -Dinoculum.spark-run=RUN} takes a
 * trained run; {@link Cluster} says how the jar for spark-submit is tried.
 */
@Tag("slow")
class StandaloneTest {
  private static final int COUNT =
      Integer.getInteger("inoculum.spark-count", Sizes.of(700, 20_000));

  /** Batches of a chunk: many chunks, whatever the count. */
  private static final int CHUNK = COUNT < 5_000 ? 1 : 4;

  @TempDir private Path folder;

  @Test
  void theSetIsThatOfOneProcessAlsoWhenAWorkerIsKilled() throws Exception {
    String given = System.getProperty("inoculum.spark-run", "");
    RunDirectory run =
        given.isEmpty() ? MadeRun.thatLearnedByHeart(folder, 1) : RunDirectory.open(Path.of(given));
    Map<String, String> expected = SetContents.of(single(run, COUNT, SyntheticFormat.WEBDATASET));
    try (Cluster cluster = new Cluster(folder, 2)) {
      Path out = folder.resolve("spark");
      Process driver = generate(cluster, run, "undisturbed", out);
      assertThat(driver.waitFor(30, TimeUnit.MINUTES)).isTrue();
      assertThat(driver.exitValue()).as(cluster.log("undisturbed")).isZero();
      assertThat(SetContents.of(out)).isEqualTo(expected);

      Path other = folder.resolve("killed");
      Process killed = generate(cluster, run, "disturbed", other);
      while (killed.isAlive()
          && lists(folder.resolve(".killed.part/chunks")) < COUNT / 2 / (64 * CHUNK)) {
        Thread.sleep(50);
      }
      assertThat(killed.isAlive()).as("still generating").isTrue();
      assertThat(cluster.executors(0)).isPositive();
      cluster.kill(0);
      assertThat(killed.waitFor(30, TimeUnit.MINUTES)).isTrue();
      assertThat(killed.exitValue()).as(cluster.log("disturbed")).isZero();
      assertThat(cluster.log("disturbed")).contains("Lost executor");
      assertThat(SetContents.of(other)).isEqualTo(expected);
    }
  }

  @Test
  void theScoresAreThoseOfOneProcess() throws Exception {
    RunDirectory run = MadeRun.thatLearnedByHeart(folder, 1);
    Path set = single(run, 200, SyntheticFormat.FOLDER);
    Path real = Files.createDirectories(folder.resolve("real"));
    for (int i = 0; i < 40; i++) {
      Files.write(real.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(3, i, 32)));
    }
    Path out = folder.resolve("evaluated.json");
    try (Cluster cluster = new Cluster(folder, 2)) {
      Process evaluator =
          cluster.submit(
              "evaluation",
              EvaluateDataset.class,
              set.toUri().toString(),
              "--held-out",
              real.toString(),
              "--run",
              run.path().toAbsolutePath().toString(),
              "--sample",
              "100",
              "--out",
              out.toString());
      assertThat(evaluator.waitFor(10, TimeUnit.MINUTES)).isTrue();
      assertThat(evaluator.exitValue()).as(cluster.log("evaluation")).isZero();
    }
    SetEvaluation evaluated = Json.read(out, SetEvaluation.class);
    assertThat(evaluated.images()).isEqualTo(200);
    assertThat(evaluated.copies()).as("the generation left them out").isZero();
    Comparison comparison = Comparison.ofFolders(real, set, null, 100, Reading.DEFAULT);
    List<Score> expected = Evaluation.of(comparison, ImageMeasurer.open("scattering", 1)).metrics();
    assertThat(evaluated.evaluation().metrics()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      Score score = expected.get(i);
      Score found = evaluated.evaluation().metrics().get(i);
      assertThat(found.name()).isEqualTo(score.name());
      assertThat(found.value())
          .as(score.name())
          .isCloseTo(score.value(), within(1e-6 * Math.max(1, Math.abs(score.value()))));
    }
  }

  private static Process generate(Cluster cluster, RunDirectory run, String name, Path out)
      throws IOException {
    return cluster.submit(
        name,
        GenerateDataset.class,
        run.path().toAbsolutePath().toString(),
        "--count",
        String.valueOf(COUNT),
        "--seed",
        "1",
        "--chunk",
        String.valueOf(CHUNK),
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

  private Path single(RunDirectory run, int count, SyntheticFormat format) {
    Path out = folder.resolve("single");
    GenerateOptions options =
        new GenerateOptions(
            count,
            1,
            2,
            PrecisionChoice.F32,
            true,
            SnapshotChoice.BEST,
            Optional.empty(),
            format,
            Shard.WHOLE,
            false,
            GenerateOptions.TAR_BYTES,
            OptionalInt.empty(),
            Latents.NO_TRUNCATION);
    Generation.generate(
        run, out, options, Optional.empty(), w -> {}, FileProgress.NONE, () -> false);
    return out;
  }
}
