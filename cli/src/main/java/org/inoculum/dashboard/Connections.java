package org.inoculum.dashboard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The open connections, each with the time at which it ends. Jetty's own time limit begins anew
 * with every byte, so that a client that drips them holds a connection for ever; these do not.
 */
final class Connections implements Connection.Listener {
  private final ServingLimits limits;
  private final Map<Connection, Lease> open = new LinkedHashMap<>();

  /** The time until which a connection may stay. */
  final class Lease {
    private final Connection connection;
    private long deadline;
    private boolean answering;

    private Lease(Connection connection) {
      this.connection = connection;
      this.deadline = after(limits.request());
    }

    /** The answer may take so long from now on. */
    void extend(Duration time) {
      synchronized (open) {
        deadline = after(time);
      }
    }

    /** Closes the connection, whatever it is doing. */
    void close() {
      connection.getEndPoint().close();
    }

    private void set(boolean isAnswering, Duration time) {
      synchronized (open) {
        answering = isAnswering;
        deadline = after(time);
      }
    }
  }

  Connections(ServingLimits limits) {
    this.limits = limits;
  }

  @Override
  public void onOpened(Connection connection) {
    Lease tooMany = null;
    synchronized (open) {
      if (open.size() >= limits.connections()) {
        tooMany = longestWaiting();
        if (tooMany != null) {
          open.remove(tooMany.connection);
        }
      }
      open.put(connection, new Lease(connection));
    }
    if (tooMany != null) {
      tooMany.close();
    }
  }

  @Override
  public void onClosed(Connection connection) {
    synchronized (open) {
      open.remove(connection);
    }
  }

  /** A request has come in whole and is being answered; the connection waits again afterwards. */
  Lease answering(Request request) {
    Connection connection = request.getConnectionMetaData().getConnection();
    Lease lease;
    synchronized (open) {
      lease = open.computeIfAbsent(connection, Lease::new);
    }
    lease.set(true, limits.answer());
    Request.addCompletionListener(request, failure -> lease.set(false, limits.request()));
    return lease;
  }

  /** Closes what has had its time. */
  void closeLate() {
    List<Lease> late = new ArrayList<>();
    long now = System.nanoTime();
    synchronized (open) {
      open.values().removeIf(lease -> lease.deadline - now < 0 && late.add(lease));
    }
    late.forEach(Lease::close);
  }

  int count() {
    synchronized (open) {
      return open.size();
    }
  }

  /** The one that asks for nothing since longest, else the one that is answered since longest. */
  private @Nullable Lease longestWaiting() {
    long now = System.nanoTime();
    return open.values().stream()
        .min(
            Comparator.comparing((Lease lease) -> lease.answering)
                .thenComparingLong(lease -> lease.deadline - now))
        .orElse(null);
  }

  private static long after(Duration time) {
    return System.nanoTime() + time.toNanos();
  }
}
