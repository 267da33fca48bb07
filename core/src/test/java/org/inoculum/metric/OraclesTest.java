package org.inoculum.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Agreement with implementations of others on made-up matrices. The numbers were computed outside
 * this project: with prdc of Naeem et al. (precision, recall, density, coverage), torch-fidelity
 * (KID, not multiplied) and dgm-eval (authenticity), and with independent code for FID (covariance
 * with n - 1), Vendi, Z_U, SWD and the pyramid. Authenticity and Z_U are against train.csv, all
 * else against heldout.csv.
 */
class OraclesTest {
  private static final Percentage MILLIONTH = Percentage.withPercentage(1e-4);

  private final Features train = Sets.resource("train.csv");
  private final Features heldOut = Sets.resource("heldout.csv");

  @ParameterizedTest
  @CsvSource({
    "generated, 3, 0.95, 0.5666666666666667, 1.4124999999999999, 0.9111111111111111",
    "generated, 5, 0.9875, 0.7111111111111111, 1.415, 0.9888888888888889",
    "copies, 3, 0.9375, 0.7888888888888889, 1.1083333333333334, 0.8666666666666667",
    "copies, 5, 0.9625, 0.8777777777777778, 1.1075, 0.9444444444444444",
    "collapsed, 3, 1.0, 0.0, 1.9416666666666667, 0.06666666666666667",
    "collapsed, 5, 1.0, 0.0, 1.1900000000000002, 0.06666666666666667",
  })
  void countsAgreeExactly(
      String set, int k, double precision, double recall, double density, double coverage) {
    Features generated = Sets.resource(set + ".csv");

    PrecisionRecall pr = PrecisionRecall.of(heldOut, generated, k);
    DensityCoverage dc = DensityCoverage.of(heldOut, generated, k);

    assertThat(pr).isEqualTo(new PrecisionRecall(precision, recall, k, 90, 80));
    assertThat(dc.density()).isCloseTo(density, within(1e-15));
    assertThat(dc.coverage()).isEqualTo(coverage);
    assertThat(dc.realCount()).isEqualTo(90);
    assertThat(dc.generatedCount()).isEqualTo(80);
  }

  @ParameterizedTest
  @CsvSource({
    "generated, 0.20988831661286067, 0.37030194456075716, 0.23457051216891012, 1.7107824992781282",
    "copies, 0.3318892369583959, 0.5645304949944672, 0.22875933567228524, 1.7265136450063956",
    "collapsed, 2.335342371535872, 2.440265804378213, 2.5018197143903125, 15.864311042148337",
  })
  void kernelAndFrechetDistancesAgree(
      String set, double unbiased64, double biased64, double unbiasedAll, double fid) {
    Features generated = Sets.resource(set + ".csv");

    Kid first = Kid.of(heldOut.first(64), generated.first(64));

    assertThat(first.unbiased()).isCloseTo(unbiased64, MILLIONTH);
    assertThat(first.biased()).isCloseTo(biased64, MILLIONTH);
    assertThat(Kid.of(heldOut, generated).unbiased()).isCloseTo(unbiasedAll, MILLIONTH);
    assertThat(Fid.of(heldOut, generated).value()).isCloseTo(fid, MILLIONTH);
  }

  @ParameterizedTest
  @CsvSource({
    "generated, 0.45, -2.2056595862748893, 7.936092018598297",
    "copies, 0.0, -11.237468762627692, 6.79433324189947",
    "collapsed, 0.0, -11.237468762627692, 1.0410882954732354",
  })
  void copyTestsAndVendiAgree(String set, double authentic, double zU, double vendi) {
    Features generated = Sets.resource(set + ".csv");

    assertThat(Authenticity.of(train, generated)).isEqualTo(new Authenticity(authentic, 64, 80));
    assertThat(CopyTest.of(train, heldOut, generated).zU()).isCloseTo(zU, MILLIONTH);
    assertThat(Vendi.of(generated).value()).isCloseTo(vendi, MILLIONTH);
  }

  @Test
  void vendiOfTheRealSetAgrees() {
    assertThat(Vendi.of(heldOut).value()).isCloseTo(7.508277087264308, MILLIONTH);
  }

  @Test
  void slicedWassersteinDistanceAgrees() {
    // Columns of the file are directions, here they are rows.
    Features columns = Sets.resource("swd_directions.csv");
    double[][] directions = new double[columns.dimension()][columns.count()];
    for (int i = 0; i < columns.count(); i++) {
      for (int j = 0; j < columns.dimension(); j++) {
        directions[j][i] = columns.value(i, j);
      }
    }
    Features a = Sets.resource("swd_descriptors_a.csv");
    Features b = Sets.resource("swd_descriptors_b.csv");

    double distance = SlicedWasserstein.of(a, b, 3, Features.of(directions, "directions"));

    // Computed by a reference in single precision.
    assertThat(distance).isCloseTo(156.88730776309967, MILLIONTH);
  }

  /**
   * The levels come from a single-precision reference, hence the absolute tolerance. Its image was
   * recovered as level 0 + enlarged level 1, rounded: all 256 sums lay within 1e-4 of an integer in
   * 0..255, which they would not with another filter, border or phase.
   */
  @Test
  void laplacianPyramidAgrees() {
    Features image = Sets.resource("pyramid_image.csv");

    var levels = LaplacianPyramid.of(image.rows(), 8);

    assertThat(levels).hasSize(2);
    assertClose(levels.get(0), Sets.resource("pyramid_level0.csv"));
    assertClose(levels.get(1), Sets.resource("pyramid_level1.csv"));
  }

  @Test
  void allAtOnceAgreesWithOneByOne() {
    Features generated = Sets.resource("generated.csv");

    FeatureMetrics all = FeatureMetrics.of(heldOut, generated, train, 3, 5);

    assertThat(all.precisionRecall()).isEqualTo(PrecisionRecall.of(heldOut, generated, 3));
    assertThat(all.densityCoverage()).isEqualTo(DensityCoverage.of(heldOut, generated, 5));
    assertThat(all.kid()).isEqualTo(Kid.of(heldOut, generated));
    assertThat(all.fid()).isEqualTo(Fid.of(heldOut, generated));
    assertThat(all.authenticity()).isEqualTo(Authenticity.of(train, generated));
    assertThat(all.vendi()).isEqualTo(Vendi.of(generated));
    assertThat(all.copyTest()).isEqualTo(CopyTest.of(train, heldOut, generated));
    assertThat(FeatureMetrics.of(heldOut, generated, null, 3, 5).authenticity())
        .isEqualTo(Authenticity.of(heldOut, generated));
  }

  private static void assertClose(double[][] actual, Features expected) {
    assertThat(actual.length).isEqualTo(expected.count());
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i]).containsExactly(expected.row(i), within(2e-4));
    }
  }
}
