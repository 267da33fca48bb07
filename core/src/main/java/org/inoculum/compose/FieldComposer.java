package org.inoculum.compose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.inoculum.image.Image;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/** Composes field i: a function of the pool, the grounds, the options, the seed and i. */
final class FieldComposer {
  private static final int TRIES = 60;

  private final CellPool pool;
  private final List<GroundField> grounds;
  private final Modality modality;
  private final ComposeOptions options;
  private final ComposeRecipe recipe;
  private final CellCounts counts;
  private final double scale;
  private final double unit;
  private final Map<String, Double> weights;
  private final double boxMargin;

  /**
   * For a whole set.
   *
   * @param scale pixels of a field for each of a crop
   * @param unit pixels of a field for each one of a crop of 128
   * @param weights of the classes, each with cells
   * @param boxMargin from masks to boxes, in pixels
   */
  FieldComposer(
      CellPool pool,
      List<GroundField> grounds,
      Modality modality,
      ComposeOptions options,
      CellCounts counts,
      double scale,
      double unit,
      Map<String, Double> weights,
      double boxMargin) {
    this.pool = pool;
    this.grounds = List.copyOf(grounds);
    this.modality = modality;
    this.options = options;
    this.recipe = options.recipe();
    this.counts = counts;
    this.scale = scale;
    this.unit = unit;
    this.weights = new TreeMap<>(weights);
    this.boxMargin = boxMargin;
  }

  /** What a field shares: its draws, its cells, how strong they are. */
  private final class Draft {
    final RandomStream random;
    final GroundField ground;
    final FieldCanvas canvas;
    final Map<String, List<Cell>> candidates = new TreeMap<>();
    final double[] strength;

    Draft(RandomStream random, GroundField ground, Image image) {
      this.random = random;
      this.ground = ground;
      this.canvas =
          new FieldCanvas(image, ground, modality, options.laying(), recipe.clusterGap() * unit);
      double ofAll =
          StrictMath.exp(
              random.nextDouble(
                  StrictMath.log(recipe.strengthLow()), StrictMath.log(recipe.strengthHigh())));
      strength = new double[image.channels()];
      for (int c = 0; c < strength.length; c++) {
        strength[c] = ofAll * (1 + recipe.strengthChannel() * random.nextDouble(-1, 1));
      }
      boolean byTint = random.nextDouble() < recipe.tintShare();
      for (String name : weights.keySet()) {
        candidates.put(name, candidates(pool.of(name), byTint));
      }
    }

    private List<Cell> candidates(List<Cell> cells, boolean byTint) {
      if (!options.match()) {
        return cells;
      }
      Cell anchor = cells.get(random.nextInt(cells.size()));
      int count =
          Math.min(
              cells.size(),
              Math.max(recipe.nearestLeast(), (int) (recipe.nearestShare() * cells.size())));
      Comparator<Cell> near =
          byTint
              ? Comparator.comparingDouble(
                  cell -> Distances.between(cell.cut().ground(), ground.tint()))
              : Comparator.comparingDouble(cell -> Distances.between(stain(cell), stain(anchor)));
      return cells.stream().sorted(near).limit(count).toList();
    }

    private static float[] stain(Cell cell) {
      float[] stain = new float[cell.cut().hue().length];
      for (int c = 0; c < stain.length; c++) {
        stain[c] = (float) (cell.cut().hue()[c] * cell.cut().peak());
      }
      return stain;
    }

    Cell cell() {
      double sum = weights.values().stream().mapToDouble(Double::doubleValue).sum();
      double left = random.nextDouble() * sum;
      String chosen = "";
      for (Map.Entry<String, Double> one : weights.entrySet()) {
        chosen = one.getKey();
        left -= one.getValue();
        if (left < 0) {
          break;
        }
      }
      List<Cell> own = candidates.getOrDefault(chosen, List.of());
      return own.get(random.nextInt(own.size()));
    }

    /** A cell as it will lie, turned at random or so that its axis has an angle. */
    LaidCell laid(Cell cell, double x, double y, double axisAngle) {
      boolean mirrored = random.nextInt(2) == 1;
      double own = mirrored ? Math.PI - cell.axis().angle() : cell.axis().angle();
      double half = random.nextInt(2) * Math.PI;
      double ofCell = 1 + recipe.strengthCell() * random.nextDouble(-1, 1);
      double[] strengths = strength.clone();
      if (options.laying() == ComposeOptions.Laying.RECTANGLE) {
        Arrays.fill(strengths, 1);
        ofCell = 1; // levels are pasted as they are
      }
      for (int c = 0; c < strengths.length; c++) {
        strengths[c] *= ofCell;
      }
      double ownScale =
          scale * cell.scale() * random.nextDouble(recipe.scaleLow(), recipe.scaleHigh());
      double blur =
          unit * Math.abs(recipe.blurMean() + recipe.blurSpread() * random.nextGaussian());
      return LaidCell.of(
          cell,
          new LaidCell.Pose(x, y, axisAngle - own + half, mirrored, ownScale, strengths, blur));
    }

    boolean leader(int group) {
      Cell cell = cell();
      boolean anywhere = random.nextDouble() < recipe.onDark();
      double darkest = anywhere ? Double.MAX_VALUE : recipe.darkest();
      for (int i = 0; i < TRIES; i++) {
        double x = random.nextDouble(0, canvas.width());
        double y = random.nextDouble(0, canvas.height());
        LaidCell laid = laid(cell, x, y, random.nextDouble(0, 2 * Math.PI));
        if (canvas.fits(laid, darkest, -1)) {
          canvas.add(laid, group);
          return true;
        }
      }
      return false;
    }

    void follower(int group) {
      LaidCell last = canvas.last();
      Cell cell = cell();
      double axis = axisAngle(last);
      for (int i = 0; i < TRIES / 4; i++) {
        boolean endToEnd = random.nextDouble() < recipe.endToEnd();
        double ratio = scale;
        double turn = (endToEnd ? recipe.endTurn() : recipe.sideTurn()) * random.nextGaussian();
        double away =
            endToEnd
                ? recipe.endDistance() * (length(last.cell()) + length(cell)) / 2
                : random.nextDouble(recipe.sideLow(), recipe.sideHigh())
                    * (width(last.cell()) + width(cell))
                    / 2;
        double direction =
            axis + (endToEnd ? turn / 2 : Math.PI / 2) + (random.nextInt(2) == 1 ? Math.PI : 0);
        LaidCell laid =
            laid(
                cell,
                last.pose().x() + ratio * away * StrictMath.cos(direction),
                last.pose().y() + ratio * away * StrictMath.sin(direction),
                axis + turn);
        if (canvas.fits(laid, Double.MAX_VALUE, group)) {
          canvas.add(laid, group);
          return;
        }
      }
    }
  }

  private static double length(Cell cell) {
    return cell.scale() * cell.axis().length();
  }

  private static double width(Cell cell) {
    return cell.scale() * cell.axis().width();
  }

  private static double axisAngle(LaidCell laid) {
    double own = laid.cell().axis().angle();
    return laid.pose().angle() + (laid.pose().mirrored() ? Math.PI - own : own);
  }

  /** Composes a field. */
  ComposedField compose(int index) {
    RandomStream random = RandomStream.of(options.seed(), Purpose.COMPOSING, index);
    GroundField ground = grounds.get(index % grounds.size());
    Image image = ground.read(pool.cells().get(0).cut().amounts().channels());
    int wanted = counts.draw(random);
    Draft draft = new Draft(random, ground, image);
    int group = 0;
    int failures = 0;
    while (draft.canvas.count() < wanted && failures < 5) {
      if (!draft.leader(group)) {
        failures++;
        continue;
      }
      if (random.nextDouble() < recipe.groupShare()) {
        int followers = 1 + random.nextInt(recipe.groupMost());
        for (int i = 0; i < followers && draft.canvas.count() < wanted; i++) {
          draft.follower(group);
        }
      }
      group++;
    }
    List<LaidCell> cells = new ArrayList<>(draft.canvas.cells());
    return ComposedField.of(
        index, ground, draft.canvas, cells, options.clusters(), wanted, boxMargin);
  }
}
