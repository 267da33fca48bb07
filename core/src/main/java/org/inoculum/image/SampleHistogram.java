package org.inoculum.image;

import org.jspecify.annotations.Nullable;

/**
 * Counts the values of many images, to find the {@link Window} that fits all of them, without
 * keeping any.
 *
 * <p>A bin is a float without its last 8 bits: whole numbers up to 65,536 have one each, so that
 * percentiles of 16-bit data are exact, and other values are known to 1 part in 65,536. Pages of
 * bins are made when first needed.
 */
public final class SampleHistogram {
  private static final int LOST_BITS = 8;
  private static final int PAGE_BITS = 12;
  private static final int PAGES = 1 << (32 - LOST_BITS - PAGE_BITS);

  private final long[] @Nullable [] pages = new long[PAGES][];
  private long count;
  private float least = Float.POSITIVE_INFINITY;
  private float most = Float.NEGATIVE_INFINITY;
  private boolean whole = true;

  /** Counts every finite value of an image. */
  public void add(DecodedImage decoded) {
    int values = decoded.width() * decoded.height() * decoded.channels();
    for (int i = 0; i < values; i++) {
      float value = decoded.value(i);
      whole &= value == Math.rint(value) && value >= 0 && value <= Window.SIXTEEN_BITS.high();
      if (Float.isFinite(value)) {
        count(value);
      }
    }
  }

  /** Number of values counted. */
  public long count() {
    return count;
  }

  /**
   * Whether every value, also those that are not finite, is a whole number from 0 to 65,535, so
   * that 16-bit files can hold them as they are; true where there was none.
   */
  public boolean isWhole() {
    return whole;
  }

  /**
   * The range between two percentiles; that of 16-bit samples where nothing was counted.
   *
   * @param low 0..100, share of values below
   * @param high 0..100, above low
   */
  public Window percentiles(double low, double high) {
    if (count == 0) {
      return Window.SIXTEEN_BITS;
    }
    double from = percentile(low);
    double to = percentile(high);
    return new Window(from, to > from ? to : from + Math.max(1, Math.ulp(from)));
  }

  private void count(float value) {
    int bin = bin(value);
    long[] page = pages[bin >>> PAGE_BITS];
    if (page == null) {
      page = new long[1 << PAGE_BITS];
      pages[bin >>> PAGE_BITS] = page;
    }
    page[bin & ((1 << PAGE_BITS) - 1)]++;
    count++;
    least = Math.min(least, value);
    most = Math.max(most, value);
  }

  /**
   * The value at the nearest rank: the smallest one that at least so many percent do not exceed.
   */
  private double percentile(double percent) {
    long rank = Math.max(1, (long) Math.ceil(percent / 100 * count));
    long seen = 0;
    for (int p = 0; p < PAGES; p++) {
      long[] page = pages[p];
      if (page != null) {
        for (int i = 0; i < page.length; i++) {
          seen += page[i];
          if (seen >= rank) {
            return Math.max(least, Math.min(most, valueOf(p << PAGE_BITS | i)));
          }
        }
      }
    }
    return most;
  }

  /** The float's bits, ordered as the floats are, without the last ones. */
  private static int bin(float value) {
    int bits = Float.floatToIntBits(value == 0 ? 0 : value); // one zero, not two
    int ordered = bits < 0 ? ~bits : bits | 0x80000000;
    return ordered >>> LOST_BITS;
  }

  private static float valueOf(int bin) {
    int ordered = bin << LOST_BITS;
    return Float.intBitsToFloat(ordered < 0 ? ordered & 0x7FFFFFFF : ~ordered);
  }
}
