package org.inoculum.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.inoculum.UserException;
import org.inoculum.copies.TrainingImages;
import org.inoculum.generate.CopyCheck;
import org.inoculum.generate.GenerateOptions;
import org.inoculum.generate.GenerationOrigin;
import org.inoculum.generate.GenerationResult;
import org.inoculum.generate.SyntheticFormat;
import org.inoculum.model.Latents;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.Snapshot;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.torch.Precision;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spark-submit --class org.inoculum.spark.GenerateDataset}: docs/guide/spark.md. */
@Command(
    name = "GenerateDataset",
    mixinStandardHelpOptions = true,
    description =
        "Generates a synthetic data set from a run on a Spark cluster: byte for byte the set that inoculum generate generates.")
public final class GenerateDataset implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(GenerateDataset.class);

  @Parameters(paramLabel = "RUN", description = "A run directory, on the driver's disk.")
  private Path run = Path.of("");

  @Option(names = "--count", required = true, paramLabel = "N", description = "Images to generate.")
  private int count;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "URI",
      description =
          "The new data set, on any file system that Hadoop knows and all machines see; must not exist.")
  private String out = "";

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides the images. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--truncation",
      paramLabel = "T",
      description = "SamplingPlan again what is larger than T in a latent.")
  private double truncation = Latents.NO_TRUNCATION;

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "Generate this class only. Default: all classes, in turn.")
  private @Nullable String className;

  @Option(
      names = "--format",
      paramLabel = "folder|webdataset",
      description = "As inoculum generate. Default: folder.")
  private SyntheticFormat format = SyntheticFormat.FOLDER;

  @Option(
      names = "--bits",
      paramLabel = "8|16",
      description = "Bits of a sample, as inoculum generate. Default: 8.")
  private @Nullable Integer bits;

  @Option(
      names = "--snapshot",
      paramLabel = "best|newest|N",
      description = "Which of the run's generators. Default: best.")
  private String snapshot = "best";

  @Option(
      names = "--precision",
      paramLabel = "f32|bf16",
      description =
          "Number format of the generator, the same on all machines. Default: f32; compare with inoculum generate --precision f32.")
  private Precision precision = Precision.F32;

  @Option(
      names = "--no-filter",
      description =
          "Takes every image, without the copy check: copies, repeats and blank images too.")
  private boolean noFilter;

  @Option(
      names = "--resume",
      description = "Goes on where the same job was stopped or killed, if it was.")
  private boolean resume;

  @Option(
      names = "--chunk",
      paramLabel = "B",
      description =
          "Batches of 64 images that a task draws at a time, and that are lost when it fails. Default: ${DEFAULT-VALUE}.")
  private int chunkBatches = GeneratePlan.CHUNK_BATCHES;

  @Option(
      names = "--partitions",
      paramLabel = "P",
      description = "Tasks. Default: one for each chunk. Changes nothing but the time.")
  private int partitions;

  /** Runs under spark-submit. */
  public static void main(String[] arguments) {
    SparkCommands.runAndExit(new GenerateDataset(), arguments);
  }

  @Override
  public Integer call() throws IOException {
    SparkConf conf = new SparkConf().setIfMissing("spark.app.name", "inoculum GenerateDataset");
    RunDirectory directory = RunDirectory.open(run);
    Snapshot chosen = SnapshotChoice.parse(snapshot).in(directory, LOG::warn);
    Optional<TrainingImages> training =
        noFilter
            ? Optional.empty()
            : Optional.of(CopyCheck.of(directory, Optional.empty(), LOG::warn).training());
    if (!(truncation >= Latents.MIN_TRUNCATION)) {
      throw UserException.usage(
          "--truncation must be at least " + Latents.MIN_TRUNCATION + ", was " + truncation);
    }
    GeneratePlan plan =
        new GeneratePlan(
            count,
            format,
            GenerateOptions.TAR_BYTES,
            chunkBatches,
            partitions,
            conf.getInt("spark.task.cpus", 1),
            resume);
    GenerationOrigin origin =
        GenerationOrigin.of(
            directory,
            chosen,
            Optional.ofNullable(className),
            seed,
            truncation,
            bits == null ? OptionalInt.empty() : OptionalInt.of(bits),
            precision,
            training,
            LOG::warn);
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      long start = System.nanoTime();
      GenerationResult generated =
          SparkGenerator.generate(
              spark, origin, chosen, training, plan, out, FaultPoint.NONE, LOG::info);
      double seconds = (System.nanoTime() - start) / 1e9;
      LOG.info(
          "{}: {} images, {} left out, {} s, {} images/s",
          out,
          generated.accepted(),
          generated.rejected(),
          Math.round(seconds),
          Math.round(generated.accepted() / seconds * 10) / 10.0);
    }
    return 0;
  }
}
