package org.inoculum.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.inoculum.copies.CopyFilter.Reason;
import org.inoculum.copies.TrainingImages;
import org.inoculum.data.Reading;
import org.inoculum.evaluate.Comparison;
import org.inoculum.evaluate.Evaluation;
import org.inoculum.evaluate.FeatureSpace;
import org.inoculum.evaluate.ImageSet;
import org.inoculum.image.Image;
import org.inoculum.metric.Features;
import org.inoculum.metric.Fid;
import org.inoculum.metric.Moments;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a set on a cluster: FID, copies and repeats over all images; what takes all pairs, such
 * as KID, precision and recall, on the images that {@code inoculum evaluate} would draw, by its
 * code.
 */
final class SetEvaluator {
  private static final int FILES_A_TASK = 512;
  private static final int MOST_EXAMPLES = 100;

  private SetEvaluator() {}

  /**
   * Evaluates.
   *
   * @param set a synthetic data set, in whatever format
   * @param real a folder of real images on the driver's disk
   * @param train the folder of the training images likewise, or null
   * @param training what copies are searched with, if it is known
   * @param space name of the feature space
   * @param sample images that are drawn for the metrics of all pairs
   * @param threads of libtorch in each task
   */
  static SetEvaluation evaluate(
      JavaSparkContext spark,
      HadoopFiles set,
      Path real,
      @Nullable Path train,
      Optional<TrainingImages> training,
      String space,
      int sample,
      int threads)
      throws IOException {
    SetIndex index = SetIndex.read(set);
    ImageSet drawn = sample(spark, set, index, sample);
    Comparison comparison = Comparison.ofImages(real, count -> drawn, train, Reading.DEFAULT);
    FeatureSpace features = ImageMeasurer.open(space, threads);
    int side = comparison.real().images().get(0).width();
    Features ofReal = features.of(comparison.real().images());
    double[][] rows = new double[ofReal.count()][];
    Arrays.setAll(rows, ofReal::row);
    Broadcast<ImageMeasurer> measuring =
        spark.broadcast(
            new ImageMeasurer(
                space, side, rows, training.map(TrainingImages::document).orElse(""), threads));
    List<SyntheticImages> pieces = index.cut(index.entries(), FILES_A_TASK);
    JavaRDD<SyntheticImages> images = spark.parallelize(pieces, pieces.size());
    Moments moments = moments(images, set, measuring, rows[0].length);
    Moments ofTheReal = Moments.of(features.scalingFor(ofReal).apply(ofReal));

    JavaRDD<ImageSummary> looks =
        images
            .flatMap(piece -> measuring.value().look(set, piece).iterator())
            .persist(StorageLevel.DISK_ONLY());
    List<ImageSummary> copies = rejected(looks, Reason.COPY);
    List<ImageSummary> blank = rejected(looks, Reason.BLANK);
    List<RepeatFinder.Pair> repeats = RepeatFinder.of(looks);
    looks.unpersist();
    boolean known = training.isPresent();
    return new SetEvaluation(
        index.entries().size(),
        ofReal.count(),
        space,
        side,
        Fid.of(ofTheReal, moments).value(),
        known ? copies.size() : null,
        known ? blank.size() : null,
        repeats.size(),
        known
            ? "as near as a copy would have to be to the nearest training image"
            : "a descriptor distance of 0.12",
        new SetEvaluation.Examples(
            copies.stream()
                .limit(MOST_EXAMPLES)
                .map(one -> new SetEvaluation.Near(one.file(), String.valueOf(one.nearestReal())))
                .toList(),
            blank.stream().limit(MOST_EXAMPLES).map(ImageSummary::file).toList(),
            repeats.stream()
                .limit(MOST_EXAMPLES)
                .map(one -> new SetEvaluation.Near(one.file(), one.of()))
                .toList()),
        drawn.count(),
        Evaluation.of(comparison, features));
  }

  private static Moments moments(
      JavaRDD<SyntheticImages> images,
      HadoopFiles set,
      Broadcast<ImageMeasurer> measuring,
      int dimension) {
    double[] sum =
        images
            .map(piece -> measuring.value().moments(set, piece).numbers())
            .treeAggregate(
                Moments.none(dimension).numbers(),
                (one, other) -> joined(one, other, dimension),
                (one, other) -> joined(one, other, dimension));
    return Moments.ofNumbers(sum, dimension);
  }

  private static double[] joined(double[] one, double[] other, int dimension) {
    return Moments.ofNumbers(one, dimension).with(Moments.ofNumbers(other, dimension)).numbers();
  }

  private static List<ImageSummary> rejected(JavaRDD<ImageSummary> looks, Reason reason) {
    List<ImageSummary> found =
        new ArrayList<>(looks.filter(look -> look.rejected() == reason).collect());
    found.sort(Comparator.comparingInt(ImageSummary::place));
    return found;
  }

  /** An image on its way to the driver. */
  @SuppressWarnings("ArrayRecordComponent") // sent, never compared
  private record Sent(SyntheticImages.Entry entry, byte[] png) implements Serializable {
    private static final long serialVersionUID = 1;
  }

  private static ImageSet sample(
      JavaSparkContext spark, HadoopFiles set, SetIndex index, int sampleSize) {
    List<SyntheticImages.Entry> wanted = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int place : ImageSet.sample(index.entries().size(), sampleSize)) {
      wanted.add(index.entries().get(place));
      labels.add(index.labels().get(place));
    }
    List<SyntheticImages> pieces = index.cut(wanted, FILES_A_TASK);
    List<Sent> sent =
        new ArrayList<>(
            spark
                .parallelize(pieces, pieces.size())
                .flatMap(
                    piece -> {
                      List<Sent> some = new ArrayList<>();
                      piece.read(set, (entry, png) -> some.add(new Sent(entry, png)));
                      return some.iterator();
                    })
                .collect());
    sent.sort(Comparator.comparingInt(one -> one.entry.place()));
    List<Image> images =
        sent.stream().map(one -> SyntheticImages.decode(one.entry, one.png)).toList();
    return new ImageSet("generated", index.classes(), labels, images);
  }
}
