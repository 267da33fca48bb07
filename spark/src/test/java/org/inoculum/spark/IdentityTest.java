package org.inoculum.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.inoculum.Sizes;
import org.inoculum.UserException;
import org.inoculum.data.FileProgress;
import org.inoculum.generate.GenerateOptions;
import org.inoculum.generate.Generation;
import org.inoculum.generate.GenerationResult;
import org.inoculum.generate.MadeRun;
import org.inoculum.generate.SetContents;
import org.inoculum.generate.Shard;
import org.inoculum.generate.SyntheticFormat;
import org.inoculum.model.Latents;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.torch.PrecisionChoice;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Promise (F), docs/explanation/reliability.md, test 13: Spark generates the files of one process.
 */
class IdentityTest {
  private static final int COUNT = Sizes.of(1_000, 1_000_000);

  private static JavaSparkContext spark;

  @TempDir private static Path shared;
  private static RunDirectory run;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark = LocalSpark.start();
    run = MadeRun.thatLearnedByHeart(shared, 1);
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  @BeforeEach
  void forget() {
    Faults.forget();
  }

  @ParameterizedTest
  @CsvSource({"FOLDER, 1", "FOLDER, 7", "WEBDATASET, 7", "WEBDATASET, 32"})
  void theSetIsThatOfOneProcessWhateverThePartitionsAndFailures(
      SyntheticFormat format, int partitions) throws IOException {
    Path out = folder.resolve("spark");
    GenerationResult generated =
        LocalSpark.generate(spark, run, true, COUNT, format, partitions, false, Faults.once(), out);
    assertThat(Faults.failed()).as("failures that were injected").isGreaterThan(10);
    assertThat(generated.accepted()).isEqualTo(COUNT);
    assertThat(generated.rejected()).isPositive();
    Map<String, String> contents = SetContents.of(out);
    assertThat(contents).isEqualTo(single(COUNT, format, 1));
    assertThat(contents).isEqualTo(single(COUNT, format, 2));
    assertThat(folder.resolve(".spark.part")).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void sixteenBitsAreGeneratedToo(SyntheticFormat format) throws IOException {
    RunDirectory deep = MadeRun.memorisingNetwork(folder.resolve("deep"), 1);
    Path out = folder.resolve("spark");
    LocalSpark.generate(spark, deep, true, 200, format, 2, false, FaultPoint.NONE, out);
    Path one = folder.resolve("one");
    Generation.generate(
        deep,
        one,
        options(200, format, 1, LocalSpark.bits(deep)),
        Optional.empty(),
        w -> {},
        FileProgress.NONE,
        () -> false);
    assertThat(SetContents.of(out)).isEqualTo(SetContents.of(one));
    HadoopFiles set = new HadoopFiles(out.toUri().toString(), spark.hadoopConfiguration());
    assertThatThrownBy(() -> SetIndex.read(set))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("has 16 bits a sample");
  }

  @ParameterizedTest
  @EnumSource
  void aJobThatFailedIsResumed(SyntheticFormat format) throws IOException {
    Path out = folder.resolve("spark");
    for (FaultPoint.Place place : FaultPoint.Place.values()) {
      assertThatThrownBy(
              () ->
                  LocalSpark.generate(
                      spark, run, true, 400, format, 3, true, Faults.always(place, 2), out))
          .isInstanceOf(Exception.class)
          .hasStackTraceContaining("injected at " + place);
      assertThat(out).doesNotExist();
    }
    assertThatThrownBy(
            () -> LocalSpark.generate(spark, run, true, 401, format, 3, true, FaultPoint.NONE, out))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("something else was generated there");
    LocalSpark.generate(spark, run, true, 400, format, 3, true, FaultPoint.NONE, out);
    assertThat(SetContents.of(out)).isEqualTo(single(400, format, 1));
    assertThatThrownBy(
            () -> LocalSpark.generate(spark, run, true, 400, format, 3, true, FaultPoint.NONE, out))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("exists already");
  }

  @Test
  void aChunkThatHasChangedIsFound() throws IOException {
    Path out = folder.resolve("spark");
    assertThatThrownBy(
            () ->
                LocalSpark.generate(
                    spark,
                    run,
                    false,
                    400,
                    SyntheticFormat.FOLDER,
                    3,
                    false,
                    Faults.always(FaultPoint.Place.DRAWING, 3),
                    out))
        .isInstanceOf(SparkException.class);
    Path tar = folder.resolve(".spark.part/chunks/00000001.tar");
    byte[] content = Files.readAllBytes(tar);
    content[600] = (byte) (content[600] ^ 1);
    Files.write(tar, content);
    assertThatThrownBy(
            () ->
                LocalSpark.generate(
                    spark, run, false, 400, SyntheticFormat.FOLDER, 3, true, FaultPoint.NONE, out))
        .hasStackTraceContaining("is not the one that was drawn; remove chunks/00000001.tar");
  }

  /** What one process generates, generated once for all tests. */
  private static Map<String, String> single(int count, SyntheticFormat format, int threads)
      throws IOException {
    Path out = shared.resolve(count + " " + format + " " + threads);
    if (!Files.exists(out)) {
      GenerateOptions options = options(count, format, threads, OptionalInt.empty());
      Generation.generate(
          run, out, options, Optional.empty(), w -> {}, FileProgress.NONE, () -> false);
    }
    return SetContents.of(out);
  }

  private static GenerateOptions options(
      int count, SyntheticFormat format, int threads, OptionalInt bits) {
    return new GenerateOptions(
        count,
        1,
        threads,
        PrecisionChoice.F32,
        true,
        SnapshotChoice.BEST,
        Optional.empty(),
        format,
        Shard.WHOLE,
        false,
        LocalSpark.TAR_BYTES,
        bits,
        Latents.NO_TRUNCATION);
  }
}
