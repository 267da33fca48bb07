package org.inoculum.evaluate;

import java.util.Arrays;
import java.util.List;
import org.inoculum.image.Channels;
import org.inoculum.image.Image;
import org.inoculum.image.Resize;
import org.inoculum.metric.Features;

/**
 * The built-in embedding: statistics of wavelet moduli, in the spirit of the scattering transform
 * (Bruna &amp; Mallat 2013, arXiv 1203.1513), and of the layout of colours. Nothing is learnt and
 * nothing is drawn, so it is the same on every machine.
 *
 * <p>At every resolution from the image's own down to 8 pixels, the moduli of second differences in
 * four orientations are averaged over 4 x 4 pixels. Of these local contrasts the quantiles over the
 * image are kept: grain on plain ground raises the low ones, a blur lowers the high ones, and a
 * mean over the image sees neither for sure (docs/explanation/metrics.md has the comparison with an
 * independent network). Orientations are kept as their mean and as their ratio, so that an image
 * and the same image turned by a right angle or mirrored have the same features. The layout is the
 * distribution of the opponent colours in seven rings around the middle.
 */
public final class ScatteringFeatures implements FeatureSpace {
  /** Sides of the images that are looked at: larger ones are reduced, smaller enlarged. */
  public static final int LARGEST = 128;

  private static final int SMALLEST = 32;
  private static final int COARSEST = 8;

  /** Local contrasts are means over squares of this side, at levels that hold enough of them. */
  private static final int POOL = 4;

  private static final int LEAST_POOLED = 32;

  /** Of contrasts, over the image. */
  private static final double[] CONTRASTS = {0.1, 0.5, 0.9, 0.98};

  /** Of colours, over the image. */
  private static final double[] COLOURS = {0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.98};

  private static final int COLOUR_SIDE = 64;
  private static final int LAYOUT_SIDE = 16;
  private static final int RINGS = 7;
  private static final double RING_WIDTH = 1.6;

  /** About two thirds of a grey level of 255: what is fainter is not looked at. */
  private static final float FAINTEST = 0.005f;

  /** Scaled features are kept within so many standard deviations of the real images' mean. */
  static final double CLIP = 3;

  private static final int CHANNELS = 3;
  private static final int ORIENTATIONS = 4;

  @Override
  public String name() {
    return "scattering";
  }

  @Override
  public Features of(List<Image> images) {
    int side = side(images.get(0));
    double[][] rows =
        images.stream().parallel().map(image -> row(image, side)).toArray(double[][]::new);
    return Features.of(rows, name());
  }

  /** Every column by itself, and clipped: one outlier must not outweigh all other images. */
  @Override
  public Scaling scalingFor(Features real) {
    return Scaling.ofColumns(real).clippedTo(CLIP);
  }

  @Override
  public void close() {
    // Holds nothing.
  }

  private static int side(Image image) {
    int shorter = Math.min(image.width(), image.height());
    int side = SMALLEST;
    while (side < LARGEST && 2 * side <= shorter) {
      side *= 2;
    }
    return side;
  }

  private static double[] row(Image image, int side) {
    float[][] planes = opponentColours(image, side);
    Row row = new Row();
    layout(planes, side, row);
    for (int s = side; s >= COARSEST; s /= 2) {
      level(planes, s, row);
      planes = reduced(planes, s, 2);
    }
    return row.values();
  }

  /** Three planes of (side, side): brightness, and two differences of colour. */
  private static float[][] opponentColours(Image image, int side) {
    Image rgb = Channels.toEightBit(Channels.toRgb(Resize.to(image, side, side)));
    short[] samples = rgb.samples();
    float[][] planes = new float[CHANNELS][side * side];
    for (int i = 0; i < side * side; i++) {
      float r = samples[CHANNELS * i] / 127.5f - 1;
      float g = samples[CHANNELS * i + 1] / 127.5f - 1;
      float b = samples[CHANNELS * i + 2] / 127.5f - 1;
      planes[0][i] = (r + g + b) * (float) Math.sqrt(1 / 3.0);
      planes[1][i] = (r - b) * (float) Math.sqrt(1 / 2.0);
      planes[2][i] = (r / 2 - g + b / 2) * (float) Math.sqrt(2 / 3.0);
    }
    return planes;
  }

  private static void level(float[][] planes, int side, Row row) {
    for (float[] plane : planes) {
      float[][] moduli = moduli(plane, side);
      boolean pooled = side >= LEAST_POOLED;
      double[][] quantiles = new double[ORIENTATIONS][];
      for (int o = 0; o < ORIENTATIONS; o++) {
        float[] local = pooled ? reduced(moduli[o], side, POOL) : moduli[o].clone();
        quantiles[o] = quantiles(local, CONTRASTS);
      }
      for (int q = 0; q < CONTRASTS.length; q++) {
        int at = q;
        double[] over = Arrays.stream(quantiles).mapToDouble(of -> of[at]).toArray();
        double strongest = Arrays.stream(over).max().orElseThrow();
        double weakest = Arrays.stream(over).min().orElseThrow();
        row.add(logarithm(Arrays.stream(over).average().orElseThrow()));
        row.add(logarithm(strongest) - logarithm(weakest));
      }
      if (pooled) {
        secondOrder(moduli, side, row);
      }
    }
  }

  /** How the local contrast itself varies: of isolated outlines otherwise than of even grain. */
  private static void secondOrder(float[][] moduli, int side, Row row) {
    float[] contrast = new float[side * side];
    for (float[] of : moduli) {
      for (int i = 0; i < contrast.length; i++) {
        contrast[i] += of[i] / ORIENTATIONS;
      }
    }
    double sum = 0;
    double strongest = 0;
    for (float[] of : moduli(reduced(contrast, side, 2), side / 2)) {
      double mean = mean(of);
      sum += mean;
      strongest = Math.max(strongest, mean);
    }
    row.add(logarithm(sum / ORIENTATIONS));
    row.add(logarithm(strongest));
  }

  /** Moduli of second differences along rows, columns and both diagonals; borders are mirrored. */
  private static float[][] moduli(float[] plane, int side) {
    float[][] moduli = new float[ORIENTATIONS][side * side];
    for (int y = 0; y < side; y++) {
      int up = y == 0 ? 1 : y - 1;
      int down = y == side - 1 ? side - 2 : y + 1;
      for (int x = 0; x < side; x++) {
        int left = x == 0 ? 1 : x - 1;
        int right = x == side - 1 ? side - 2 : x + 1;
        int i = y * side + x;
        float centre = plane[i];
        moduli[0][i] = Math.abs(centre - (plane[y * side + left] + plane[y * side + right]) / 2);
        moduli[1][i] = Math.abs(centre - (plane[up * side + x] + plane[down * side + x]) / 2);
        moduli[2][i] =
            Math.abs(centre - (plane[up * side + left] + plane[down * side + right]) / 2);
        moduli[3][i] =
            Math.abs(centre - (plane[up * side + right] + plane[down * side + left]) / 2);
      }
    }
    return moduli;
  }

  private static void layout(float[][] planes, int side, Row row) {
    double middle = (LAYOUT_SIDE - 1) / 2.0;
    for (float[] plane : planes) {
      float[] small = reduced(plane, side, side / LAYOUT_SIDE);
      double[] count = new double[RINGS];
      double[] sum = new double[RINGS];
      double[] squares = new double[RINGS];
      double[] most = new double[RINGS];
      double[] least = new double[RINGS];
      Arrays.fill(most, Double.NEGATIVE_INFINITY);
      Arrays.fill(least, Double.POSITIVE_INFINITY);
      for (int i = 0; i < small.length; i++) {
        int y = i / LAYOUT_SIDE;
        int x = i % LAYOUT_SIDE;
        double radius = Math.hypot(y - middle, x - middle);
        int ring = Math.min((int) (radius / RING_WIDTH), RINGS - 1);
        count[ring]++;
        sum[ring] += small[i];
        squares[ring] += (double) small[i] * small[i];
        most[ring] = Math.max(most[ring], small[i]);
        least[ring] = Math.min(least[ring], small[i]);
      }
      for (int ring = 0; ring < RINGS; ring++) {
        double mean = sum[ring] / count[ring];
        row.add(mean);
        row.add(Math.sqrt(Math.max(0, squares[ring] / count[ring] - mean * mean)));
        row.add(most[ring]);
        row.add(least[ring]);
      }
      float[] colours = side > COLOUR_SIDE ? reduced(plane, side, side / COLOUR_SIDE) : plane;
      for (double quantile : quantiles(colours.clone(), COLOURS)) {
        row.add(quantile);
      }
    }
  }

  private static float[][] reduced(float[][] planes, int side, int factor) {
    return Arrays.stream(planes).map(plane -> reduced(plane, side, factor)).toArray(float[][]::new);
  }

  /** Means over squares of {@code factor} pixels. */
  private static float[] reduced(float[] plane, int side, int factor) {
    int small = side / factor;
    float[] result = new float[small * small];
    float share = (float) Math.pow(factor, -2);
    for (int y = 0; y < small * factor; y++) {
      for (int x = 0; x < small * factor; x++) {
        result[y / factor * small + x / factor] += share * plane[y * side + x];
      }
    }
    return result;
  }

  /** Linear between order statistics; sorts the values. */
  private static double[] quantiles(float[] values, double[] shares) {
    Arrays.sort(values);
    double[] result = new double[shares.length];
    for (int q = 0; q < shares.length; q++) {
      double place = shares[q] * (values.length - 1);
      int below = (int) place;
      int above = Math.min(below + 1, values.length - 1);
      result[q] = values[below] + (place - below) * (values[above] - values[below]);
    }
    return result;
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double logarithm(double contrast) {
    return Math.log(contrast + FAINTEST);
  }

  /** A row that is filled from left to right. */
  private static final class Row {
    private double[] values = new double[512];
    private int count;

    void add(double value) {
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      values[count++] = value;
    }

    double[] values() {
      return Arrays.copyOf(values, count);
    }
  }
}
