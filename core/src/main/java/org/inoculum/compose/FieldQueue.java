package org.inoculum.compose;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.inoculum.data.FileProgress;

/** Numbers from 0 on that threads take one after the other, so that few are in memory. */
final class FieldQueue {
  private final int count;
  private final int threads;
  private final FileProgress progress;
  private final BooleanSupplier stop;
  private int done;

  FieldQueue(int count, int threads, FileProgress progress, BooleanSupplier stop) {
    this.count = count;
    this.threads = threads;
    this.progress = progress;
    this.stop = stop;
  }

  /** Does all; false where it was stopped before. */
  boolean run(IntConsumer each) {
    AtomicInteger next = new AtomicInteger();
    AtomicBoolean stopped = new AtomicBoolean();
    List<Callable<Boolean>> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      workers.add(
          () -> {
            for (int index = next.getAndIncrement();
                index < count && !stopped.get();
                index = next.getAndIncrement()) {
              if (stop.getAsBoolean()) {
                stopped.set(true);
                break;
              }
              try {
                each.accept(index);
              } catch (RuntimeException | Error e) {
                stopped.set(true);
                throw e;
              }
              tell();
            }
            return true;
          });
    }
    Parallel.all(workers, threads, finished -> {});
    return !stopped.get();
  }

  private synchronized void tell() {
    progress.at("composing", ++done, count);
  }
}
