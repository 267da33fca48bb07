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
  private final CellScore scores;

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
    this.scores = new CellScore(modality, hues, recipe);
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
    ChannelPlanes seen = ChannelPlanes.levels(crop, modality);
    int width = crop.width();
    int height = crop.height();
    double unit = unit(width, height);
    CropGround ground = CropGround.of(seen, modality, recipe);
    ChannelPlanes sharp = scores.amounts(seen, ground.levels);
    ChannelPlanes amounts = sharp.blurred(recipe.cutBlur() * unit);
    double[] hue = scores.hue(amounts);
    double peak = CellScore.length(hue);
    double noise = scores.noise(amounts, ground.kept);
    requireContrast(peak, noise);
    for (int c = 0; c < hue.length; c++) {
      hue[c] /= peak;
    }
    float[] score = scores.score(amounts, hue);
    CellScore.Thresholds thresholds = scores.thresholds(score, ground.kept, peak);
    float[] anyHue = scores.anyHue(amounts);
    PixelSet mask = mask(score, anyHue, thresholds, width, height, unit, peak);
    PixelSet others = PixelSet.above(anyHue, width, height, thresholds.low());
    float[] share = softEdge(mask, otherThings(mask, others, score), unit);
    clip(amounts);
    return new Cut(mask, share, amounts, groundAround(ground.levels, mask), hue, peak);
  }

  /**
   * What stands out of the ground in the middle; where neighbours touch or overlap with a bulky
   * cell, what its own border surrounds, if that is seen.
   */
  private PixelSet mask(
      float[] score,
      float[] anyHue,
      CellScore.Thresholds thresholds,
      int width,
      int height,
      double unit,
      double peak)
      throws Rejected {
    PixelSet central = central(score, thresholds, width, height, unit);
    CellOutline.Outlined outlined = CellOutline.of(central, recipe, unit);
    if (hues == Hues.SEVERAL && (outlined.touching() > 0 || meetsEdge(outlined.mask()))) {
      RoundOutline.Found round = RoundOutline.of(anyHue, width, height, peak, unit);
      if (round.seen() >= recipe.leastSeen() && !meetsEdge(round.mask())) {
        outlined = new CellOutline.Outlined(round.mask(), 0);
      }
    }
    requireWhole(outlined.mask(), outlined.touching());
    return outlined.mask();
  }

  private static boolean meetsEdge(PixelSet mask) {
    int[] bounds = mask.bounds();
    return bounds[2] >= 0
        && (bounds[0] == 0
            || bounds[1] == 0
            || bounds[2] == mask.width - 1
            || bounds[3] == mask.height - 1);
  }

  private void requireContrast(double peak, double noise) throws Rejected {
    double least = modality == Modality.BRIGHTFIELD ? recipe.faintest() : recipe.faintest() / 6;
    if (peak < least) {
      throw new Rejected(
          String.format(
              Locale.ROOT,
              "faint: its darkest part has %.2f, at least %.2f is needed",
              peak,
              least));
    }
    if (peak < 4 * noise) {
      throw new Rejected(
          String.format(
              Locale.ROOT,
              "lost in its ground: %.2f where the ground itself has %.2f",
              peak,
              noise));
    }
  }

  /** The part above the low threshold, with a pixel above the high one, that is most central. */
  private PixelSet central(
      float[] score, CellScore.Thresholds t, int width, int height, double unit) throws Rejected {
    PixelSet weak = PixelSet.above(score, width, height, t.low());
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
      strong[parts[i]] |= score[i] > t.high();
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
    if (meetsEdge(mask)) {
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
          String.format(Locale.ROOT, "a neighbour covers %.0f %% of its outline", 100 * touching));
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
