package org.inoculum.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearAlgebraTest {
  @Test
  void singularValuesOfSmallMatricesAreKnown() {
    assertThat(SingularValues.of(new double[][] {{-3}}))
        .containsExactly(new double[] {3}, within(1e-14));
    assertThat(SingularValues.of(new double[][] {{3, 0}, {0, -4}}))
        .containsExactly(new double[] {4, 3}, within(1e-14));
    assertThat(SingularValues.of(new double[][] {{3, 4}}))
        .containsExactly(new double[] {5}, within(1e-14));
    assertThat(SingularValues.of(new double[3][2])).containsExactly(0, 0);
    // The golden ratio and its inverse.
    double phi = (1 + Math.sqrt(5)) / 2;
    assertThat(SingularValues.of(new double[][] {{1, 1}, {0, 1}}))
        .containsExactly(new double[] {phi, 1 / phi}, within(1e-14));
  }

  /** Eigenvalues of the second-difference matrix: 2 - 2 cos(jπ / (n + 1)). */
  @Test
  void singularValuesOfTheSecondDifference() {
    int n = 150;
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      matrix[i][i] = 2;
      if (i > 0) {
        matrix[i][i - 1] = -1;
        matrix[i - 1][i] = -1;
      }
    }
    double[] expected = new double[n];
    Arrays.setAll(expected, j -> 2 - 2 * Math.cos((n - j) * Math.PI / (n + 1)));

    assertThat(SingularValues.of(matrix)).containsExactly(expected, within(1e-13));
  }

  @ParameterizedTest
  @CsvSource({"40, 40", "70, 33", "33, 70"})
  void singularValuesKeepSumsOfPowers(int rows, int columns) {
    Features x = Sets.normal(rows, columns, 0, 1, 3);
    double[] values = SingularValues.of(x.rows());

    double[][] gram = Gram.of(x);
    double trace = 0;
    double traceOfSquare = 0;
    for (int i = 0; i < rows; i++) {
      trace += gram[i][i];
      for (int j = 0; j < rows; j++) {
        traceOfSquare += gram[i][j] * gram[j][i];
      }
    }
    assertThat(values).hasSize(Math.min(rows, columns));
    assertThat(Arrays.stream(values).map(s -> s * s).sum()).isCloseTo(trace, within(1e-10));
    assertThat(Arrays.stream(values).map(s -> s * s * s * s).sum())
        .isCloseTo(traceOfSquare, within(1e-7));
  }

  @Test
  void rankDeficientMatricesHaveZerosToRounding() {
    Features thin = Sets.normal(60, 5, 0, 1, 4);
    double[] values = SingularValues.of(Gram.of(thin)); // (60, 60) of rank 5

    assertThat(values[4]).isGreaterThan(1);
    assertThat(values[5]).isLessThan(1e-12);
  }

  @Test
  void choleskyFactorRebuildsASingularMatrix() {
    Features thin = Sets.normal(60, 5, 0, 1, 4);
    double[][] matrix = Gram.of(thin);

    double[][] factor = PivotedCholesky.factor(matrix);

    assertThat(factor.length).isEqualTo(5);
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < 60; j++) {
        double sum = 0;
        for (double[] row : factor) {
          sum += row[i] * row[j];
        }
        assertThat(sum).isCloseTo(matrix[i][j], within(1e-12));
      }
    }
  }

  @Test
  void choleskyFactorOfZeroIsEmpty() {
    assertThat(PivotedCholesky.factor(new double[3][3])).isEmpty();
  }

  /** Sizes around the edges of tiles and panels. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "255, 3, 65", "257, 513, 64", "600, 1030, 3", "2, 1025, 130"})
  void pairsAreThoseOfTheDefinition(int rows, int columns, int dimension) {
    Features a = Sets.normal(rows, dimension, 5, 1, 1);
    Features b = Sets.normal(columns, dimension, 5, 1, 2);
    double[][] gram = Gram.of(a, b);
    double[][] squared = new double[rows][columns];
    Pairs.between(
        a,
        b,
        Pairs.Kernel.SQUARED_DISTANCE,
        tile -> {
          for (int i = 0; i < tile.rows(); i++) {
            System.arraycopy(
                tile.values()[i],
                0,
                squared[tile.firstRow() + i],
                tile.firstColumn(),
                tile.columns());
          }
        });
    for (int i = 0; i < rows; i += 7) {
      for (int j = 0; j < columns; j += 3) {
        double product = 0;
        double distance = 0;
        for (int s = 0; s < dimension; s++) {
          product += a.value(i, s) * b.value(j, s);
          distance += (a.value(i, s) - b.value(j, s)) * (a.value(i, s) - b.value(j, s));
        }
        assertThat(gram[i][j]).isCloseTo(product, within(1e-11 * product));
        assertThat(squared[i][j]).isCloseTo(distance, within(1e-13 * dimension * 4));
      }
    }
  }

  @Test
  void neighboursAcrossTilesAreExact() {
    Features set = Sets.normal(700, 3, 0, 1, 9);
    Neighbours neighbours = Neighbours.within(set, 4);

    for (int i = 0; i < 700; i += 50) {
      int self = i;
      double[] ascending =
          IntStream.range(0, 700)
              .filter(j -> j != self)
              .mapToDouble(
                  j ->
                      Math.sqrt(
                          IntStream.range(0, 3)
                              .mapToDouble(s -> set.value(self, s) - set.value(j, s))
                              .map(v -> v * v)
                              .sum()))
              .sorted()
              .toArray();
      for (int rank = 1; rank <= 4; rank++) {
        assertThat(neighbours.distance(i, rank)).isCloseTo(ascending[rank - 1], within(1e-14));
      }
    }
  }

  /** Near neighbours far from the origin: |x|² + |y|² - 2x·y would have no correct digit here. */
  @Test
  void nearNeighboursFarFromTheOriginKeepTheirDistance() {
    Features far = Features.of(new double[][] {{1e8, 0}, {1e8 + 1, 0}, {1e8 + 3, 0}}, "far");

    Neighbours neighbours = Neighbours.within(far, 1);

    assertThat(neighbours.distance(0, 1)).isEqualTo(1);
    assertThat(neighbours.distance(2, 1)).isEqualTo(2);
  }
}
