package org.inoculum.dashboard;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** All clients that are told of changes: one thread looks at the files, once for all of them. */
final class Events {
  private final ServingLimits limits;
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

  Events(ServingLimits limits) {
    this.limits = limits;
  }

  /** Whether another client is told to ask now and then instead. */
  boolean full() {
    return streams.size() >= limits.eventStreams();
  }

  /** Tells a client of a state whenever it changes, until the client goes. */
  void stream(Context context, String key, Supplier<String> state) {
    context.contentType("text/event-stream;charset=utf-8");
    Connections.Lease lease =
        (Connections.Lease) Objects.requireNonNull(context.req().getAttribute(Gate.LEASE));
    context.future(() -> start(context, lease, key, state));
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
      throw new UncheckedIOException(e); // the connection is gone
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
