package org.inoculum.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.inoculum.copies.TrainingImages;
import org.inoculum.data.Sample;
import org.inoculum.evaluate.HeldOutScore;
import org.inoculum.image.Image;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.torch.Tensors;

/**
 * Evaluates the generator now and then during a training, by {@link HeldOutScore}, and says which
 * snapshot is the best so far: the one with the lowest energy distance. All are compared with the
 * same real images, by images of the same latents, so that what they differ by is less uncertain
 * than each of their scores.
 *
 * <p>Copies of training images are left out before the scores, as {@code generate} leaves them out:
 * otherwise a generator that is evaluated on its training images would be praised for them.
 */
final class Evaluator implements AutoCloseable {
  /** Images that are generated at a time. */
  private static final int BATCH = 32;

  /** Real images at most; more would cost more than they tell. */
  private static final int MOST_REAL = 256;

  /** Beyond so many training images nobody looks for copies while training. */
  private static final int MOST_SEARCHED = 2000;

  /**
   * How often, and by how many images.
   *
   * @param dense sample grids up to which each one is evaluated; from twice as many on every second
   *     one, from four times as many on every fourth, and so on
   * @param count generated images
   */
  record Effort(int dense, int count) {
    /** What a training does. */
    static final Effort DEFAULT = new Effort(8, 128);

    /** Whether the nth sample grid, from 1, is evaluated: nothing else, no clock, decides it. */
    boolean at(long n) {
      return n % Math.max(1, Long.highestOneBit(n / dense)) == 0;
    }
  }

  private final TrainConfig config;
  private final TrainingRecord record;
  private final ValidationSet validation;
  private final Effort effort;
  private final Optional<HeldOutScore> score;
  private final Optional<TrainingImages> searched;
  private final double copyThreshold;
  private final long[] labels;
  private final int realCount;

  private Optional<EvaluationRecord> lowest = Optional.empty();
  private Optional<EvaluationRecord> last = Optional.empty();
  private RecallCollapseCheck variety = new RecallCollapseCheck();

  /** Looks at the real images; {@link org.inoculum.torch.Engine#start} comes first. */
  Evaluator(TrainConfig config, ValidationSet validation, TrainingRecord record, Effort effort) {
    this.config = config;
    this.validation = validation;
    this.record = record;
    this.effort = effort;
    List<Sample> reals = some(validation.real().samples(), config.seed());
    realCount = reals.size();
    score =
        realCount < HeldOutScore.LEAST_HELD_OUT
            ? Optional.empty()
            : Optional.of(new HeldOutScore(images(reals), others(validation, config.seed())));
    searched =
        score.isEmpty() || validation.training().samples().size() > MOST_SEARCHED
            ? Optional.empty()
            : Optional.of(TrainingImages.of(validation.training()));
    copyThreshold = searched.map(TrainingImages::threshold).orElse(0.0);
    labels = score.isEmpty() ? new long[0] : labels(reals);
  }

  /** A line for the log. */
  String describe() {
    return score.isPresent()
        ? validation.describe()
        : "not evaluated while it trains: that takes at least %d real images, and here are %d"
            .formatted(HeldOutScore.LEAST_HELD_OUT, realCount);
  }

  /** Goes on from what {@code metrics.jsonl} says, which ends at this iteration or before. */
  void seekTo() {
    List<EvaluationRecord> lines = record.run().metrics(EvaluationRecord.class);
    last = lines.isEmpty() ? Optional.empty() : Optional.of(lines.get(lines.size() - 1));
    lowest =
        lines.stream()
            .filter(line -> line.energyDistance() != null)
            .min(Comparator.comparingDouble(EvaluationRecord::score));
    record.run().forgetBest();
    lines.stream()
        .filter(EvaluationRecord::best)
        .reduce((earlier, later) -> later)
        .ifPresent(best -> record.run().markBest(best.iteration()));
    variety = new RecallCollapseCheck();
    lines.forEach(line -> variety.warning(line, 0)); // what was said then is not said again
  }

  /** Whether it is time again, at an iteration whose snapshot was saved. */
  boolean due(long iteration, boolean end) {
    boolean done = last.isPresent() && last.get().iteration() == iteration;
    return score.isPresent()
        && !done
        && (end
            || (iteration % config.recipe().sampleEvery() == 0
                && effort.at(iteration / config.recipe().sampleEvery())));
  }

  /**
   * Evaluates the generator as it is now.
   *
   * @param progress share of the budget so far, 0..1
   */
  void evaluate(Trainer trainer, long iteration, double progress) {
    List<Image> generated = generate(trainer);
    int made = generated.size();
    searched.ifPresent(
        training -> generated.removeIf(image -> training.nearest(image).ratio() < copyThreshold));
    Optional<HeldOutScore.Result> found =
        generated.size() < HeldOutScore.LEAST_GENERATED
            ? Optional.empty()
            : score.map(held -> held.of(generated));
    EvaluationRecord evaluation =
        EvaluationRecord.of(
            iteration,
            config.kimg(iteration),
            validation.by(),
            realCount,
            generated.size(),
            searched.isPresent() ? 1 - (double) generated.size() / made : null,
            found,
            found.isPresent() && isBest(found.get().energyDistance()));
    remember(evaluation);
    record.evaluated(evaluation);
    record.log(line(evaluation));
    variety.warning(evaluation, progress).ifPresent(record::warn);
  }

  private boolean isBest(double energyDistance) {
    return lowest.isEmpty() || energyDistance <= lowest.get().score();
  }

  private void remember(EvaluationRecord evaluation) {
    last = Optional.of(evaluation);
    Double found = evaluation.energyDistance();
    if (found != null && lowest.stream().noneMatch(before -> before.score() <= found)) {
      lowest = last;
    }
  }

  private List<Image> generate(Trainer trainer) {
    long seed = RandomStream.of(config.seed(), Purpose.EVALUATION, 0).nextLong();
    List<Image> images = new ArrayList<>();
    for (int from = 0; from < labels.length; from += BATCH) {
      long[] some = Arrays.copyOfRange(labels, from, Math.min(from + BATCH, labels.length));
      try (PointerScope scope = new PointerScope()) {
        images.addAll(Tensors.toImages(trainer.images(seed, from, some)));
      }
    }
    return images;
  }

  /** Classes of the generated images, as the real images have them. */
  private long[] labels(List<Sample> reals) {
    long[] all = new long[effort.count()];
    Arrays.setAll(
        all, i -> validation.label(reals.get((int) ((long) i * reals.size() / all.length))));
    return all;
  }

  /** At most {@link #MOST_REAL} of them, the same for the same seed, in their order. */
  private static List<Sample> some(List<Sample> samples, long seed) {
    List<Integer> places = new ArrayList<>(IntStream.range(0, samples.size()).boxed().toList());
    RandomStream random = RandomStream.of(seed, Purpose.EVALUATION, 1);
    while (places.size() > MOST_REAL) {
      places.remove(random.nextInt(places.size()));
    }
    return places.stream().map(samples::get).toList();
  }

  /** Training images that are not evaluated on, which the features are scaled by too. */
  private static List<Image> others(ValidationSet validation, long seed) {
    return validation.by() == ValidationSource.TRAINING_IMAGES
        ? List.of()
        : images(some(validation.training().samples(), seed));
  }

  private static List<Image> images(List<Sample> samples) {
    return samples.stream().map(Sample::image).toList();
  }

  private static String line(EvaluationRecord evaluation) {
    String copies =
        evaluation.copies() == null || evaluation.copies() == 0
            ? ""
            : String.format(Locale.ROOT, ", copies %.0f%%", 100 * evaluation.copies());
    return evaluation.energyDistance() == null
        ? "evaluated at iteration "
            + evaluation.iteration()
            + ": nearly all images are copies"
            + copies
        : String.format(
            Locale.ROOT,
            "evaluated at iteration %d: energy distance %.3f ± %.3f (real %.3f), coverage %.2f (%.2f)%s%s",
            evaluation.iteration(),
            evaluation.energyDistance(),
            evaluation.energyDistanceError(),
            evaluation.energyDistanceBaseline(),
            evaluation.coverage(),
            evaluation.coverageBaseline(),
            copies,
            evaluation.best() ? "; the best so far" : "");
  }

  @Override
  public void close() {
    score.ifPresent(HeldOutScore::close);
  }
}
