package org.inoculum.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.inoculum.dashboard.Dashboard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast a training is with the dashboard open and a hundred clients that do not read, against
 * the same training with neither: pieces of the same process in turn, {@code -Dinoculum.pieces=12}
 * of each. Not in every build, since another load moves it by more than what is looked for. What
 * the dashboard's own process computes meanwhile is printed beside it.
 */
@EnabledIfSystemProperty(named = "inoculum.pieces", matches = "\\d+")
class TrainingSpeedTest {
  private static final int NOT_READING = 100;
  private static final long SETTLE_MILLIS = 3000;
  private static final long PIECE_MILLIS = 10_000;
  private static final List<String> PATHS = List.of("/curves", "/images/reals", "", "/log");
  private static final Pattern LINE =
      Pattern.compile("\"iteration\":(\\d+).*?\"seconds\":([0-9.Ee-]+)");

  /** What goes on beside the training. */
  private enum Beside {
    /** The browser shows an empty page, and there is no dashboard. */
    NOTHING,
    /** A dashboard that a hundred clients ask and do not read from. */
    NOT_READING,
    /** And a page that shows the training, in a browser of the same machine. */
    SHOWN
  }

  private static final com.sun.management.OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);

  @TempDir private Path folder;

  /** Of the processors' time: the share of this process, which the dashboard runs in, by piece. */
  private final EnumMap<Beside, List<Double>> shares = new EnumMap<>(Beside.class);

  @Test
  void theTrainingKeepsItsSpeed() throws Exception {
    int pieces = Integer.getInteger("inoculum.pieces", 12);
    EnumMap<Beside, double[]> speeds = new EnumMap<>(Beside.class);
    for (Beside beside : Beside.values()) {
      speeds.put(beside, new double[pieces]);
    }
    try (Chromium chromium = new Chromium();
        LiveTraining training = new LiveTraining(folder, 2, 200)) {
      BrowserContext profile = chromium.profile();
      Page tab = chromium.tab(profile);
      for (int piece = -1; piece < pieces; piece++) { // the first warms up and is not kept
        for (Beside beside : Beside.values()) {
          double speed = speed(tab, profile, training, beside);
          if (piece >= 0) {
            of(speeds, beside)[piece] = speed;
          }
        }
      }
    }
    for (Beside beside : Beside.values()) {
      System.out.printf(
          Locale.ROOT,
          "%s: median of ratios %.4f, iterations/s %s, shares of the processors %s%n",
          beside,
          ratio(speeds, beside),
          Arrays.toString(of(speeds, beside)),
          shares.get(beside));
    }
    System.out.println(
        "load " + ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    assertThat(ratio(speeds, Beside.NOT_READING)).as("not reading").isGreaterThan(0.97);
  }

  private static double[] of(EnumMap<Beside, double[]> speeds, Beside beside) {
    return Objects.requireNonNull(speeds.get(beside));
  }

  /** The median over pieces of the speed against that of the piece with nothing just before. */
  private static double ratio(EnumMap<Beside, double[]> speeds, Beside beside) {
    double[] with = of(speeds, beside);
    double[] without = of(speeds, Beside.NOTHING);
    double[] ratios = new double[with.length];
    Arrays.setAll(ratios, i -> with[i] / without[i]);
    Arrays.sort(ratios);
    int middle = ratios.length / 2;
    return ratios.length % 2 == 1 ? ratios[middle] : (ratios[middle - 1] + ratios[middle]) / 2;
  }

  private double speed(Page tab, BrowserContext profile, LiveTraining training, Beside beside)
      throws Exception {
    if (beside == Beside.NOTHING) {
      tab.navigate("about:blank");
      return measured(training, beside);
    }
    List<Socket> sockets = new ArrayList<>();
    try (Dashboard dashboard = PagesTest.dashboard(folder.resolve("runs"))) {
      profile.clearCookies();
      PagesTest.open(tab, dashboard);
      String cookie =
          profile.cookies().stream()
              .map(one -> one.name + "=" + one.value)
              .findFirst()
              .orElseThrow();
      if (beside == Beside.SHOWN) {
        tab.navigate(dashboard.url() + "/runs/00000-cells-tiny");
        tab.locator("canvas").first().waitFor();
      } else {
        tab.navigate("about:blank");
      }
      for (int i = 0; i < NOT_READING; i++) {
        sockets.add(asking(dashboard, cookie, i));
      }
      return measured(training, beside);
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static Socket asking(Dashboard dashboard, String cookie, int i) throws IOException {
    URI base = URI.create(dashboard.url());
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), base.getPort()));
    String path =
        i % 5 == 4 ? "/api/events" : "/api/runs/00000-cells-tiny" + PATHS.get(i % PATHS.size());
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + base.getAuthority()
            + "\r\nCookie: "
            + cookie
            + "\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** Iterations per second, by the training's own clock. */
  private double measured(LiveTraining training, Beside beside) throws Exception {
    Thread.sleep(SETTLE_MILLIS);
    double[] before = newest(training.run.resolve("stats.jsonl"));
    long cpu = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    Thread.sleep(PIECE_MILLIS);
    double available = (double) (System.nanoTime() - start) * SYSTEM.getAvailableProcessors();
    shares
        .computeIfAbsent(beside, kind -> new ArrayList<>())
        .add((SYSTEM.getProcessCpuTime() - cpu) / available);
    double[] after = newest(training.run.resolve("stats.jsonl"));
    assertThat(training.isAlive()).isTrue();
    return (after[0] - before[0]) / (after[1] - before[1]);
  }

  /** Iteration and seconds of the last whole line. */
  private static double[] newest(Path stats) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(stats.toFile(), "r")) {
      byte[] end = new byte[(int) Math.min(4096, file.length())];
      file.seek(file.length() - end.length);
      file.readFully(end);
      String text = new String(end, StandardCharsets.UTF_8);
      String whole = text.substring(0, text.lastIndexOf('\n'));
      MatchResult last = LINE.matcher(whole).results().reduce((one, next) -> next).orElseThrow();
      return new double[] {Double.parseDouble(last.group(1)), Double.parseDouble(last.group(2))};
    }
  }
}
