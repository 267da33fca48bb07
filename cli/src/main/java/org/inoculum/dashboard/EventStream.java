package org.inoculum.dashboard;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One client that is told of changes (server-sent events). Each event is the whole state, so that
 * one that cannot be sent, since the client does not read, is left out; a client that stays so is
 * closed with its {@link Connections.Lease}.
 */
final class EventStream implements WriteListener {
  /**
   * Ticks after which a line is sent even if nothing has changed, by which a gone client is found.
   */
  private static final int QUIET_TICKS = 10;

  private final ServletOutputStream out;
  private final Connections.Lease lease;
  private final ServingLimits limits;
  private final String key;
  private final Supplier<String> state;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private String last = "";
  private int quiet;
  private boolean ready;

  /**
   * @param key the same for streams of the same state
   * @param state what is told, as JSON
   */
  EventStream(
      ServletOutputStream out,
      Connections.Lease lease,
      ServingLimits limits,
      String key,
      Supplier<String> state) {
    this.out = out;
    this.lease = lease;
    this.limits = limits;
    this.key = key;
    this.state = state;
  }

  String key() {
    return key;
  }

  String state() {
    return state.get();
  }

  CompletableFuture<Void> ended() {
    return ended;
  }

  /** Tells of a state, if it is another one and the client reads. */
  synchronized void tick(String now) {
    if (!ready || ended.isDone()) {
      return;
    }
    lease.extend(limits.answer());
    boolean same = now.equals(last);
    if (same && ++quiet < QUIET_TICKS) {
      return;
    }
    quiet = 0;
    last = now;
    write(same ? ":\n\n" : "data: " + now + "\n\n");
  }

  private void write(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      ready = out.isReady();
      if (ready) {
        out.flush();
        ready = out.isReady();
      }
    } catch (IOException | IllegalStateException e) {
      ended.complete(null);
    }
  }

  @Override
  public synchronized void onWritePossible() {
    ready = out.isReady();
  }

  @Override
  public void onError(Throwable failure) {
    ended.complete(null);
  }
}
