package org.inoculum.generate;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.inoculum.torch.Workers;
import org.jspecify.annotations.Nullable;

/**
 * Batches of candidates, drawn by a thread of their own, so that the next can be drawn while one is
 * compressed and written. Which images they are does not depend on it.
 */
final class PrefetchedBatches implements AutoCloseable {
  private final CandidateImages candidates;
  private final SamplingPlan plan;
  private final ExecutorService thread;
  private @Nullable Future<List<CandidateImages.Drawn>> next;
  private long nextBatch;

  /**
   * @param threads that draw one batch
   */
  PrefetchedBatches(CandidateImages candidates, SamplingPlan plan, int threads) {
    this.candidates = candidates;
    this.plan = plan;
    this.thread =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread made =
                  new Thread(
                      () -> {
                        Workers.setUp(threads);
                        task.run();
                      },
                      "inoculum-drawing");
              made.setDaemon(true);
              return made;
            });
  }

  /** Begins to draw a batch, which is asked for next. */
  void begin(long batch) {
    nextBatch = batch;
    next = draw(batch);
  }

  private Future<List<CandidateImages.Drawn>> draw(long batch) {
    return thread.submit(() -> candidates.draw(plan.batch(batch)));
  }

  /** A batch, once it is drawn. */
  List<CandidateImages.Drawn> batch(long batch) {
    Future<List<CandidateImages.Drawn>> drawn =
        next != null && nextBatch == batch ? next : draw(batch);
    next = null;
    boolean interrupted = false;
    while (true) {
      try {
        List<CandidateImages.Drawn> found = drawn.get();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
        return found;
      } catch (InterruptedException e) {
        interrupted = true; // whoever stops a generation asks between two batches
      } catch (ExecutionException e) {
        throw unchecked(e);
      }
    }
  }

  private static RuntimeException unchecked(ExecutionException failure) {
    if (failure.getCause() instanceof Error error) {
      throw error;
    }
    return failure.getCause() instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException(failure);
  }

  /** Waits for what is being drawn: the generator that draws it is freed next. */
  @Override
  public void close() {
    thread.shutdown();
    boolean ended = false;
    boolean interrupted = false;
    while (!ended) {
      try {
        ended = thread.awaitTermination(1, TimeUnit.HOURS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
