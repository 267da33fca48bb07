package org.inoculum.report;

import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inoculum.detect.FieldsResult.ConditionScores;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts of a detector as PNGs. */
final class FieldsCharts {
  private FieldsCharts() {}

  /**
   * Precision against recall.
   *
   * @param curves precision at each recall, by what the detector was trained on
   */
  static byte[] precision(List<Double> recalls, Map<String, List<Double>> curves) {
    XYChart chart = Chart.empty("recall", "precision", curves.size() > 1);
    var styler = chart.getStyler();
    styler.setYAxisMin(0.0);
    styler.setYAxisMax(1.0);
    styler.setXAxisMax(1.0);
    styler.setXAxisMaxLabelCount(6); // 0, 0.2 … 1
    styler.setLegendPosition(Styler.LegendPosition.InsideSW);
    styler.setLegendLayout(Styler.LegendLayout.Vertical);
    curves.forEach(
        (name, values) -> {
          var series = chart.addSeries(name, Chart.numbers(recalls), Chart.numbers(values));
          series.setMarker(SeriesMarkers.NONE);
          series.setLineStyle(new BasicStroke(1.4f));
        });
    return Chart.drawn(chart);
  }

  /**
   * Found less true cells of each field against their mean (Bland and Altman 1986).
   *
   * @param truths cells of each field
   */
  static byte[] agreement(ConditionScores scores, List<Integer> truths) {
    List<Double> means = new ArrayList<>();
    List<Double> differences = new ArrayList<>();
    double most = 1;
    for (int i = 0; i < truths.size(); i++) {
      double found = scores.countedByField().get(i);
      means.add((found + truths.get(i)) / 2);
      differences.add(found - truths.get(i));
      most = Math.max(most, (found + truths.get(i)) / 2);
    }
    XYChart chart = Chart.empty("mean of found and true cells", "found less true", false);
    var points = chart.addSeries("fields", Chart.numbers(means), Chart.numbers(differences));
    points.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    points.setMarker(SeriesMarkers.CIRCLE);
    line(chart, "bias", scores.countBias(), most);
    line(chart, "lower limit", scores.countLow(), most);
    line(chart, "upper limit", scores.countHigh(), most);
    return Chart.drawn(chart);
  }

  private static void line(XYChart chart, String name, double height, double to) {
    double[] ends = Chart.numbers(List.of(height, height));
    var series = chart.addSeries(name, new double[] {0, to}, ends);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(Chart.INK);
    series.setLineStyle(
        name.equals("bias")
            ? new BasicStroke(1.4f)
            : new BasicStroke(
                1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1, new float[] {5, 4}, 0));
  }
}
