package org.inoculum.compose;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.image.Image;

/** A field while cells are laid on it: where there is room, and which cell each pixel shows. */
final class FieldCanvas {
  private static final double LEAST_VISIBLE = 0.5;

  private final Image image;
  private final GroundField ground;
  private final Modality modality;
  private final ComposeOptions.Laying laying;
  private final double gap;
  private final List<LaidCell> cells = new ArrayList<>();
  private final List<Integer> groups = new ArrayList<>();
  private final float[] level;

  /** Number of the last cell that was laid on each pixel, from 1. */
  private final short[] label;

  /**
   * An empty field.
   *
   * @param gap pixels between cells of different groups, at least
   */
  FieldCanvas(
      Image image,
      GroundField ground,
      Modality modality,
      ComposeOptions.Laying laying,
      double gap) {
    this.image = image;
    this.ground = ground;
    this.modality = modality;
    this.laying = laying;
    this.gap = gap;
    this.label = new short[image.width() * image.height()];
    this.level = new float[image.maxSample() + 1];
    for (int sample = 0; sample < level.length; sample++) {
      level[sample] = modality.level(sample * 255f / image.maxSample());
    }
  }

  int width() {
    return image.width();
  }

  int height() {
    return image.height();
  }

  int count() {
    return cells.size();
  }

  LaidCell last() {
    return cells.get(cells.size() - 1);
  }

  List<LaidCell> cells() {
    return cells;
  }

  /** The group of each cell. */
  int group(int cell) {
    return groups.get(cell);
  }

  short[] labels() {
    return label;
  }

  void add(LaidCell laid, int group) {
    cells.add(laid);
    groups.add(group);
    short number = (short) cells.size();
    for (int i = 0; i < laid.mask().in.length; i++) {
      if (laid.mask().in[i]) {
        int x = laid.left() + i % laid.mask().width;
        int y = laid.top() + i / laid.mask().width;
        if (isInside(x, y)) {
          label[y * image.width() + x] = number;
        }
      }
    }
  }

  /**
   * Whether a cell may lie so: half of it in the field, not on what is ignored, not on ground that
   * is too dark, and apart from cells of other groups, without covering one of its own.
   *
   * @param darkest mean amount of the ground under it, against the field's median, at most
   * @param group that it belongs to; -1 for none
   */
  boolean fits(LaidCell laid, double darkest, int group) {
    PixelSet mask = laid.mask();
    int all = 0;
    int visible = 0;
    double dark = 0;
    int covered = 0;
    for (int i = 0; i < mask.in.length; i++) {
      if (mask.in[i]) {
        all++;
        int x = laid.left() + i % mask.width;
        int y = laid.top() + i / mask.width;
        if (isInside(x, y)) {
          visible++;
          dark += darkness(x, y);
          covered += label[y * image.width() + x] != 0 ? 1 : 0;
        }
      }
    }
    return all > 0
        && visible >= LEAST_VISIBLE * all
        && dark <= darkest * visible
        && covered <= 0.3 * visible
        && !meetsIgnored(laid)
        && isApart(laid, group);
  }

  private boolean isInside(int x, int y) {
    return x >= 0 && y >= 0 && x < image.width() && y < image.height();
  }

  private double darkness(int x, int y) {
    double sum = 0;
    for (int c = 0; c < image.channels(); c++) {
      float here = level[image.sample(x, y, c)];
      sum += modality.isSigned() ? 0 : modality.amount(ground.tint()[c], here);
    }
    return sum / image.channels();
  }

  private boolean meetsIgnored(LaidCell laid) {
    if (ground.ignored().isEmpty()) {
      return false;
    }
    int[] bounds = laid.mask().bounds();
    PixelBox box =
        new PixelBox(
            laid.left() + bounds[0],
            laid.top() + bounds[1],
            bounds[2] - bounds[0] + 1,
            bounds[3] - bounds[1] + 1);
    return ground.ignored().stream().anyMatch(box::meets);
  }

  private boolean isApart(LaidCell laid, int group) {
    if (cells.isEmpty()) {
      return true;
    }
    int[] bounds = laid.mask().bounds();
    int reach = (int) Math.ceil(gap) + 1;
    PixelSet wide = null;
    for (int y = bounds[1] - reach; y <= bounds[3] + reach; y++) {
      for (int x = bounds[0] - reach; x <= bounds[2] + reach; x++) {
        int fieldX = x + laid.left();
        int fieldY = y + laid.top();
        if (!isInside(fieldX, fieldY)) {
          continue;
        }
        int other = label[fieldY * image.width() + fieldX];
        if (other == 0 || groups.get(other - 1) == group) {
          continue;
        }
        if (wide == null) {
          wide = laid.mask().dilated(gap);
        }
        if (x < 0 || y < 0 || x >= wide.width || y >= wide.height || wide.in[y * wide.width + x]) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether two cells' masks are no farther apart than the gap. */
  boolean isNear(LaidCell one, LaidCell other) {
    PixelSet wide = one.mask().dilated(gap);
    int reach = (int) Math.ceil(gap);
    for (int i = 0; i < other.mask().in.length; i++) {
      if (other.mask().in[i]) {
        int x = other.left() + i % other.mask().width - one.left();
        int y = other.top() + i / other.mask().width - one.top();
        if (x >= -reach && y >= -reach && x < wide.width + reach && y < wide.height + reach) {
          int u = Math.max(0, Math.min(wide.width - 1, x));
          int v = Math.max(0, Math.min(wide.height - 1, y));
          if (wide.in[v * wide.width + u]) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Paints all cells over the ground. */
  Image painted() {
    int channels = image.channels();
    short[] samples = image.samples();
    if (cells.isEmpty()) {
      return image;
    }
    float max = image.maxSample();
    boolean pasted = laying == ComposeOptions.Laying.RECTANGLE;
    if (pasted || modality.isSigned()) {
      for (LaidCell cell : cells) {
        blend(cell, samples, pasted ? cell.cell().cut().ground() : meanGround(cell, samples));
      }
    } else {
      float[][] total = new float[channels][samples.length / channels];
      for (LaidCell cell : cells) {
        addTo(total, cell);
      }
      for (int i = 0; i < samples.length; i++) {
        float amount = total[i % channels][i / channels];
        if (amount != 0) {
          float laid = modality.laid(level[samples[i] & 0xFFFF], amount);
          samples[i] = (short) Math.round(modality.sample(laid) * max / 255);
        }
      }
    }
    return new Image(image.width(), image.height(), channels, image.bitDepth(), samples);
  }

  private void addTo(float[][] total, LaidCell cell) {
    int side = cell.mask().width;
    for (int i = 0; i < cell.share().length; i++) {
      int x = cell.left() + i % side;
      int y = cell.top() + i / side;
      if (isInside(x, y)) {
        for (int c = 0; c < total.length; c++) {
          total[c][y * image.width() + x] += cell.amounts().channel[c][i];
        }
      }
    }
  }

  /** The mean level of what a cell is laid on. */
  private float[] meanGround(LaidCell cell, short[] samples) {
    int side = cell.mask().width;
    double[] mean = new double[image.channels()];
    double weight = 0;
    for (int i = 0; i < cell.share().length; i++) {
      int x = cell.left() + i % side;
      int y = cell.top() + i / side;
      if (isInside(x, y) && cell.share()[i] > 0) {
        weight += cell.share()[i];
        for (int c = 0; c < mean.length; c++) {
          int at = (y * image.width() + x) * mean.length + c;
          mean[c] += cell.share()[i] * level[samples[at] & 0xFFFF];
        }
      }
    }
    float[] means = new float[mean.length];
    for (int c = 0; c < mean.length; c++) {
      means[c] = (float) (mean[c] / Math.max(weight, Float.MIN_NORMAL));
    }
    return means;
  }

  /**
   * The cell in place of its ground.
   *
   * @param mean level that the cell's amounts are added to, of each channel
   */
  private void blend(LaidCell cell, short[] samples, float[] mean) {
    int side = cell.mask().width;
    int channels = image.channels();
    for (int i = 0; i < cell.share().length; i++) {
      int x = cell.left() + i % side;
      int y = cell.top() + i / side;
      float share = cell.share()[i];
      if (isInside(x, y) && share > 0) {
        for (int c = 0; c < channels; c++) {
          int at = (y * image.width() + x) * channels + c;
          double laid =
              (1 - share) * level[samples[at] & 0xFFFF]
                  + share * mean[c]
                  + cell.amounts().channel[c][i];
          samples[at] = (short) Math.round(modality.sample((float) laid) * image.maxSample() / 255);
        }
      }
    }
  }
}
