package org.inoculum.compose;

import java.util.Arrays;
import java.util.Locale;
import org.inoculum.image.Image;

/**
 * Cuts the central cell out of a crop: its ground, its hue, its mask by hysteresis (Canny, "A
 * computational approach to edge detection", 1986, section on thresholding), its soft edge.
 */
final class CellCutter {
  /** Pixels in the recipe are those of a crop of this side. */
  private static final double USUAL_SIDE = 128;

  private final Modality modality;
  private final Hues hues;
  private final ComposeRecipe recipe;

  /** What belongs to a cell. */
  enum Hues {
    /** What has the hue of its darkest part: other things around it have another. */
    ONE,
    /** Whatever is not ground: the cell has parts of several hues. */
    SEVERAL
  }

  CellCutter(Modality modality, Hues hues, ComposeRecipe recipe) {
    this.modality = modality;
    this.hues = hues;
    this.recipe = recipe;
  }

  /** Pixels for each one of a crop of 128 x 128. */
  static double unit(int width, int height) {
    return Math.min(width, height) / USUAL_SIDE;
  }

  /**
   * Cuts.
   *
   * @throws Rejected with the reason, where the crop shows no cell that can be cut out
   */
  Cut cut(Image crop) throws Rejected {
    ChannelPlanes levels = ChannelPlanes.levels(crop, modality);
    int width = crop.width();
    int height = crop.height();
    double unit = unit(width, height);
    CropGround ground = CropGround.of(levels, modality, recipe);
    ChannelPlanes sharp = amounts(levels, ground.levels);
    ChannelPlanes amounts = sharp.blurred(recipe.cutBlur() * unit);
    double[] hue = hue(amounts);
    double peak = length(hue);
    double noise = noise(amounts, ground.kept);
    requireContrast(peak, noise);
    for (int c = 0; c < hue.length; c++) {
      hue[c] /= peak;
    }
    float[] score = score(amounts, hue);
    Thresholds thresholds = thresholds(score, ground.kept, peak);
    PixelSet central = central(score, thresholds, width, height, unit);
    PixelSet others = PixelSet.above(anyHue(amounts), width, height, thresholds.low);
    CellOutline.Outlined outlined = CellOutline.of(central, recipe, unit);
    PixelSet mask = outlined.mask();
    requireWhole(mask, outlined.touching());
    float[] share = softEdge(mask, otherThings(mask, others, score), unit);
    clip(amounts);
    return new Cut(mask, share, amounts, groundAround(ground.levels, mask), hue, peak);
  }

  private ChannelPlanes amounts(ChannelPlanes levels, ChannelPlanes ground) {
    ChannelPlanes amounts = ChannelPlanes.zero(levels.width, levels.height, levels.channels());
    for (int c = 0; c < levels.channels(); c++) {
      for (int i = 0; i < amounts.channel[c].length; i++) {
        amounts.channel[c][i] = modality.amount(ground.channel[c][i], levels.channel[c][i]);
      }
    }
    return amounts;
  }

  /** The mean amount of the strongest pixels of the central window, which is half as wide. */
  private double[] hue(ChannelPlanes amounts) {
    int width = amounts.width;
    int height = amounts.height;
    int left = width / 4;
    int top = height / 4;
    int across = width - 2 * left;
    int down = height - 2 * top;
    double[] strengths = new double[across * down];
    for (int i = 0; i < strengths.length; i++) {
      strengths[i] = strength(amounts, (top + i / across) * width + left + i % across);
    }
    double[] sorted = strengths.clone();
    Arrays.sort(sorted);
    double least = sorted[(int) ((1 - recipe.hueShare()) * (sorted.length - 1))];
    double[] sum = new double[amounts.channels()];
    int count = 0;
    for (int i = 0; i < strengths.length; i++) {
      if (strengths[i] >= least) {
        int at = (top + i / across) * width + left + i % across;
        for (int c = 0; c < sum.length; c++) {
          sum[c] += modality.isSigned() ? Math.abs(amounts.channel[c][at]) : amounts.channel[c][at];
        }
        count++;
      }
    }
    for (int c = 0; c < sum.length; c++) {
      sum[c] /= count;
    }
    return sum;
  }

  /** How much cell there is of any hue: the length of what is above 0. */
  private double strength(ChannelPlanes amounts, int i) {
    double sum = 0;
    for (float[] one : amounts.channel) {
      double amount = modality.isSigned() ? one[i] : Math.max(0, one[i]);
      sum += amount * amount;
    }
    return Math.sqrt(sum);
  }

  private float[] anyHue(ChannelPlanes amounts) {
    float[] strengths = new float[amounts.width * amounts.height];
    for (int i = 0; i < strengths.length; i++) {
      strengths[i] = (float) strength(amounts, i);
    }
    return strengths;
  }

  /** How much of a pixel is along the hue, less what is beside it. */
  private float[] score(ChannelPlanes amounts, double[] hue) {
    if (hues == Hues.SEVERAL || modality.isSigned()) {
      return anyHue(amounts);
    }
    float[] score = new float[amounts.width * amounts.height];
    for (int i = 0; i < score.length; i++) {
      double along = 0;
      for (int c = 0; c < hue.length; c++) {
        along += hue[c] * amounts.channel[c][i];
      }
      double beside = 0;
      for (int c = 0; c < hue.length; c++) {
        double rest = amounts.channel[c][i] - along * hue[c];
        beside += rest * rest;
      }
      score[i] = (float) (along - recipe.hueWeight() * Math.sqrt(beside));
    }
    return score;
  }

  private static double length(double[] vector) {
    double sum = 0;
    for (double one : vector) {
      sum += one * one;
    }
    return Math.sqrt(sum);
  }

  /** The median strength of ground. */
  private double noise(ChannelPlanes amounts, PixelSet ground) {
    float[] strengths = anyHue(amounts);
    return median(strengths, ground, 0);
  }

  private void requireContrast(double peak, double noise) throws Rejected {
    double least = modality == Modality.BRIGHTFIELD ? recipe.faintest() : recipe.faintest() / 6;
    if (peak < least) {
      throw new Rejected(
          String.format(
              Locale.ROOT, "faint: its darkest part has %.2f, at least %.2f is needed", peak, least));
    }
    if (peak < 4 * noise) {
      throw new Rejected(
          String.format(
              Locale.ROOT, "lost in its ground: %.2f where the ground itself has %.2f", peak, noise));
    }
  }

  private record Thresholds(double low, double high) {}

  private Thresholds thresholds(float[] score, PixelSet ground, double peak) {
    double middle = median(score, ground, Double.NaN);
    float[] away = new float[score.length];
    for (int i = 0; i < away.length; i++) {
      away[i] = (float) Math.abs(score[i] - middle);
    }
    double sigma = 1.4826 * median(away, ground, 0);
    double lowShare = hues == Hues.ONE ? recipe.lowShare() : recipe.lowShareSeveral();
    double above = hues == Hues.ONE ? 0 : middle;
    return new Thresholds(
        Math.max(lowShare * peak, above + recipe.lowSigma() * sigma),
        Math.max(recipe.highShare() * peak, above + recipe.highSigma() * sigma));
  }

  private static double median(float[] values, PixelSet of, double none) {
    float[] some = new float[values.length];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      if (of.in[i]) {
        some[count++] = values[i];
      }
    }
    Arrays.sort(some, 0, count);
    return count == 0 ? (Double.isNaN(none) ? 0 : none) : some[count / 2];
  }

  /** The part above the low threshold, with a pixel above the high one, that is most central. */
  private PixelSet central(float[] score, Thresholds t, int width, int height, double unit)
      throws Rejected {
    PixelSet weak = PixelSet.above(score, width, height, t.low);
    int[] parts = weak.parts();
    int count = Arrays.stream(parts).max().orElse(0);
    double[] weight = new double[count + 1];
    boolean[] strong = new boolean[count + 1];
    double near = recipe.centreRadius() * unit;
    for (int i = 0; i < parts.length; i++) {
      double dx = i % width - (width - 1) / 2.0;
      int row = i / width;
      double dy = row - (height - 1) / 2.0;
      weight[parts[i]] += score[i] / (1 + (dx * dx + dy * dy) / (near * near));
      strong[parts[i]] |= score[i] > t.high;
    }
    int best = 0;
    for (int part = 1; part <= count; part++) {
      if (strong[part] && (best == 0 || weight[part] > weight[best])) {
        best = part;
      }
    }
    if (best == 0) {
      throw new Rejected("nothing in it stands out from its ground");
    }
    return weak.part(parts, best);
  }

  private void requireWhole(PixelSet mask, double touching) throws Rejected {
    int[] bounds = mask.bounds();
    if (bounds[2] < 0) {
      throw new Rejected("nothing in it is as wide as a cell");
    }
    if (bounds[0] == 0
        || bounds[1] == 0
        || bounds[2] == mask.width - 1
        || bounds[3] == mask.height - 1) {
      throw new Rejected("the crop's edge cuts through it");
    }
    int area = mask.count();
    int least = (int) Math.ceil(recipe.leastArea() * mask.in.length);
    int most = (int) Math.floor(recipe.mostArea() * mask.in.length);
    if (area < least || area > most) {
      throw new Rejected(
          area < least
              ? "too small: " + area + " pixels, at least " + least + " are a cell"
              : "too large: " + area + " pixels, more than " + most + " are no cell of this crop");
    }
    if (touching > recipe.mostTouching()) {
      throw new Rejected(
          String.format(
              Locale.ROOT, "a neighbour covers %.0f %% of its outline", 100 * touching));
    }
  }

  /** What stands out from the ground beside the mask and is not of the cell. */
  private PixelSet otherThings(PixelSet mask, PixelSet others, float[] score) {
    PixelSet things = others.copy();
    for (int i = 0; i < things.in.length; i++) {
      things.in[i] &= !mask.in[i] && (hues == Hues.SEVERAL || score[i] <= 0);
    }
    return things;
  }

  private float[] softEdge(PixelSet mask, PixelSet others, double unit) {
    PixelSet wide = mask.dilated(recipe.edgeReach() * unit);
    float[] share = new float[mask.in.length];
    for (int i = 0; i < share.length; i++) {
      share[i] = wide.in[i] && !others.in[i] ? 1 : 0;
    }
    return Blur.of(share, mask.width, mask.height, recipe.edgeBlur() * unit);
  }

  private void clip(ChannelPlanes amounts) {
    if (modality == Modality.BRIGHTFIELD) {
      for (float[] one : amounts.channel) {
        for (int i = 0; i < one.length; i++) {
          one[i] = (float) Math.max(recipe.leastDensity(), Math.min(recipe.mostDensity(), one[i]));
        }
      }
    }
  }

  private static float[] groundAround(ChannelPlanes ground, PixelSet mask) {
    float[] mean = new float[ground.channels()];
    int count = mask.count();
    for (int c = 0; c < mean.length; c++) {
      double sum = 0;
      for (int i = 0; i < mask.in.length; i++) {
        sum += mask.in[i] ? ground.channel[c][i] : 0;
      }
      mean[c] = (float) (sum / count);
    }
    return mean;
  }
}
