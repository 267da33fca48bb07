package org.inoculum.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.inoculum.UserException;
import org.inoculum.metric.CopyTest;
import org.inoculum.metric.FeatureMetrics;
import org.inoculum.metric.Features;
import org.inoculum.metric.Fid;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of two tables of features that somebody else extracted.
 *
 * @param precision share of generated rows inside a real ball
 * @param recall share of real rows inside a generated ball
 * @param density of real balls around generated rows
 * @param coverage share of real balls that hold a generated row
 * @param kid unbiased, all pairs
 * @param kidBiased with each row paired with itself
 * @param fid covariance with n - 1
 * @param authenticity against the training rows; against the real ones where there are none
 * @param vendi of the generated rows
 * @param zU the data-copying test; null without training rows
 * @param k neighbours that make a ball
 * @param nReal real rows
 * @param nGenerated generated rows
 * @param dimension columns
 * @param notes what a reader has to know
 */
public record TableMetrics(
    double precision,
    double recall,
    double density,
    double coverage,
    double kid,
    double kidBiased,
    double fid,
    double authenticity,
    double vendi,
    @Nullable Double zU,
    int k,
    int nReal,
    int nGenerated,
    int dimension,
    List<String> notes) {
  /**
   * Most arithmetic, in differences of two features: about 12 minutes of CPU time, by what 10,000 x
   * 2,048 took. A million rows a table are far beyond it.
   */
  private static final double MOST_WORK = 1e13;

  /**
   * What a pair costs beside its features, in these (an estimate): comparing distances, one tile at
   * a time.
   */
  private static final double COST_OF_A_PAIR = 64;

  /** What singular values cost, in these (an estimate), over the cube of the smaller side. */
  private static final double COST_OF_SINGULAR_VALUES = 20;

  /** Keeps a copy of the notes. */
  public TableMetrics {
    notes = List.copyOf(notes);
  }

  /**
   * Reads and compares.
   *
   * @throws UserException of kind BAD_DATA if a table cannot be read, is too small for k, too large
   *     for this machine, or the columns differ in number
   */
  public static TableMetrics of(Path real, Path generated, @Nullable Path train, int k) {
    // Reading takes about as long as a metric: on several CPUs at once.
    ForkJoinTask<Features> first = start(real);
    ForkJoinTask<Features> second = start(generated);
    ForkJoinTask<Features> third = train == null ? null : start(train);
    Features a = first.join();
    Features b = second.join();
    Features c = third == null ? null : third.join();
    requireDimension(a, real, b, generated);
    if (c != null && train != null) {
      requireDimension(a, real, c, train);
    }
    requireRows(a, real, k);
    requireRows(b, generated, k);
    refuseTooMuch(a, b, c);
    FeatureMetrics all = FeatureMetrics.of(a, b, c, k, k);
    List<String> notes = new ArrayList<>();
    if (all.fid().fewImages()) {
      notes.add("FID is biased upwards below %d rows".formatted(Fid.FEW_IMAGES));
    }
    if (c == null) {
      notes.add("no --train: authenticity is against the real rows, and zU needs training rows");
    }
    CopyTest copies = all.copyTest();
    return new TableMetrics(
        all.precisionRecall().precision(),
        all.precisionRecall().recall(),
        all.densityCoverage().density(),
        all.densityCoverage().coverage(),
        all.kid().unbiased(),
        all.kid().biased(),
        all.fid().value(),
        all.authenticity().share(),
        all.vendi().value(),
        copies == null ? null : copies.zU(),
        k,
        a.count(),
        b.count(),
        a.dimension(),
        notes);
  }

  private static ForkJoinTask<Features> start(Path file) {
    return ForkJoinPool.commonPool().submit(() -> read(file));
  }

  private static Features read(Path file) {
    try {
      return Features.readCsv(file);
    } catch (OutOfMemoryError e) {
      throw UserException.badData(
          "%s does not fit into the memory that Java may use (%d MiB): take fewer rows, or allow more with -Xmx"
              .formatted(file, Runtime.getRuntime().maxMemory() >> 20),
          e);
    }
  }

  private static void requireDimension(Features a, Path fileA, Features b, Path fileB) {
    if (a.dimension() != b.dimension()) {
      throw UserException.badData(
          "expected tables with the same columns, found %d in %s and %d in %s: extract both with the same network"
              .formatted(a.dimension(), fileA, b.dimension(), fileB));
    }
  }

  private static void requireRows(Features features, Path file, int k) {
    if (features.count() <= k) {
      throw UserException.badData(
          "%s: expected more than k = %d rows, found %d: take more images or a smaller --k"
              .formatted(file, k, features.count()));
    }
  }

  private static void refuseTooMuch(Features a, Features b, @Nullable Features train) {
    double m = a.count();
    double n = b.count();
    double t = train == null ? 0 : train.count();
    double pairs = m * m / 2 + n * n / 2 + m * n + t * t / 2 + t * (m + n);
    double side = Math.min(Math.max(m, n), a.dimension());
    double work =
        pairs * (a.dimension() + COST_OF_A_PAIR) + COST_OF_SINGULAR_VALUES * side * side * side;
    if (work > MOST_WORK) {
      throw UserException.badData(
          "%,.0f real and %,.0f generated rows of %d columns are too many: all pairs would take hours; take a random part of the rows, 10,000 of each say"
              .formatted(m, n, a.dimension()));
    }
  }
}
