package org.inoculum.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.bytedeco.pytorch.global.torch;

/**
 * Threads that compute side by side, each with its own part of libtorch's threads. For small
 * networks that uses a CPU better than one operation after the other on all its cores
 * (docs/explanation/method.md), and what a part computes does not depend on how many parts run at
 * once.
 */
public final class Workers implements AutoCloseable {
  private final ExecutorService pool;

  private Workers(ExecutorService pool) {
    this.pool = pool;
  }

  /**
   * Starts threads. The calling thread computes with one thread from now on.
   *
   * @param parts how many parts the work has
   * @param threads what the machine gives in all: there are never more workers than that
   */
  public static Workers start(int parts, int threads) {
    int workers = Math.max(1, Math.min(parts, threads));
    int each = Math.max(1, threads / workers);
    ExecutorService pool =
        Executors.newFixedThreadPool(
            workers,
            task -> {
              Thread thread = new Thread(task, "inoculum-worker");
              thread.setDaemon(true);
              return thread;
            });
    CountDownLatch begun = new CountDownLatch(workers);
    Workers made = new Workers(pool);
    made.each(
        workers,
        worker -> {
          // Each waits for the others, so that no thread prepares twice and another never.
          begun.countDown();
          await(begun);
          setUp(each);
        });
    // A caller with a team of its own would leave it spinning in the workers' way after each
    // operation between two rounds.
    torch.set_num_threads(1);
    return made;
  }

  /**
   * Prepares the calling thread to compute beside others, on weights that they share.
   *
   * @param threads intra-op threads
   */
  public static void setUp(int threads) {
    // The first question makes libtorch set up this thread; later it would undo the second.
    torch.get_num_threads();
    torch.set_num_threads(threads);
    // Casts of the weights that one thread made must not be used, or dropped, by another.
    torch.set_autocast_cache_enabled(false);
  }

  /**
   * Does all parts and waits for them, also when one fails or the caller is interrupted.
   *
   * @param part is called with 0 … parts - 1, each in one of the threads
   */
  public void each(int parts, IntConsumer part) {
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int number = i;
      running.add(pool.submit(() -> part.accept(number)));
    }
    List<Throwable> failures = new ArrayList<>();
    boolean interrupted = false;
    for (Future<?> future : running) {
      boolean waiting = true;
      while (waiting) {
        try {
          future.get();
          waiting = false;
        } catch (ExecutionException e) {
          failures.add(e.getCause() == null ? e : e.getCause());
          waiting = false;
        } catch (InterruptedException e) {
          interrupted = true; // but the part still computes on tensors that the caller would free
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (!failures.isEmpty()) {
      throw unchecked(failures.get(0));
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return failure instanceof RuntimeException runtime
        ? runtime
        : new IllegalStateException(failure);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the threads. */
  @Override
  public void close() {
    pool.shutdown();
  }
}
