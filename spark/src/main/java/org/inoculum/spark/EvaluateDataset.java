package org.inoculum.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.inoculum.UserException;
import org.inoculum.copies.TrainingImages;
import org.inoculum.evaluate.Comparison;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.generate.CopyCheck;
import org.inoculum.run.RunDirectory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code spark-submit --class org.inoculum.spark.EvaluateDataset}: docs/guide/spark.md. */
@Command(
    name = "EvaluateDataset",
    mixinStandardHelpOptions = true,
    description =
        "Evaluates a synthetic data set on a Spark cluster: FID, copies and repeats over all its images, the other scores of"
            + " inoculum evaluate on a sample of them.")
public final class EvaluateDataset implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(EvaluateDataset.class);

  @Parameters(
      paramLabel = "SET",
      description =
          "A synthetic data set, on any file system that Hadoop knows and all machines see.")
  private String set = "";

  @Option(
      names = "--held-out",
      required = true,
      paramLabel = "DIR",
      description = "Real images, best held out of the training; on the driver's disk.")
  private Path real = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Where to write the result, as JSON, on the driver's disk; must not exist.")
  private Path out = Path.of("");

  @Option(
      names = "--train",
      paramLabel = "DIR",
      description = "The images that the generator was trained on; on the driver's disk.")
  private @Nullable Path train;

  @Option(
      names = "--run",
      paramLabel = "RUN",
      description =
          "The run that generated the set, whose training images are searched for copies.")
  private @Nullable Path run;

  @Option(
      names = "--features",
      paramLabel = "scattering|pixels",
      description = "What images are compared by. Default: ${DEFAULT-VALUE}.")
  private String features = "scattering";

  @Option(
      names = "--sample",
      paramLabel = "N",
      description =
          "Images for the scores that take all pairs, the ones that inoculum evaluate --count N draws. Default: ${DEFAULT-VALUE}.")
  private int sample = Comparison.MOST_GENERATED;

  /** Runs under spark-submit. */
  public static void main(String[] arguments) {
    SparkCommands.runAndExit(new EvaluateDataset(), arguments);
  }

  @Override
  public Integer call() throws IOException {
    if (!features.equals("scattering") && !features.equals("pixels")) {
      throw UserException.usage("--features must be scattering or pixels, was '" + features + "'");
    }
    if (sample < 2 || sample > Comparison.MOST_REAL) {
      throw UserException.usage(
          "--sample must be from 2 to " + Comparison.MOST_REAL + ", was " + sample);
    }
    Storage.refuseExisting(out);
    Optional<TrainingImages> training =
        run == null
            ? Optional.empty()
            : Optional.of(
                CopyCheck.of(RunDirectory.open(run), Optional.empty(), LOG::warn).training());
    SparkConf conf = new SparkConf().setIfMissing("spark.app.name", "inoculum EvaluateDataset");
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      SetEvaluation copyCheckResult =
          SetEvaluator.evaluate(
              spark,
              new HadoopFiles(set, spark.hadoopConfiguration()),
              real,
              train,
              training,
              features,
              sample,
              conf.getInt("spark.task.cpus", 1));
      Storage.writeFile(out, Json.document(copyCheckResult));
      LOG.info(
          "{} images: FID {}, {} copies, {} blank, {} repeats; {}",
          copyCheckResult.images(),
          copyCheckResult.fid(),
          copyCheckResult.copies(),
          copyCheckResult.blank(),
          copyCheckResult.repeats(),
          copyCheckResult.evaluation().verdict().summary());
    }
    return 0;
  }
}
