package org.inoculum.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Set by Ctrl-C or SIGTERM. The Java machine then waits until the command has saved its work:
 * ending it in the middle of a native operation can crash. The exit code is the signal's own, 130
 * or 143.
 */
final class StopRequest implements BooleanSupplier {
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch finished = new CountDownLatch(1);
  private volatile boolean requested;

  private StopRequest() {}

  /** A request that no signal makes, for tests. */
  static StopRequest never() {
    return new StopRequest();
  }

  /** A request that SIGINT and SIGTERM make from now on. */
  static StopRequest onSignals() {
    StopRequest request = new StopRequest();
    Runtime.getRuntime().addShutdownHook(new Thread(request::awaitFinish, "stop-request"));
    return request;
  }

  @Override
  public boolean getAsBoolean() {
    return requested;
  }

  /** The command has returned; nothing is lost if the process ends. */
  void finished() {
    finished.countDown();
  }

  private void awaitFinish() {
    if (finished.getCount() == 0) {
      return;
    }
    requested = true;
    try {
      if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Runtime.getRuntime().halt(Failures.FAILURE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
