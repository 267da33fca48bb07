package org.inoculum.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.inoculum.evaluate.Verdict.Conclusion;
import org.inoculum.image.Image;
import org.inoculum.image.Symmetry;
import org.inoculum.metric.Features;
import org.inoculum.torch.TorchTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What generators do wrong, done to real images on purpose, is called what it is. */
class VerdictTest extends TorchTest {
  private static final int COUNT = 64;

  private static List<Image> train = List.of();
  private static List<Image> real = List.of();
  private static List<Image> others = List.of();
  private static @Nullable FeatureSets known;
  private static @Nullable Scaling scaling;

  @BeforeAll
  static void read() {
    train = RealData.images("tb64/train64/bacillus");
    List<Image> heldOut = RealData.shuffled(RealData.images("tb64/heldout/bacillus"), 0);
    real = heldOut.subList(0, COUNT);
    others = heldOut.subList(COUNT, 2 * COUNT);
    try (FeatureSpace space = new ScatteringFeatures()) {
      Features raw = space.of(real);
      scaling = space.scalingFor(raw);
      Features features = scaling.apply(raw);
      known = new FeatureSets(space.name(), features, features, scaling.apply(space.of(train)));
    }
  }

  @Test
  void everyScoreOfOtherRealImagesIsAtItsBaseline() {
    Comparison images = comparison(others.subList(0, COUNT / 2));
    for (Score score :
        Scores.of(features(images), images, new Steps(org.inoculum.data.FileProgress.NONE, 1))) {
      assertThat(isAtItsBaseline(score)).as(score.toString()).isTrue();
    }
  }

  /** So that the test above can fail. */
  @Test
  void scoresOfBlurredImagesAreNotAtTheirBaseline() {
    Comparison images =
        comparison(others.stream().map(image -> RealData.blurred(image, 1.5)).toList());
    assertThat(
            Scores.ofClass(features(images), images).stream()
                .filter(score -> !isAtItsBaseline(score))
                .map(Score::name))
        .contains("kid", "precision", "coverage");
  }

  /**
   * Value and baseline scatter alike, so their difference by √2 times as much; of eleven scores of
   * real images one in twenty sets may have one beyond: 2.84 standard errors (Bonferroni), where an
   * interval has 1.96.
   */
  private static boolean isAtItsBaseline(Score score) {
    double baseline = Objects.requireNonNull(score.baseline(), score.name());
    double low = Objects.requireNonNull(score.low(), score.name());
    double high = Objects.requireNonNull(score.high(), score.name());
    double error = baseline < score.value() ? score.value() - low : high - score.value();
    return Math.abs(baseline - score.value()) <= Math.sqrt(2) * 2.84 / 1.96 * error;
  }

  @Test
  void otherRealImagesAreIndistinguishable() {
    Verdict verdict = evaluate(others);
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.conclusion()).isEqualTo(Conclusion.INDISTINGUISHABLE);
    assertThat(verdict.summary()).contains("indistinguishable", "n = 64");
  }

  @Test
  void aBlurIsCalledABlur() {
    assertFault(others.stream().map(image -> RealData.blurred(image, 1.5)).toList(), Fault.BLURRED);
  }

  @Test
  void noiseIsCalledNoise() {
    assertFault(
        IntStream.range(0, COUNT).mapToObj(i -> RealData.noisy(others.get(i), 10, i)).toList(),
        Fault.NOISY);
  }

  @Test
  void oneImageAgainAndAgainIsCalledACollapse() {
    assertFault(Collections.nCopies(COUNT, others.get(3)), Fault.NOT_VARIED);
  }

  @Test
  void aReplayIsCalledCopying() {
    assertFault(train, Fault.COPIES);
  }

  @Test
  void turnedAndMirroredTrainingImagesAreCopiesToo() {
    List<Image> turned = new ArrayList<>();
    for (int i = 0; i < train.size(); i++) {
      turned.add(RealData.noisy(Symmetry.ofExif(i % 8 + 1).apply(train.get(i)), 1, i));
    }
    assertFault(turned, Fault.COPIES);
  }

  @Test
  void fewImagesSayThatTheyAreFew() {
    Verdict verdict = evaluate(others.subList(0, 2));
    assertThat(verdict.conclusion()).isEqualTo(Conclusion.CANNOT_TELL);
    assertThat(verdict.summary()).contains("cannot tell", "2 generated");
  }

  private static void assertFault(List<Image> generated, Fault fault) {
    Verdict verdict = evaluate(generated);
    assertThat(verdict.findings()).extracting(Finding::fault).containsExactly(fault);
  }

  private static Verdict evaluate(List<Image> generated) {
    Comparison images = comparison(generated);
    return Verdict.of(Evidence.of(images, features(images)));
  }

  private static Comparison comparison(List<Image> generated) {
    return new Comparison(
        ImageSet.of("real", real),
        ImageSet.of("generated", generated),
        ImageSet.of("training", train),
        List.of());
  }

  /** Those of the real and training images are computed once. */
  private static FeatureSets features(Comparison images) {
    FeatureSets sets = Objects.requireNonNull(known);
    try (FeatureSpace space = new ScatteringFeatures()) {
      return new FeatureSets(
          sets.space(),
          sets.real(),
          Objects.requireNonNull(scaling).apply(space.of(images.generated().images())),
          sets.train());
    }
  }
}
