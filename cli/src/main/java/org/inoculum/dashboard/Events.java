package org.inoculum.dashboard;

import io.javalin.http.Context;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** All clients that are told of changes: one thread looks at the files, once for all of them. */
final class Events {
  private final ServingLimits limits;
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
  private final AtomicInteger begun = new AtomicInteger();

  Events(ServingLimits limits) {
    this.limits = limits;
  }

  /**
   * Tells a client of a state whenever it changes, until the client goes.
   *
   * @return false, and nothing is begun, where there are too many already
   */
  boolean stream(Context context, String key, Supplier<String> state) {
    if (begun.incrementAndGet() > limits.eventStreams()) {
      begun.decrementAndGet();
      return false;
    }
    context.contentType("text/event-stream;charset=utf-8");
    Connections.Lease lease =
        (Connections.Lease) Objects.requireNonNull(context.req().getAttribute(RequestGuard.LEASE));
    context.future(
        () ->
            start(context, lease, key, state)
                .whenComplete((nothing, failure) -> begun.decrementAndGet()));
    return true;
  }

  private CompletableFuture<Void> start(
      Context context, Connections.Lease lease, String key, Supplier<String> state) {
    try {
      EventStream stream =
          new EventStream(context.res().getOutputStream(), lease, limits, key, state);
      streams.add(stream);
      context.res().getOutputStream().setWriteListener(stream);
      return stream.ended().whenComplete((nothing, failure) -> streams.remove(stream));
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e); // the connection is gone
    }
  }

  /** Looks once at everything that somebody watches. */
  void tick() {
    Map<String, String> states = new HashMap<>();
    for (EventStream stream : streams) {
      stream.tick(states.computeIfAbsent(stream.key(), key -> stream.state()));
    }
  }

  /** Ends all streams. */
  void close() {
    streams.forEach(stream -> stream.ended().complete(null));
  }
}
