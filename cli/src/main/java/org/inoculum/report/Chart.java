package org.inoculum.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines over kimg as a PNG. */
final class Chart {
  private static final int WIDTH = 520;
  private static final int HEIGHT = 260;

  /** Pixels of the image for one of the page, for print and for fine screens. */
  private static final int SCALE = 2;

  /** Told apart by people with any colour vision, and in grey (Okabe & Ito 2008). */
  private static final Color[] COLOURS = {
    new Color(0x0072B2), new Color(0xD55E00), new Color(0x009E73), new Color(0xCC79A7)
  };

  /** No value is drawn beyond. */
  static final double LIMIT = 1e9;

  private static final double SMALLEST = 1e-9;
  private static final double FINEST = 1e-9;

  static final Color INK = new Color(0x444444);
  private static final Color GRID = new Color(0xDDDDDD);

  private Chart() {}

  /**
   * SamplingPlan lines.
   *
   * @param kimg at least one
   * @param lines values by name, each as many as {@code kimg}; NaN where there is none
   */
  static byte[] png(List<Double> kimg, Map<String, List<Double>> lines) {
    XYChart chart = empty("kimg", "", lines.size() > 1);
    lines.forEach(
        (name, values) -> {
          var series = chart.addSeries(name, numbers(kimg), numbers(values));
          series.setMarker(SeriesMarkers.NONE);
          series.setLineStyle(new BasicStroke(1.4f));
        });
    return drawn(chart);
  }

  /** A chart without lines. */
  static XYChart empty(String across, String up, boolean legend) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(across).yAxisTitle(up).build();
    var styler = chart.getStyler();
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(GRID);
    styler.setChartFontColor(INK);
    styler.setAxisTickLabelsColor(INK);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendVisible(legend);
    styler.setSeriesColors(COLOURS);
    styler.setXAxisMin(0.0); // without it XChart labels the points and not round numbers
    styler.setXAxisDecimalPattern("#,##0.###");
    styler.setYAxisDecimalPattern("#,##0.###");
    return chart;
  }

  /** As a PNG. */
  static byte[] drawn(XYChart chart) {
    BufferedImage image =
        new BufferedImage(SCALE * WIDTH, SCALE * HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(SCALE, SCALE);
    chart.paint(graphics, WIDTH, HEIGHT);
    graphics.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return png.toByteArray();
  }

  /**
   * As they can be drawn: within {@link #LIMIT}, and no nearer to one another than digits can tell,
   * since XChart counts its ticks up from one to the next and would not get there.
   */
  static double[] numbers(List<Double> values) {
    double largest = 0;
    for (double value : values) {
      largest = Double.isFinite(value) ? Math.max(largest, Math.abs(clipped(value))) : largest;
    }
    double step = largest < SMALLEST ? 1 : largest * FINEST;
    return values.stream()
        .mapToDouble(value -> Double.isFinite(value) ? drawn(value, step) : Double.NaN)
        .toArray();
  }

  private static double drawn(double value, double step) {
    return Math.rint(clipped(value) / step) * step;
  }

  private static double clipped(double value) {
    return Math.max(-LIMIT, Math.min(LIMIT, value));
  }
}
