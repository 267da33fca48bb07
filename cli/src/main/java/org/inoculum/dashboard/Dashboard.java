package org.inoculum.dashboard;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.inoculum.UserException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a folder of runs to a browser: live curves, sample grids and scores, and what their
 * generators make. Reads files only, so that it works for runs of other processes, and never
 * writes.
 */
public final class Dashboard implements AutoCloseable {
  private static final int LARGEST_HEAD = 8 << 10; // bytes of a request line and its headers
  private static final int SEND_BUFFER = 64 << 10; // how far a client that does not read gets
  private static final int THREADS = 16;
  private static final int WAITING_TO_BE_ACCEPTED = 128;
  private static final long SWEEP_MILLIS = 250;
  private static final long TICK_MILLIS = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);

  private final String address;
  private final Access access;
  private final Javalin server;
  private final ScheduledExecutorService clock;
  private final Connections connections;
  private final Events events;
  private final ImageRenderer drawing;

  private Dashboard(
      String address,
      Access access,
      Javalin server,
      ScheduledExecutorService clock,
      Connections connections,
      Events events,
      ImageRenderer drawing) {
    this.address = address;
    this.access = access;
    this.server = server;
    this.clock = clock;
    this.connections = connections;
    this.events = events;
    this.drawing = drawing;
  }

  /** The method and path of a route, with the names of its parameters in braces. */
  record Route(String method, String path) {}

  /**
   * Begins to listen.
   *
   * @param relink is told of the next link when one was used up
   * @throws UserException of kind BAD_DATA if the folder is none, USAGE if the address or port
   *     cannot be listened on
   */
  public static Dashboard start(DashboardOptions options, Consumer<String> relink) {
    Runs runs = Runs.in(options.runs());
    try {
      InetAddress address = InetAddress.getByName(options.address());
      int port = options.port() == 0 ? free(address) : options.port();
      String url = "http://" + shown(address) + ":" + port;
      Access access = new Access(token -> relink.accept(link(url, token)));
      String cookie = "inoculum-" + port; // a cookie belongs to a name, whatever the port
      Connections connections = new Connections(options.limits());
      Events events = new Events(options.limits());
      ImageRenderer drawing = new ImageRenderer(options);
      RequestGuard gate =
          new RequestGuard(AllowedHosts.of(address, port), access, cookie, connections);
      Routes routes = new Routes(runs, access, cookie, events, drawing);
      Javalin server =
          Javalin.create(config -> configure(config, gate, routes, connections, address, port));
      server.start();
      ScheduledExecutorService clock = clock(connections, events);
      clock.execute(guarded(routes::warmUp));
      return new Dashboard(url, access, server, clock, connections, events, drawing);
    } catch (IOException e) {
      throw UserException.usage("cannot listen on " + options.address() + ": " + e.getMessage());
    } catch (JavalinBindException e) {
      throw UserException.usage(
          "cannot listen on port "
              + options.port()
              + ", which something else uses; name another with --port, or any that is free with --port 0");
    }
  }

  private static void configure(
      JavalinConfig config,
      RequestGuard gate,
      Routes routes,
      Connections connections,
      InetAddress address,
      int port) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.router.ignoreTrailingSlashes = false;
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, 4);
    threads.setName("dashboard");
    threads.setDaemon(true);
    config.jetty.threadPool = threads;
    config.jetty.modifyHttpConfiguration(Dashboard::restrict);
    config.jetty.modifyServer(
        server -> {
          server.insertHandler(gate);
          server.setErrorHandler(new Refusals());
          server.setStopTimeout(0);
        });
    config.jetty.addConnector(
        (server, http) -> connector(server, http, connections, address, port));
    routes.addTo(config.routes);
  }

  private static void restrict(HttpConfiguration http) {
    http.setUriCompliance(UriCompliance.DEFAULT); // Javalin's own accepts ambiguous paths
    http.setRequestHeaderSize(LARGEST_HEAD);
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
  }

  private static ServerConnector connector(
      Server server,
      HttpConfiguration http,
      Connections connections,
      InetAddress address,
      int port) {
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(address.getHostAddress());
    connector.setPort(port);
    connector.setAcceptQueueSize(WAITING_TO_BE_ACCEPTED);
    connector.setAcceptedSendBufferSize(SEND_BUFFER);
    connector.setIdleTimeout(ImageRenderer.PATIENCE.multipliedBy(2).toMillis()); // ours are shorter
    connector.addBean(connections);
    return connector;
  }

  private static ScheduledExecutorService clock(Connections connections, Events events) {
    ScheduledExecutorService clock =
        Executors.newScheduledThreadPool(
            2,
            task -> {
              Thread thread = new Thread(task, "dashboard-clock");
              thread.setDaemon(true);
              return thread;
            });
    every(clock, SWEEP_MILLIS, connections::closeLate);
    every(clock, TICK_MILLIS, events::tick);
    return clock;
  }

  /** A task that fails once, such as while the folder of the runs is moved, is tried again. */
  private static void every(ScheduledExecutorService clock, long millis, Runnable task) {
    var unused = clock.scheduleWithFixedDelay(guarded(task), millis, millis, TimeUnit.MILLISECONDS);
  }

  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException e) {
        LOG.debug("to be tried again", e);
      }
    };
  }

  /** The port has to be known before the server starts, for the names that it goes by. */
  private static int free(InetAddress address) throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, address)) {
      return socket.getLocalPort();
    }
  }

  private static String shown(InetAddress address) {
    return address.isAnyLocalAddress() || address.isLoopbackAddress()
        ? address instanceof Inet6Address && address.isLoopbackAddress()
            ? "[::1]"
            : DashboardOptions.LOOPBACK
        : AllowedHosts.literal(address);
  }

  private static String link(String url, String token) {
    return url + RequestGuard.EXCHANGE + "?token=" + token;
  }

  /** Where it is, without a token. */
  public String url() {
    return address;
  }

  /** The link that opens it, once. */
  public String link() {
    return link(address, access.token());
  }

  /** Every route there is. */
  List<Route> routes() {
    return server.unsafe.internalRouter.allHttpHandlers().stream()
        .map(one -> new Route(one.endpoint.method.name(), one.endpoint.path))
        .toList();
  }

  /** How many connections are open. */
  int connections() {
    return connections.count();
  }

  /** Stops listening, and lets go of the generator. */
  @Override
  public void close() {
    clock.shutdownNow();
    events.close();
    server.stop();
    drawing.close();
  }
}
