package org.inoculum.compose;

import org.inoculum.recipe.Hyperparameters;

/**
 * The hyperparameters of composing; each can be changed with {@code --set name=value}. Where they
 * come from: docs/guide/fields.md.
 *
 * @param groundIterations times that a crop's ground is fitted anew
 * @param groundBelow deviations on the cells' side up to which a pixel counts as ground
 * @param groundAbove deviations on the other side up to which a pixel counts as ground
 * @param cutBlur deviation of the blur of a crop's amounts, in pixels of a crop of 128
 * @param hueShare strongest share of the central window whose mean is the cell's hue
 * @param faintest least optical density of that mean; a sixth of it in other modalities
 * @param hueWeight how much what is beside the hue counts against a pixel
 * @param highShare high threshold of the mask, as a share of the peak
 * @param highSigma the same at least, in deviations of the ground
 * @param lowShare low threshold of the mask for cells of one hue, as a share of the peak
 * @param lowShareSeveral the same for cells of several hues
 * @param lowSigma the same at least, in deviations of the ground
 * @param centreRadius distance from the centre at which a pixel counts half, in pixels of a crop of
 *     128
 * @param bulkyRadius depth of the masks of a class, in pixels of a crop of 128, from which its
 *     cells are bulky: of several hues, and maybe touching others
 * @param openShare share of a bulky cell's depth below which threads are cut off
 * @param neckShare share of its depth below which a neck parts two cells
 * @param mostHole largest hole that is filled, as a share of the crop
 * @param mostTouching largest share of the outline that may lie on neighbours
 * @param leastSeen share of the directions in which the border of a bulky cell must be seen where
 *     it is told from neighbours by it
 * @param leastArea least area of a cell, as a share of the crop
 * @param mostArea largest area of a cell, as a share of the crop
 * @param edgeReach how far the soft edge reaches beyond the mask, in pixels of a crop of 128
 * @param edgeBlur deviation of the soft edge, in pixels of a crop of 128
 * @param leastDensity least optical density of a cut cell
 * @param mostDensity largest optical density of a cut cell
 * @param outlier factor from the median area of its class from which a cut is no cell
 * @param cellsPerField mean number of cells of a field where --per-field says nothing
 * @param cellsShape shape of the gamma distribution of that mean: the smaller, the more fields
 *     differ
 * @param tintShare share of fields whose cells come from crops with the nearest ground; the others
 *     take the nearest stain
 * @param nearestShare share of the cells that counts as nearest
 * @param nearestLeast cells that count as nearest at least
 * @param strengthLow weakest amount of a field's cells, as a factor
 * @param strengthHigh strongest amount of a field's cells, as a factor
 * @param strengthChannel how far a channel of a field may stray from that
 * @param strengthCell how far a cell may stray from its field
 * @param scaleLow smallest scale of a cell
 * @param scaleHigh largest scale of a cell
 * @param blurMean mean of the normal distribution of a cell's blur, in pixels of a crop of 128
 * @param blurSpread its deviation; below 0 counts as above
 * @param darkest darkest ground for a cell, as optical density against the field's median
 * @param onDark share of cells that may lie on darker ground all the same
 * @param groupShare share of cells that have followers
 * @param groupMost most followers of a cell
 * @param endToEnd share of followers that lie end to end, rather than side by side
 * @param endDistance distance of centres end to end, in mean lengths
 * @param endTurn deviation of the angle between the two, in radians
 * @param sideLow smallest distance of centres side by side, in mean widths
 * @param sideHigh largest distance of centres side by side, in mean widths
 * @param sideTurn deviation of the angle between the two, in radians
 * @param clusterGap distance of masks up to which cells are one cluster, in pixels of a crop of 128
 * @param boxMargin from the mask to the box where no annotated boxes tell it, in pixels of a crop
 *     of 128
 * @param pasteMargin from the mask to the rectangle that is pasted with {@code --lay rectangle}, in
 *     pixels of a crop of 128
 * @param pasteFeather width of its soft edge, in pixels of a crop of 128; 0 is hard
 * @param cleanMargin how much more than its box is replaced of an annotated object, in pixels of a
 *     crop of 128
 * @param cleanRing width of the ring by which a patch is chosen, in pixels of a crop of 128
 * @param cleanPatches patches that are tried
 * @param cleanColour largest factor between the colours of a patch and its place
 * @param cleanFeather width of a patch's soft edge, in pixels of a crop of 128
 * @param suspectPeak strength from which something in the ground may be a cell, as a share of a
 *     faint cell's
 * @param suspectSize factor beyond the sizes of cells from which it is none
 */
public record ComposeRecipe(
    int groundIterations,
    double groundBelow,
    double groundAbove,
    double cutBlur,
    double hueShare,
    double faintest,
    double hueWeight,
    double highShare,
    double highSigma,
    double lowShare,
    double lowShareSeveral,
    double lowSigma,
    double centreRadius,
    double bulkyRadius,
    double openShare,
    double neckShare,
    double mostHole,
    double mostTouching,
    double leastSeen,
    double leastArea,
    double mostArea,
    double edgeReach,
    double edgeBlur,
    double leastDensity,
    double mostDensity,
    double outlier,
    double cellsPerField,
    double cellsShape,
    double tintShare,
    double nearestShare,
    int nearestLeast,
    double strengthLow,
    double strengthHigh,
    double strengthChannel,
    double strengthCell,
    double scaleLow,
    double scaleHigh,
    double blurMean,
    double blurSpread,
    double darkest,
    double onDark,
    double groupShare,
    int groupMost,
    double endToEnd,
    double endDistance,
    double endTurn,
    double sideLow,
    double sideHigh,
    double sideTurn,
    double clusterGap,
    double boxMargin,
    double pasteMargin,
    double pasteFeather,
    double cleanMargin,
    double cleanRing,
    int cleanPatches,
    double cleanColour,
    double cleanFeather,
    double suspectPeak,
    double suspectSize) {
  /** Names, ranges and meanings of the fields. */
  public static final Hyperparameters HYPERPARAMETERS =
      Hyperparameters.of(ComposeRecipe.class, "compose.json");

  /** What a prototype found on one set of slides, made independent of the size of crops. */
  public static final ComposeRecipe DEFAULT = HYPERPARAMETERS.defaults(ComposeRecipe.class);

  /** Checks the ranges. */
  public ComposeRecipe {
    HYPERPARAMETERS.check("groundIterations", groundIterations);
    HYPERPARAMETERS.check("groundBelow", groundBelow);
    HYPERPARAMETERS.check("groundAbove", groundAbove);
    HYPERPARAMETERS.check("cutBlur", cutBlur);
    HYPERPARAMETERS.check("hueShare", hueShare);
    HYPERPARAMETERS.check("faintest", faintest);
    HYPERPARAMETERS.check("hueWeight", hueWeight);
    HYPERPARAMETERS.check("highShare", highShare);
    HYPERPARAMETERS.check("highSigma", highSigma);
    HYPERPARAMETERS.check("lowShare", lowShare);
    HYPERPARAMETERS.check("lowShareSeveral", lowShareSeveral);
    HYPERPARAMETERS.check("lowSigma", lowSigma);
    HYPERPARAMETERS.check("centreRadius", centreRadius);
    HYPERPARAMETERS.check("bulkyRadius", bulkyRadius);
    HYPERPARAMETERS.check("openShare", openShare);
    HYPERPARAMETERS.check("neckShare", neckShare);
    HYPERPARAMETERS.check("mostHole", mostHole);
    HYPERPARAMETERS.check("mostTouching", mostTouching);
    HYPERPARAMETERS.check("leastSeen", leastSeen);
    HYPERPARAMETERS.check("leastArea", leastArea);
    HYPERPARAMETERS.check("mostArea", mostArea);
    HYPERPARAMETERS.check("edgeReach", edgeReach);
    HYPERPARAMETERS.check("edgeBlur", edgeBlur);
    HYPERPARAMETERS.check("leastDensity", leastDensity);
    HYPERPARAMETERS.check("mostDensity", mostDensity);
    HYPERPARAMETERS.check("outlier", outlier);
    HYPERPARAMETERS.check("cellsPerField", cellsPerField);
    HYPERPARAMETERS.check("cellsShape", cellsShape);
    HYPERPARAMETERS.check("tintShare", tintShare);
    HYPERPARAMETERS.check("nearestShare", nearestShare);
    HYPERPARAMETERS.check("nearestLeast", nearestLeast);
    HYPERPARAMETERS.check("strengthLow", strengthLow);
    HYPERPARAMETERS.check("strengthHigh", strengthHigh);
    HYPERPARAMETERS.check("strengthChannel", strengthChannel);
    HYPERPARAMETERS.check("strengthCell", strengthCell);
    HYPERPARAMETERS.check("scaleLow", scaleLow);
    HYPERPARAMETERS.check("scaleHigh", scaleHigh);
    HYPERPARAMETERS.check("blurMean", blurMean);
    HYPERPARAMETERS.check("blurSpread", blurSpread);
    HYPERPARAMETERS.check("darkest", darkest);
    HYPERPARAMETERS.check("onDark", onDark);
    HYPERPARAMETERS.check("groupShare", groupShare);
    HYPERPARAMETERS.check("groupMost", groupMost);
    HYPERPARAMETERS.check("endToEnd", endToEnd);
    HYPERPARAMETERS.check("endDistance", endDistance);
    HYPERPARAMETERS.check("endTurn", endTurn);
    HYPERPARAMETERS.check("sideLow", sideLow);
    HYPERPARAMETERS.check("sideHigh", sideHigh);
    HYPERPARAMETERS.check("sideTurn", sideTurn);
    HYPERPARAMETERS.check("clusterGap", clusterGap);
    HYPERPARAMETERS.check("boxMargin", boxMargin);
    HYPERPARAMETERS.check("pasteMargin", pasteMargin);
    HYPERPARAMETERS.check("pasteFeather", pasteFeather);
    HYPERPARAMETERS.check("cleanMargin", cleanMargin);
    HYPERPARAMETERS.check("cleanRing", cleanRing);
    HYPERPARAMETERS.check("cleanPatches", cleanPatches);
    HYPERPARAMETERS.check("cleanColour", cleanColour);
    HYPERPARAMETERS.check("cleanFeather", cleanFeather);
    HYPERPARAMETERS.check("suspectPeak", suspectPeak);
    HYPERPARAMETERS.check("suspectSize", suspectSize);
  }
}
