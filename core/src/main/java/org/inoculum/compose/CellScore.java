package org.inoculum.compose;

import java.util.Arrays;

/** How much of a cell each pixel of a crop shows, by its hue, and from where on that counts. */
final class CellScore {
  private final Modality modality;
  private final CellCutter.Hues hues;
  private final ComposeRecipe recipe;

  CellScore(Modality modality, CellCutter.Hues hues, ComposeRecipe recipe) {
    this.modality = modality;
    this.hues = hues;
    this.recipe = recipe;
  }

  ChannelPlanes amounts(ChannelPlanes levels, ChannelPlanes ground) {
    ChannelPlanes amounts = ChannelPlanes.zero(levels.width, levels.height, levels.channels());
    for (int c = 0; c < levels.channels(); c++) {
      for (int i = 0; i < amounts.channel[c].length; i++) {
        amounts.channel[c][i] = modality.amount(ground.channel[c][i], levels.channel[c][i]);
      }
    }
    return amounts;
  }

  /** The mean amount of the strongest pixels of the central window, which is half as wide. */
  double[] hue(ChannelPlanes amounts) {
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

  float[] anyHue(ChannelPlanes amounts) {
    float[] strengths = new float[amounts.width * amounts.height];
    for (int i = 0; i < strengths.length; i++) {
      strengths[i] = (float) strength(amounts, i);
    }
    return strengths;
  }

  /** How much of a pixel is along the hue, less what is beside it. */
  float[] score(ChannelPlanes amounts, double[] hue) {
    if (hues == CellCutter.Hues.SEVERAL || modality.isSigned()) {
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

  static double length(double[] vector) {
    double sum = 0;
    for (double one : vector) {
      sum += one * one;
    }
    return Math.sqrt(sum);
  }

  /** The median strength of ground. */
  double noise(ChannelPlanes amounts, PixelSet ground) {
    float[] strengths = anyHue(amounts);
    return median(strengths, ground, 0);
  }

  record Thresholds(double low, double high) {}

  Thresholds thresholds(float[] score, PixelSet ground, double peak) {
    double middle = median(score, ground, Double.NaN);
    float[] away = new float[score.length];
    for (int i = 0; i < away.length; i++) {
      away[i] = (float) Math.abs(score[i] - middle);
    }
    double sigma = 1.4826 * median(away, ground, 0);
    double lowShare = hues == CellCutter.Hues.ONE ? recipe.lowShare() : recipe.lowShareSeveral();
    double above = hues == CellCutter.Hues.ONE ? 0 : middle;
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
}
