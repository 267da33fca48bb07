package org.inoculum.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrechetTest {
  /** In one dimension the distance is (μ₁ - μ₂)² + (σ₁ - σ₂)². */
  @Test
  void oneDimensionHasAClosedForm() {
    Features a = Features.of(new double[][] {{0}, {2}, {4}}, "a"); // mean 2, sd 2
    Features b = Features.of(new double[][] {{7}, {8}, {9}}, "b"); // mean 8, sd 1

    assertThat(Fid.of(a, b).value()).isCloseTo(37, within(1e-12));
    assertThat(Fid.of(a, b).meanTerm()).isCloseTo(36, within(1e-12));
  }

  /** Columns of zeros change nothing, but move n < d to the other formulation. */
  @Test
  void bothFormulationsAgree() {
    Features a = Sets.normal(40, 12, 0, 1, 1);
    Features b = Sets.normal(30, 12, 0.2, 2, 2);
    double tall = Fid.of(a, b).value();

    double wide = Fid.of(padded(a, 100), padded(b, 100)).value();
    double mixed = Fid.of(padded(a, 35), padded(b, 35)).value();

    assertThat(wide).isCloseTo(tall, within(1e-11));
    assertThat(mixed).isCloseTo(tall, within(1e-11));
  }

  /** A feature that repeats another makes both covariances singular; scaling by 2 adds (σ)². */
  @Test
  void singularCovariancesAreExact() {
    Features a = Sets.normal(50, 6, 0, 1, 1).map(row -> doubled(row));
    Features b = a.map(row -> Arrays.stream(row).map(v -> 2 * v).toArray());

    Fid fid = Fid.of(a, b);

    double variance = 0; // Tr Σ + Tr 4Σ - 2 Tr 2Σ = Tr Σ
    for (int j = 0; j < 12; j++) {
      int column = j;
      double[] values = Arrays.stream(a.rows()).mapToDouble(row -> row[column]).toArray();
      double mean = Arrays.stream(values).average().orElseThrow();
      variance += Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / 49;
    }
    assertThat(fid.value() - fid.meanTerm()).isCloseTo(variance, within(1e-10));
  }

  /** The reason for the warning: two small samples of one distribution. */
  @Test
  void fewImagesScoreFarAboveZero() {
    Fid fid = Fid.of(Sets.normal(64, 256, 0, 1, 1), Sets.normal(64, 256, 0, 1, 2));

    assertThat(fid.fewImages()).isTrue();
    assertThat(fid.value()).isGreaterThan(100);
  }

  private static Features padded(Features features, int dimension) {
    return features.map(row -> Arrays.copyOf(row, dimension));
  }

  private static double[] doubled(double[] row) {
    double[] twice = Arrays.copyOf(row, 2 * row.length);
    System.arraycopy(row, 0, twice, row.length, row.length);
    return twice;
  }
}
