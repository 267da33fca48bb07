package org.inoculum.compose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inoculum.image.Image;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.jspecify.annotations.Nullable;

/**
 * Removes annotated objects from a field: each is replaced by the one of many patches of the same
 * field whose surroundings fit best, brought to the place's colour.
 */
final class GroundCleaner {
  private static final double DARK = 8.0 / 255;

  private final ComposeRecipe recipe;
  private final double unit;
  private final long seed;

  /**
   * For fields of one magnification.
   *
   * @param unit pixels of a field for each one of a crop of 128
   */
  GroundCleaner(ComposeRecipe recipe, double unit, long seed) {
    this.recipe = recipe;
    this.unit = unit;
    this.seed = seed;
  }

  /**
   * A cleaned field.
   *
   * @param image without the objects
   * @param replaced what was replaced
   * @param left what could not be, since no patch fits
   */
  record Cleaned(Image image, List<PixelBox> replaced, List<PixelBox> left) {}

  /**
   * Cleans field number {@code index}.
   *
   * @param objects annotated, not widened
   */
  Cleaned clean(Image field, List<PixelBox> objects, int index) {
    int width = field.width();
    int height = field.height();
    int margin = (int) Math.round(recipe.cleanMargin() * unit);
    List<PixelBox> places =
        PixelBox.merged(objects.stream().map(box -> box.wider(margin, width, height)).toList());
    boolean[] dirty = new boolean[width * height];
    for (PixelBox place : places) {
      for (int y = place.top(); y < place.bottom(); y++) {
        Arrays.fill(dirty, y * width + place.left(), y * width + place.right(), true);
      }
    }
    short[] samples = field.samples();
    short[] before = samples.clone();
    RandomStream random = RandomStream.of(seed, Purpose.CLEANING, index);
    List<PixelBox> replaced = new ArrayList<>();
    List<PixelBox> left = new ArrayList<>();
    Work work = new Work(field, before, dirty);
    for (PixelBox place : places) {
      Patch best = best(work, place, places, random);
      if (best == null) {
        left.add(place);
      } else {
        paste(work, samples, place, best);
        replaced.add(place);
      }
    }
    return new Cleaned(
        new Image(width, height, field.channels(), field.bitDepth(), samples), replaced, left);
  }

  @SuppressWarnings("ArrayRecordComponent") // pixels, never compared
  private record Work(Image field, short[] samples, boolean[] dirty) {}

  /** A patch that is as far from its place as this, in factors for each channel. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Patch(int dx, int dy, double[] factors, double cost) {}

  private @Nullable Patch best(
      Work work, PixelBox place, List<PixelBox> places, RandomStream random) {
    Image field = work.field;
    int ring = (int) Math.max(2, Math.round(recipe.cleanRing() * unit));
    PixelBox outer = place.wider(ring, field.width(), field.height());
    int[] around = around(work, place, outer);
    int across = field.width() - outer.width();
    int down = field.height() - outer.height();
    Patch best = null;
    if (around.length == 0 || across < 1 || down < 1) {
      return null;
    }
    for (int i = 0; i < recipe.cleanPatches(); i++) {
      int left = random.nextInt(across + 1);
      int top = random.nextInt(down + 1);
      PixelBox from = new PixelBox(left, top, outer.width(), outer.height());
      if (places.stream().anyMatch(from::meets)) {
        continue;
      }
      Patch patch = compared(work, around, left - outer.left(), top - outer.top(), best);
      best = patch == null ? best : patch;
    }
    return best;
  }

  /** Positions of the ring's pixels that show no object, every second one. */
  private static int[] around(Work work, PixelBox place, PixelBox outer) {
    int width = work.field.width();
    int[] around = new int[outer.width() * outer.height()];
    int count = 0;
    for (int y = outer.top(); y < outer.bottom(); y++) {
      for (int x = outer.left(); x < outer.right(); x++) {
        boolean inside =
            x >= place.left() && x < place.right() && y >= place.top() && y < place.bottom();
        if (!inside && (x + y) % 2 == 0 && !work.dirty[y * width + x]) {
          around[count++] = y * width + x;
        }
      }
    }
    return Arrays.copyOf(around, count);
  }

  private @Nullable Patch compared(Work work, int[] around, int dx, int dy, @Nullable Patch best) {
    int channels = work.field.channels();
    int shift = dy * work.field.width() + dx;
    double[] factors = new double[channels];
    for (int c = 0; c < channels; c++) {
      long here = 0;
      long there = 0;
      for (int at : around) {
        here += work.samples[at * channels + c] & 0xFFFF;
        there += work.samples[(at + shift) * channels + c] & 0xFFFF;
      }
      double dark = DARK * work.field.maxSample() * around.length;
      factors[c] = (here + dark / 8) / (there + dark / 8);
      boolean isDark = here < dark && there < dark;
      if (!isDark && (factors[c] > recipe.cleanColour() || factors[c] < 1 / recipe.cleanColour())) {
        return null;
      }
    }
    double most = best == null ? Double.MAX_VALUE : best.cost;
    double cost = 0;
    for (int i = 0; i < around.length && cost < most; i++) {
      for (int c = 0; c < channels; c++) {
        double difference =
            (work.samples[around[i] * channels + c] & 0xFFFF)
                - factors[c] * (work.samples[(around[i] + shift) * channels + c] & 0xFFFF);
        cost += difference * difference;
      }
    }
    return cost < most ? new Patch(dx, dy, factors, cost) : null;
  }

  /**
   * The patch over the place. What it differs by from the place along its rim is taken from it,
   * weighed by the distance, so that no seam is left (a membrane, as in Georgiev, "Photoshop
   * healing brush", 2004, by inverse distances; Shepard 1968).
   */
  private void paste(Work work, short[] samples, PixelBox place, Patch patch) {
    Image field = work.field;
    int width = field.width();
    int channels = field.channels();
    Rim rim = rim(work, place, patch);
    double feather = Math.max(1, recipe.cleanFeather() * unit);
    PixelBox wide = place.wider((int) Math.ceil(feather), width, field.height());
    double[] offset = new double[channels];
    for (int y = wide.top(); y < wide.bottom(); y++) {
      for (int x = wide.left(); x < wide.right(); x++) {
        double outside =
            Math.max(
                Math.max(place.left() - x, x - place.right() + 1),
                Math.max(place.top() - y, y - place.bottom() + 1));
        double share = outside <= 0 ? 1 : Math.max(0, 1 - outside / (feather + 1));
        int fromX = x + patch.dx;
        int fromY = y + patch.dy;
        if (fromX < 0 || fromY < 0 || fromX >= width || fromY >= field.height()) {
          continue;
        }
        rim.at(x, y, offset);
        int to = (y * width + x) * channels;
        int from = (fromY * width + fromX) * channels;
        for (int c = 0; c < channels; c++) {
          double value = patch.factors[c] * (work.samples[from + c] & 0xFFFF) + offset[c];
          double mixed = share * value + (1 - share) * (samples[to + c] & 0xFFFF);
          samples[to + c] = (short) Math.max(0, Math.min(field.maxSample(), Math.round(mixed)));
        }
      }
    }
  }

  /** Places along the rim, a few pixels apart, and what the patch lacks there. */
  @SuppressWarnings("ArrayRecordComponent") // numbers, never compared
  private record Rim(int[] x, int[] y, double[][] lacks) {
    void at(int atX, int atY, double[] offset) {
      Arrays.fill(offset, 0);
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        double dx = (double) atX - x[i];
        double dy = (double) atY - y[i];
        double weight = 1 / (1 + dx * dx + dy * dy);
        sum += weight;
        for (int c = 0; c < offset.length; c++) {
          offset[c] += weight * lacks[i][c];
        }
      }
      for (int c = 0; c < offset.length; c++) {
        offset[c] = sum == 0 ? 0 : offset[c] / sum;
      }
    }
  }

  private Rim rim(Work work, PixelBox place, Patch patch) {
    int width = work.field.width();
    int ring = (int) Math.max(2, Math.round(recipe.cleanRing() * unit));
    int step = Math.max(2, ring / 2);
    PixelBox outer = place.wider(ring, width, work.field.height());
    List<int[]> places = new ArrayList<>();
    List<double[]> lacks = new ArrayList<>();
    for (int y = outer.top(); y < outer.bottom(); y += step) {
      for (int x = outer.left(); x < outer.right(); x += step) {
        double[] lack = lack(work, place, outer, patch, x, y, step);
        if (lack.length > 0) {
          places.add(new int[] {x + step / 2, y + step / 2});
          lacks.add(lack);
        }
      }
    }
    return new Rim(
        places.stream().mapToInt(one -> one[0]).toArray(),
        places.stream().mapToInt(one -> one[1]).toArray(),
        lacks.toArray(new double[0][]));
  }

  /** The mean over a block's pixels that lie around the place; empty where it has hardly any. */
  private static double[] lack(
      Work work, PixelBox place, PixelBox outer, Patch patch, int left, int top, int step) {
    int width = work.field.width();
    int channels = work.field.channels();
    double[] lack = new double[channels];
    int count = 0;
    for (int y = top; y < Math.min(top + step, outer.bottom()); y++) {
      for (int x = left; x < Math.min(left + step, outer.right()); x++) {
        int at = y * width + x;
        boolean inside =
            x >= place.left() && x < place.right() && y >= place.top() && y < place.bottom();
        if (!inside && !work.dirty[at]) {
          count++;
          for (int c = 0; c < channels; c++) {
            int from = (at + patch.dy * width + patch.dx) * channels + c;
            lack[c] +=
                (work.samples[at * channels + c] & 0xFFFF)
                    - patch.factors[c] * (work.samples[from] & 0xFFFF);
          }
        }
      }
    }
    if (count < Math.max(2, step * step / 4)) {
      return new double[0];
    }
    for (int c = 0; c < channels; c++) {
      lack[c] /= count;
    }
    return lack;
  }
}
