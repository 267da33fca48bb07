package org.inoculum.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test 14 of docs/explanation/reliability.md: clients that say nothing, drip, or do not read. */
class SlowClientsTest {
  private static final String RUN = "00003-cells-tiny";
  private static final int STALLED = 200;
  private static final int DRIPPING = 200;
  private static final int NOT_READING = 100;

  @TempDir private Path folder;
  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void hangUp() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void theServerGoesOnAnsweringAndGetsRidOfThem() throws Exception {
    Path runs = Files.createDirectories(folder.resolve("runs"));
    Path run = ShownRuns.run(runs, RUN, 3000);
    Files.write(run.resolve("samples/000200.png"), large());
    try (Dashboard dashboard = ShownRuns.dashboard(runs)) {
      RawHttp browser = RawHttp.opened(dashboard);
      for (int i = 0; i < STALLED; i++) {
        open(browser, i % 2 == 0 ? "" : "GET / HTTP/1.1\r\nHost: 127.0.0.1:" + browser.port());
      }
      List<Socket> dripping = new ArrayList<>();
      for (int i = 0; i < DRIPPING; i++) {
        dripping.add(open(browser, "GET / HTTP/1.1\r\n"));
      }
      List<String> paths = List.of("/samples/000200", "/curves?points=1000", "");
      for (int i = 0; i < NOT_READING; i++) {
        String path = i % 4 == 3 ? "/api/events?run=" + RUN : "/api/runs/" + RUN + paths.get(i % 4);
        open(browser, request(browser, path).repeat(20));
      }
      int limit = ShownRuns.LIMITS.connections();
      long slowest = 0;
      for (int round = 0; round < 20; round++) {
        for (Socket socket : dripping) {
          drip(socket);
        }
        long before = System.nanoTime();
        assertThat(browser.get("/api/runs").text()).as("round %d", round).contains(RUN);
        slowest = Math.max(slowest, System.nanoTime() - before);
        assertThat(dashboard.connections()).isLessThanOrEqualTo(limit);
        Thread.sleep(100);
      }
      assertThat(slowest / 1e9).as("seconds of the slowest answer").isLessThan(5);
      // Those that drip are ended although they never pause; who listens for events may stay.
      int listeners = ShownRuns.LIMITS.eventStreams();
      for (int tenth = 0; tenth < 300 && dashboard.connections() > listeners; tenth++) {
        for (Socket socket : dripping) {
          drip(socket);
        }
        Thread.sleep(100);
      }
      assertThat(dashboard.connections()).isLessThanOrEqualTo(listeners);
      assertThat(browser.get("/api/runs").text()).contains(RUN);
    }
  }

  private static String request(RawHttp browser, String path) {
    return "GET "
        + path
        + " HTTP/1.1\r\nHost: 127.0.0.1:"
        + browser.port()
        + "\r\n"
        + browser.cookieHeader()
        + "\r\n";
  }

  private Socket open(RawHttp browser, String text) throws IOException {
    Socket socket = browser.connect();
    socket.setReceiveBufferSize(4096);
    sockets.add(socket);
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // It made way for another one already.
    }
    return socket;
  }

  private static void drip(Socket socket) {
    try {
      socket.getOutputStream().write('x');
    } catch (IOException e) {
      // Ended, as it should be.
    }
  }

  /** A sample grid of several megabytes, more than buffers take. */
  private static byte[] large() {
    short[] samples = new short[1200 * 1200 * 3];
    long state = 1;
    for (int i = 0; i < samples.length; i++) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      samples[i] = (short) (state >>> 56);
    }
    return Png.encode(new Image(1200, 1200, 3, 8, samples), Map.of());
  }
}
