package org.inoculum.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.inoculum.copies.TrainingImages;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.Reading;
import org.inoculum.evaluate.Comparison;
import org.inoculum.evaluate.Evaluation;
import org.inoculum.evaluate.Score;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.generate.GeneratedImage;
import org.inoculum.generate.MadeRun;
import org.inoculum.generate.SyntheticFormat;
import org.inoculum.image.Png;
import org.inoculum.image.Symmetry;
import org.inoculum.metric.Fid;
import org.inoculum.run.RunDirectory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is found of a set is what one machine finds. */
class SetEvaluatorTest {
  private static final int IMAGES = 260;

  private static JavaSparkContext spark;

  @TempDir private static Path shared;
  private static RunDirectory run;
  private static Path real;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    spark = LocalSpark.start();
    run = MadeRun.thatLearnedByHeart(shared, 1);
    real = Files.createDirectories(shared.resolve("real"));
    for (int i = 0; i < 40; i++) {
      Files.write(real.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(3, i, 32)));
    }
  }

  @AfterAll
  static void stop() {
    spark.close();
  }

  /** To a millionth: all scores of the sample, and FID where the sample is the whole set. */
  @ParameterizedTest
  @CsvSource({"WEBDATASET, random, 260", "FOLDER, pixels, 60"})
  void theScoresAreThoseOfEvaluate(SyntheticFormat format, String space, int sample)
      throws IOException {
    Path set = generated(format, "set");
    Path folders =
        format == SyntheticFormat.FOLDER ? set : generated(SyntheticFormat.FOLDER, "folders");
    SetEvaluation evaluated = evaluate(set, space, sample, Optional.empty());
    Comparison comparison = Comparison.ofFolders(real, folders, null, sample, Reading.DEFAULT);
    Evaluation single = Evaluation.of(comparison, ImageMeasurer.open(space, 1));

    Map<String, Double> expected = scores(single);
    assertThat(expected).containsKeys("kid", "fid", "precision", "recall", "coverage");
    Map<String, Double> found = scores(evaluated.evaluation());
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, value) ->
            assertThat(found.get(name)).as(name).isCloseTo(value, within(1e-6 * scale(value))));
    assertThat(evaluated.evaluation().verdict()).isEqualTo(single.verdict());
    assertThat(evaluated.images()).isEqualTo(IMAGES);
    assertThat(evaluated.sample()).isEqualTo(sample);

    Comparison all = Comparison.ofFolders(real, folders, null, IMAGES, Reading.DEFAULT);
    double fid = fid(all, space);
    assertThat(evaluated.fid()).isCloseTo(fid, within(1e-6 * scale(fid)));
  }

  private static double scale(double value) {
    return Math.max(1, Math.abs(value));
  }

  private static double fid(Comparison all, String space) {
    var features = ImageMeasurer.open(space, 1);
    var ofReal = features.of(all.real().images());
    var scaling = features.scalingFor(ofReal);
    return Fid.of(scaling.apply(ofReal), scaling.apply(features.of(all.generated().images())))
        .value();
  }

  private static Map<String, Double> scores(Evaluation evaluation) {
    return evaluation.metrics().stream().collect(Collectors.toMap(Score::name, Score::value));
  }

  /** An unfiltered set of a run that memorised one of its images. */
  @Test
  void copiesAndRepeatsAreFoundInTheWholeSet() throws IOException {
    Path set = generated(SyntheticFormat.FOLDER, "set");
    SetEvaluation evaluated =
        evaluate(
            set,
            "scattering",
            30,
            Optional.of(TrainingImages.read(run.path().resolve(TrainingImages.FILE))));
    assertThat(evaluated.copies()).isPositive();
    assertThat(evaluated.examples().copies())
        .extracting(SetEvaluation.Near::file)
        .contains("bacillus/000002.png");
    assertThat(evaluated.blank()).isZero();
    assertThat(evaluated.repeats()).isPositive();
  }

  /** Without training images: turned copies of three images, planted far apart. */
  @Test
  void plantedRepeatsAreFound() throws IOException {
    Path set = Files.createDirectories(folder.resolve("planted/bacillus"));
    StringBuilder manifest = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      var image = DrawnBacilli.draw(5, i < 290 ? i : i - 290, 64);
      byte[] png = Png.encode(i < 290 ? image : List.of(Symmetry.values()).get(i % 8).apply(image));
      String name = String.format(Locale.ROOT, "%06d.png", i);
      Files.write(set.resolve(name), png);
      manifest
          .append(
              Json.line(
                  new GeneratedImage(
                      "bacillus/" + name,
                      i,
                      0,
                      "bacillus",
                      "000001",
                      Sha256.of(png),
                      null,
                      null,
                      null)))
          .append('\n');
    }
    Files.writeString(folder.resolve("planted/manifest.jsonl"), manifest);
    SetEvaluation evaluated =
        evaluate(folder.resolve("planted"), "scattering", 30, Optional.empty());
    assertThat(evaluated.repeats()).isEqualTo(10);
    assertThat(evaluated.examples().repeats())
        .contains(new SetEvaluation.Near("bacillus/000293.png", "bacillus/000003.png"));
    assertThat(evaluated.copies()).isNull();
  }

  private Path generated(SyntheticFormat format, String name) throws IOException {
    Path out = folder.resolve(name);
    LocalSpark.generate(spark, run, false, IMAGES, format, 3, false, FaultPoint.NONE, out);
    return out;
  }

  private static SetEvaluation evaluate(
      Path set, String space, int sample, Optional<TrainingImages> training) throws IOException {
    return SetEvaluator.evaluate(
        spark,
        new HadoopFiles(set.toUri().toString(), spark.hadoopConfiguration()),
        real,
        null,
        training,
        space,
        sample,
        1);
  }
}
