package org.inoculum.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.UserException;
import org.inoculum.image.Image;
import org.inoculum.metric.DensityCoverage;
import org.inoculum.metric.EnergyDistance;
import org.inoculum.metric.Features;
import org.inoculum.metric.PrecisionRecall;
import org.inoculum.torch.Tensors;

/**
 * Scores generated images again and again during a training, against the same held-out images and
 * by {@link ScatteringFeatures}. The features of the held-out images are computed once; a score
 * costs those of the generated images and little else.
 *
 * <p>Small differences between two scores mean nothing: over ten seeds of 32 drawn bacilli of 64
 * pixels against 64 others, the standard deviation of coverage was 0.06
 * (docs/explanation/metrics.md has more). Beside each number stands its baseline, what one half of
 * the held-out images scores against the other.
 */
public final class HeldOutScore implements AutoCloseable {
  /** Fewest held-out images: each half needs one more than a ball has neighbours. */
  public static final int LEAST_HELD_OUT = 2 * (DensityCoverage.DEFAULT_K + 1);

  /** Fewest generated images: a ball has so many neighbours, and one is in the middle. */
  public static final int LEAST_GENERATED = DensityCoverage.DEFAULT_K + 1;

  private static final int DRAWS = 5;
  private static final int MOST_DRAWN = 256;

  private final ScatteringFeatures space = new ScatteringFeatures();
  private final Scaling scaling;
  private final Features heldOut;
  private final int side;
  private final Map<Integer, Baseline> baselines = new HashMap<>();

  /**
   * One score.
   *
   * @param energyDistance the score that decides: {@link EnergyDistance}; smaller is better
   * @param energyDistanceError its standard error over generated images, against the same real ones
   * @param energyDistanceBaseline of real images
   * @param precision k = 3, at equal counts
   * @param precisionBaseline of real images at the same counts
   * @param recall k = 3, at equal counts
   * @param recallBaseline of real images at the same counts
   * @param coverage k = 5, at equal counts; larger is better
   * @param coverageBaseline of real images at the same counts
   * @param nReal held-out images
   * @param nGenerated generated images
   * @param drawn images of each set in the draws behind precision, recall and coverage
   */
  public record Result(
      double energyDistance,
      double energyDistanceError,
      double energyDistanceBaseline,
      double precision,
      double precisionBaseline,
      double recall,
      double recallBaseline,
      double coverage,
      double coverageBaseline,
      int nReal,
      int nGenerated,
      int drawn) {}

  private record Baseline(double energy, Neighbourhood neighbourhood) {}

  private record Neighbourhood(double precision, double recall, double coverage) {}

  /** Scales features by the held-out images alone, for which they should be many. */
  public HeldOutScore(List<Image> heldOut) {
    this(heldOut, List.of());
  }

  /**
   * Computes the features of the held-out images; {@link org.inoculum.torch.LibTorch#load} comes
   * first.
   *
   * @param heldOut images of one size that the training never sees
   * @param others further real images of that size, which features are scaled by too: how much one
   *     varies is badly known from a few images, and KID's kernel takes the third power of it
   * @throws UserException of kind BAD_DATA if there are fewer than {@link #LEAST_HELD_OUT}
   */
  public HeldOutScore(List<Image> heldOut, List<Image> others) {
    if (heldOut.size() < LEAST_HELD_OUT) {
      throw UserException.badData(
          "expected at least %d held-out images to score a training with, found %d"
              .formatted(LEAST_HELD_OUT, heldOut.size()));
    }
    side = heldOut.get(0).width();
    Features raw = space.of(heldOut);
    scaling =
        space.scalingFor(
            others.isEmpty()
                ? raw
                : space.of(Stream.concat(heldOut.stream(), others.stream()).toList()));
    this.heldOut = scaling.apply(raw);
  }

  /**
   * Scores what a generator made.
   *
   * @param generated (N, C, H, W) in -1..1, N at least {@link #LEAST_GENERATED}
   */
  public Result of(Tensor generated) {
    try (PointerScope scope = new PointerScope()) {
      return of(Tensors.toImages(generated));
    }
  }

  /**
   * Scores images.
   *
   * @param generated at least {@link #LEAST_GENERATED}; resized to the held-out images' size
   */
  public Result of(List<Image> generated) {
    if (generated.size() < LEAST_GENERATED) {
      throw new IllegalArgumentException(
          "expected at least " + LEAST_GENERATED + " images, found " + generated.size());
    }
    Features fake =
        scaling.apply(space.of(ImageSet.of("generated", generated).resized(side).images()));
    int n = Subsets.size(heldOut.count(), 0, fake.count(), MOST_DRAWN);
    List<Subsets> draws = Subsets.of(heldOut.count(), 0, fake.count(), n, DRAWS);
    Neighbourhood found =
        averaged(
            draws,
            draw -> neighbourhood(heldOut.select(draw.real()), fake.select(draw.generated())));
    Baseline baseline = baselines.computeIfAbsent(n, size -> baseline(draws));
    EnergyDistance energy = EnergyDistance.of(heldOut, fake);
    return new Result(
        energy.value(),
        energy.error(),
        baseline.energy(),
        found.precision(),
        baseline.neighbourhood().precision(),
        found.recall(),
        baseline.neighbourhood().recall(),
        found.coverage(),
        baseline.neighbourhood().coverage(),
        heldOut.count(),
        fake.count(),
        n);
  }

  @Override
  public void close() {
    space.close();
  }

  private Baseline baseline(List<Subsets> draws) {
    return new Baseline(
        mean(
            draws,
            draw ->
                EnergyDistance.of(heldOut.select(draw.real()), heldOut.select(draw.baseline()))
                    .value()),
        averaged(
            draws,
            draw -> neighbourhood(heldOut.select(draw.real()), heldOut.select(draw.baseline()))));
  }

  private static Neighbourhood neighbourhood(Features real, Features other) {
    PrecisionRecall shares = PrecisionRecall.of(real, other, PrecisionRecall.DEFAULT_K);
    return new Neighbourhood(
        shares.precision(),
        shares.recall(),
        DensityCoverage.of(real, other, DensityCoverage.DEFAULT_K).coverage());
  }

  private static Neighbourhood averaged(List<Subsets> draws, Function<Subsets, Neighbourhood> of) {
    List<Neighbourhood> all = draws.stream().map(of).toList();
    return new Neighbourhood(
        mean(all, Neighbourhood::precision),
        mean(all, Neighbourhood::recall),
        mean(all, Neighbourhood::coverage));
  }

  private static <T> double mean(List<T> all, ToDoubleFunction<T> number) {
    return all.stream().mapToDouble(number).average().orElseThrow();
  }
}
