package org.inoculum.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ChartTest {
  private static final List<List<Double>> HARD =
      List.of(
          List.of(1.0, 1e18),
          List.of(2.6e93, 2.6e93, 2.6e93),
          List.of(-1e300, 1e300),
          List.of(Double.MAX_VALUE, Double.POSITIVE_INFINITY),
          List.of(1e18, 1e18 + 256),
          List.of(1.0, Math.nextUp(1.0)),
          List.of(1e9, Math.nextUp(1e9), Math.nextDown(1e9)),
          List.of(Double.MIN_VALUE, 0.0),
          List.of(1e-300, 2e-300),
          List.of(0.0, 0.0),
          List.of(Double.NaN, 5.0));

  @Test
  void everyChartIsDrawnInSeconds() {
    for (List<Double> values : HARD) {
      List<Double> kimg = values.stream().map(value -> (double) values.indexOf(value)).toList();
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(30),
          () -> {
            assertThat(Chart.png(kimg, Map.of("kid", values))).isNotEmpty();
          },
          () -> "values " + values);
    }
  }

  @Test
  void ordinaryValuesAreDrawnAsTheyAre() {
    double[] drawn = Chart.numbers(List.of(0.25, -3.5, 12.125));
    assertThat(drawn).containsExactly(new double[] {0.25, -3.5, 12.125}, within());
    assertThat(Chart.numbers(List.of(-1e99, 7.0))).containsExactly(-Chart.LIMIT, 7.0);
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-7);
  }
}
