package org.inoculum.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.inoculum.copies.TrainingImages;
import org.inoculum.data.Manifest;
import org.inoculum.generate.CopyCheck;
import org.inoculum.generate.GenerationOrigin;
import org.inoculum.generate.GenerationResult;
import org.inoculum.generate.SyntheticFormat;
import org.inoculum.model.Latents;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.Snapshot;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.torch.Precision;

/**
 * Spark in this Java, with two cores and 24 attempts at each task. It logs nothing: the failures
 * that tests inject would fill pages, and the others are thrown.
 */
final class LocalSpark {
  static final int TAR_BYTES = 40_000;

  private LocalSpark() {}

  static JavaSparkContext start() {
    return new JavaSparkContext(
        new SparkConf()
            .setMaster("local[2,24]")
            .setAppName("test")
            .set("spark.ui.enabled", "false")
            .set("spark.log.level", "OFF")
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1"));
  }

  static GenerationResult generate(
      JavaSparkContext spark,
      RunDirectory run,
      boolean filter,
      int count,
      SyntheticFormat format,
      int partitions,
      boolean resume,
      FaultPoint fault,
      Path out)
      throws IOException {
    Snapshot snapshot = SnapshotChoice.BEST.in(run, warning -> {});
    Optional<TrainingImages> training =
        filter
            ? Optional.of(CopyCheck.of(run, Optional.empty(), warning -> {}).training())
            : Optional.empty();
    GenerationOrigin origin =
        GenerationOrigin.of(
            run,
            snapshot,
            Optional.empty(),
            1L,
            Latents.NO_TRUNCATION,
            bits(run),
            Precision.F32,
            training,
            warning -> {});
    GeneratePlan plan = new GeneratePlan(count, format, TAR_BYTES, 2, partitions, 1, resume);
    return SparkGenerator.generate(
        spark, origin, snapshot, training, plan, out.toUri().toString(), fault, told -> {});
  }

  /** 16 for a run that was trained on files of more than 8 bits. */
  static OptionalInt bits(RunDirectory run) {
    return run.dataset(Manifest.class).window() == null ? OptionalInt.empty() : OptionalInt.of(16);
  }
}
