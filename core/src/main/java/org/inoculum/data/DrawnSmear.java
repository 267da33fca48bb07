package org.inoculum.data;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.inoculum.annotation.Mask;
import org.inoculum.image.Image;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * A whole field of view of a made-up smear, with the truth: {@link DrawnBacilli}, alone and in
 * groups, among nuclei of white blood cells and debris of both stains, under uneven light. Every
 * field is another slide, of one of the {@linkplain SmearStain looks}. It comes from no patient and
 * no slide, and proves nothing about any of them.
 *
 * @param image the field, RGB, 8 bit
 * @param bacilli the pixels of each rod: where its own thickness, as the optics blur it, is at
 *     least a quarter of its greatest
 */
public record DrawnSmear(Image image, List<Mask> bacilli) {
  /** Small fields are computed on a finer grid, of at least so many points for a frame. */
  private static final int LEAST_GRID = 128;

  private static final double MASKED = 0.25;

  /** Keeps a copy of the list. */
  public DrawnSmear {
    bacilli = List.copyOf(bacilli);
  }

  /** Where a rod lies, in units of the frame. */
  private record Place(double x, double y) {}

  /**
   * A field of a seed: a function of the arguments alone.
   *
   * @param width in pixels
   * @param height in pixels
   * @param frame pixels of the square that a single rod is drawn in; a rod is half as long
   * @param infected whether there are rods: 2 to 10 for 48 frames of area; otherwise there is none
   */
  public static DrawnSmear field(
      long seed, int index, int width, int height, int frame, boolean infected) {
    RandomStream random = RandomStream.of(seed, Purpose.DRAWING_FIELDS, index);
    double across = (double) width / frame;
    double down = (double) height / frame;
    List<Place> places = new ArrayList<>();
    if (infected) {
      int wanted = (int) Math.round(random.nextDouble(2, 10) * across * down / 48);
      while (places.size() < wanted) {
        Place first = new Place(random.nextDouble(0, across), random.nextDouble(0, down));
        places.add(first);
        int followers = random.nextDouble() < 0.2 ? 1 + random.nextInt(3) : 0;
        for (int i = 0; i < followers && places.size() < wanted; i++) {
          double angle = random.nextDouble(0, 2 * Math.PI);
          double away = random.nextDouble(0.28, 0.55);
          places.add(
              new Place(
                  Math.max(0, Math.min(across, first.x + away * StrictMath.cos(angle))),
                  Math.max(0, Math.min(down, first.y + away * StrictMath.sin(angle)))));
        }
      }
    }
    return draw(random, width, height, frame, places, true);
  }

  /**
   * One rod in the middle of a square of {@code frame} pixels, cut from a smear like those of
   * {@link #field}: what a lab would crop.
   */
  public static DrawnSmear crop(long seed, int index, int frame) {
    RandomStream random = RandomStream.of(seed, Purpose.DRAWING_FIELDS, -1 - index);
    Place middle =
        new Place(0.5 + random.nextDouble(-0.06, 0.06), 0.5 + random.nextDouble(-0.06, 0.06));
    return draw(random, frame, frame, frame, List.of(middle), false);
  }

  private static DrawnSmear draw(
      RandomStream random, int width, int height, int frame, List<Place> places, boolean field) {
    int perPixel = (LEAST_GRID + frame - 1) / frame;
    int columns = width * perPixel;
    int rows = height * perPixel;
    int unit = frame * perPixel;
    SmearStain stain = SmearStain.draw(random);
    Rgb groundColour = stain.drawGround(random);
    Rgb rodDensity = stain.drawRodDensity(random);
    double cloudiness = stain.drawCloudiness(random);
    SmearGround ground =
        field
            ? SmearGround.drawField(random, columns, rows, unit, cloudiness)
            : SmearGround.draw(random, unit, cloudiness);
    double focus = random.nextDouble(2.9, 3.9) / LEAST_GRID * unit;
    double[] rods = new double[columns * rows];
    List<Mask> masks = new ArrayList<>();
    for (Place place : places) {
      Window rod = Window.draw(random, place, unit, perPixel, focus);
      rod.addTo(rods, columns, rows);
      Mask mask = rod.mask(perPixel, width, height);
      if (mask.area() > 0) {
        masks.add(mask);
      }
    }
    SmearOptics optics = new SmearOptics(stain, groundColour, rodDensity, columns, rows, perPixel);
    return new DrawnSmear(optics.photograph(random, ground, rods, focus, unit), masks);
  }

  /**
   * One rod on the grid, in a square window that begins at the border of a pixel.
   *
   * @param stain that light crosses in it, by point
   * @param blurred the same as the optics show it
   * @param side points
   */
  @SuppressWarnings("ArrayRecordComponent") // on its way from one method to the next
  private record Window(double[] stain, double[] blurred, int side, int left, int top) {

    static Window draw(RandomStream random, Place place, int unit, int perPixel, double focus) {
      int side = 3 * unit / 2 / perPixel * perPixel;
      int left = Math.floorDiv((int) Math.floor(place.x * unit) - side / 2, perPixel) * perPixel;
      int top = Math.floorDiv((int) Math.floor(place.y * unit) - side / 2, perPixel) * perPixel;
      double[] stain = new double[side * side];
      BacillusShape.draw(random, place.x - (double) left / unit, place.y - (double) top / unit)
          .addThickness(stain, side, unit);
      double strength = random.nextDouble(0.8, 1.2);
      for (int i = 0; i < stain.length; i++) {
        stain[i] *= strength;
      }
      return new Window(stain, GaussianBlur.blur(stain, side, focus), side, left, top);
    }

    void addTo(double[] rods, int columns, int rows) {
      for (int row = Math.max(0, -top); row < Math.min(side, rows - top); row++) {
        for (int column = Math.max(0, -left); column < Math.min(side, columns - left); column++) {
          rods[(top + row) * columns + left + column] += stain[row * side + column];
        }
      }
    }

    /** The pixels whose mean of points is a share of the greatest. */
    Mask mask(int perPixel, int width, int height) {
      int firstX = Math.floorDiv(left, perPixel);
      int firstY = Math.floorDiv(top, perPixel);
      int pixels = side / perPixel;
      double[] means = new double[pixels * pixels];
      double greatest = 0;
      for (int i = 0; i < means.length; i++) {
        means[i] =
            SmearOptics.mean(blurred, side, i / pixels * perPixel, i % pixels * perPixel, perPixel);
        greatest = Math.max(greatest, means[i]);
      }
      BitSet inside = new BitSet();
      for (int i = 0; i < means.length; i++) {
        int x = firstX + i % pixels;
        int y = firstY + i / pixels;
        boolean shown = x >= 0 && y >= 0 && x < width && y < height;
        inside.set(i, shown && greatest > 0 && means[i] >= MASKED * greatest);
      }
      return new Mask(firstX, firstY, pixels, pixels, inside).trimmed();
    }
  }
}
