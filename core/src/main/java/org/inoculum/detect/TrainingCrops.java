package org.inoculum.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * The batches that a detector is trained on: augmented crops of annotated fields and what the
 * network should say of them. Each crop is from one of the sets of fields, with equal chance. Three
 * quarters hold a cell at some place, drawn from all cells of the set alike; the rest are from any
 * place of any field. A function of (seed, step).
 */
final class TrainingCrops {
  /** Crops of a batch. */
  static final int BATCH = 8;

  /** Side of a crop in pixels of the input. */
  static final int SIDE = 160;

  /** Side of its heatmap. */
  static final int HEAT = SIDE / DetectorNetwork.STRIDE;

  private static final int PLANE = HEAT * HEAT;

  private static final double WITH_CELL = 0.75;

  /** How wide a cell's heat is, in sides of its box, and at least, in pixels of the heatmap. */
  private static final double SPREAD = 0.16;

  private static final double LEAST_SPREAD = 0.8;

  /** Heat from which on a pixel also tells the box. */
  private static final double TELLS_BOX = 0.6;

  private final List<Pool> pools;
  private final int classes;

  /** A set of fields, with all its cells. */
  private record Pool(
      List<DetectorField> fields, List<DetectorField> fieldOfCell, List<Target> cells) {
    static Pool of(List<DetectorField> fields) {
      List<DetectorField> fieldOfCell = new ArrayList<>();
      List<Target> cells = new ArrayList<>();
      for (DetectorField field : fields) {
        for (Target cell : field.targets()) {
          fieldOfCell.add(field);
          cells.add(cell);
        }
      }
      return new Pool(List.copyOf(fields), fieldOfCell, cells);
    }
  }

  /** Crops of sets of fields, none of which is empty. */
  TrainingCrops(List<List<DetectorField>> sets, int classes) {
    this.pools = sets.stream().map(Pool::of).toList();
    this.classes = classes;
  }

  /**
   * A batch.
   *
   * @param density (BATCH, 3, SIDE, SIDE)
   * @param heat (BATCH, K, HEAT, HEAT): 1 at the centre of a cell, falling off around it
   * @param counted (BATCH, 1, HEAT, HEAT): 0 where nobody says what there is
   * @param box (BATCH, 4, HEAT, HEAT), as the network's
   * @param tellsBox (BATCH, 1, HEAT, HEAT): weight of the box there
   */
  @SuppressWarnings("ArrayRecordComponent") // a message to the network, never compared
  record Batch(float[] density, float[] heat, float[] counted, float[] box, float[] tellsBox) {}

  /** The batch of a step. */
  Batch draw(long seed, long step) {
    Batch batch =
        new Batch(
            new float[BATCH * Density.CHANNELS * SIDE * SIDE],
            new float[BATCH * classes * PLANE],
            new float[BATCH * PLANE],
            new float[BATCH * DetectorNetwork.BOX * PLANE],
            new float[BATCH * PLANE]);
    Arrays.fill(batch.counted, 1);
    for (int i = 0; i < BATCH; i++) {
      draw(RandomStream.of(seed, Purpose.SAMPLING, step * BATCH + i), batch, i);
    }
    return batch;
  }

  private void draw(RandomStream random, Batch batch, int i) {
    Pool pool = pools.get(random.nextInt(pools.size()));
    List<Target> cells = pool.cells;
    DetectorField field;
    double x;
    double y;
    if (!cells.isEmpty() && random.nextDouble() < WITH_CELL) {
      int cell = random.nextInt(cells.size());
      field = pool.fieldOfCell.get(cell);
      double away = 0.35 * SIDE;
      x = cells.get(cell).box().x() + random.nextDouble(-away, away);
      y = cells.get(cell).box().y() + random.nextDouble(-away, away);
    } else {
      field = pool.fields.get(random.nextInt(pool.fields.size()));
      x = random.nextDouble(0, field.density().width);
      y = random.nextDouble(0, field.density().height);
    }
    // Crops stay within the field where it is large enough: its mirror image holds no truth.
    CropAugmentation crop =
        new CropAugmentation(
            random, inside(x, field.density().width), inside(y, field.density().height), SIDE);
    crop.draw(field.density(), random, batch.density, i * Density.CHANNELS * SIDE * SIDE);
    for (Target cell : field.targets()) {
      add(batch, i, cell.label(), crop.place(cell.box()));
    }
    for (Rect region : field.ignored()) {
      ignore(batch, i, crop.place(region));
    }
    ignoreBeyond(
        batch, i, crop.place(new Rect(0, 0, field.density().width, field.density().height)));
  }

  private static double inside(double centre, int side) {
    return side <= SIDE ? side / 2.0 : Math.max(SIDE / 2.0, Math.min(side - SIDE / 2.0, centre));
  }

  private static void add(Batch batch, int i, int label, Rect box) {
    double stride = DetectorNetwork.STRIDE;
    double x = box.x() / stride - 0.5;
    double y = box.y() / stride - 0.5;
    double spreadX = Math.max(LEAST_SPREAD, SPREAD * box.width() / stride);
    double spreadY = Math.max(LEAST_SPREAD, SPREAD * box.height() / stride);
    int classes = batch.heat.length / (BATCH * PLANE);
    int top = (int) Math.max(0, Math.ceil(y - 3 * spreadY));
    int bottom = (int) Math.min(HEAT - 1, Math.floor(y + 3 * spreadY));
    int left = (int) Math.max(0, Math.ceil(x - 3 * spreadX));
    int right = (int) Math.min(HEAT - 1, Math.floor(x + 3 * spreadX));
    // The pixel that holds the centre is exactly 1, as the focal loss asks.
    long centreX = Math.round(x);
    long centreY = Math.round(y);
    for (int v = top; v <= bottom; v++) {
      for (int u = left; u <= right; u++) {
        double dx = (u - x) / spreadX;
        double dy = (v - y) / spreadY;
        double heat = u == centreX && v == centreY ? 1 : StrictMath.exp(-0.5 * (dx * dx + dy * dy));
        int place = v * HEAT + u;
        int at = (i * classes + label) * PLANE + place;
        batch.heat[at] =
            (float)
                Math.max(batch.heat[at], Math.min(heat, u == centreX && v == centreY ? 1 : 0.99));
        if (heat >= TELLS_BOX && heat > batch.tellsBox[i * PLANE + place]) {
          batch.tellsBox[i * PLANE + place] = (float) heat;
          int first = i * DetectorNetwork.BOX * PLANE + place;
          batch.box[first] = (float) StrictMath.log(box.width() / stride);
          batch.box[first + PLANE] = (float) StrictMath.log(box.height() / stride);
          batch.box[first + 2 * PLANE] = (float) (x - u);
          batch.box[first + 3 * PLANE] = (float) (y - v);
        }
      }
    }
  }

  private static void ignore(Batch batch, int i, Rect region) {
    double stride = DetectorNetwork.STRIDE;
    for (int v = 0; v < HEAT; v++) {
      for (int u = 0; u < HEAT; u++) {
        if (region.contains((u + 0.5) * stride, (v + 0.5) * stride)) {
          batch.counted[i * PLANE + v * HEAT + u] = 0;
        }
      }
    }
  }

  private static void ignoreBeyond(Batch batch, int i, Rect field) {
    double stride = DetectorNetwork.STRIDE;
    for (int v = 0; v < HEAT; v++) {
      for (int u = 0; u < HEAT; u++) {
        if (!field.contains((u + 0.5) * stride, (v + 0.5) * stride)) {
          batch.counted[i * PLANE + v * HEAT + u] = 0;
        }
      }
    }
  }
}
