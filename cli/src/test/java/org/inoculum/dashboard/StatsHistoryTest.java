package org.inoculum.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsHistoryTest {
  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("stats.jsonl"), text);
  }

  private static String lines(int first, int last) {
    StringBuilder text = new StringBuilder();
    for (int i = first; i <= last; i++) {
      text.append("{\"iteration\":").append(i).append(",\"d\":").append(i % 7).append("}\n");
    }
    return text.toString();
  }

  private static List<@Nullable Float> mean(StatsHistory.Curves curves, String name) {
    return Objects.requireNonNull(curves.curves().get(name)).mean();
  }

  @Test
  void aShortFileIsDrawnLineByLine() throws IOException {
    StatsHistory.Curves curves =
        new StatsHistory().read(file(lines(1, 5) + "{\"iteration\":6,"), 100);
    assertThat(curves.lines()).isEqualTo(5);
    assertThat(curves.whole()).isTrue();
    assertThat(mean(curves, "iteration")).containsExactly(1f, 2f, 3f, 4f, 5f);
  }

  @Test
  void aLongFileKeepsItsMeanAndItsExtremes() throws IOException {
    int count = 100_003;
    StatsHistory.Curves curves = new StatsHistory().read(file(lines(1, count)), 500);
    Buckets.Curve drawn = Objects.requireNonNull(curves.curves().get("iteration"));
    assertThat(curves.lines()).isEqualTo(count);
    assertThat(drawn.mean().size()).isBetween(200, 500);
    assertThat(drawn.low().get(0)).isEqualTo(1f);
    assertThat(drawn.high().get(drawn.high().size() - 1)).isEqualTo((float) count);
    // Stretches follow each other without a gap and without overlapping.
    for (int i = 1; i < drawn.mean().size(); i++) {
      assertThat(Objects.requireNonNull(drawn.low().get(i)))
          .isEqualTo(Objects.requireNonNull(drawn.high().get(i - 1)) + 1);
      assertThat(Objects.requireNonNull(drawn.mean().get(i)))
          .isEqualTo((drawn.low().get(i) + drawn.high().get(i)) / 2);
    }
    Buckets.Curve d = Objects.requireNonNull(curves.curves().get("d"));
    assertThat(d.low()).containsOnly(0f);
    assertThat(d.high()).containsOnly(6f);
  }

  @Test
  void whatIsNewIsAdded() throws IOException {
    Path file = file(lines(1, 10) + "{\"iteration\":11");
    StatsHistory history = new StatsHistory();
    assertThat(history.read(file, 100).lines()).isEqualTo(10);
    Files.writeString(file, ",\"d\":1}\n" + lines(12, 20), StandardOpenOption.APPEND);
    StatsHistory.Curves curves = history.read(file, 100);
    assertThat(curves.lines()).isEqualTo(20);
    assertThat(mean(curves, "iteration")).hasSize(20).endsWith(19f, 20f);
  }

  @Test
  void aFileThatWasCutIsReadAgain() throws IOException {
    Path file = file(lines(1, 50));
    StatsHistory history = new StatsHistory();
    assertThat(history.read(file, 100).lines()).isEqualTo(50);
    file(lines(1, 20));
    assertThat(history.read(file, 100).lines()).isEqualTo(20);
    // Cut and longer again before anybody looked.
    file(lines(1, 10) + lines(101, 300));
    assertThat(mean(history.read(file, 1000), "iteration")).hasSize(210).endsWith(300f);
  }

  @Test
  void nonsenseIsPassedOver() throws IOException {
    StringBuilder text = new StringBuilder("\u0000\nnull\n[1]\n{\"d\":1}garbage\n\"d\"\n\n{\n");
    text.append("{\"d\":\"text\",\"x\":{\"d\":5},\"y\":[1,2],\"z\":null,\"iteration\":1}\n");
    text.append("{\"d\":1e999,\"iteration\":2}\n");
    text.append("x".repeat(3 << 20)).append('\n');
    text.append("[".repeat(20_000)).append('\n');
    for (int i = 0; i < 100; i++) {
      text.append("{\"name").append(i).append("\":1,\"").append("n".repeat(100)).append("\":1}\n");
    }
    text.append(lines(3, 4));
    StatsHistory.Curves curves = new StatsHistory().read(file(text.toString()), 500);
    assertThat(curves.curves().size()).isLessThanOrEqualTo(24);
    assertThat(mean(curves, "iteration").stream().filter(Objects::nonNull))
        .containsExactly(1f, 2f, 3f, 4f);
    assertThat(curves.curves().keySet()).allMatch(name -> name.length() <= 64);
  }

  @Test
  void aHundredThousandLinesAreReadFast() throws IOException {
    byte[] text = ShownRuns.stats(1, 100_000).getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(folder.resolve("stats.jsonl"), text);
    StatsHistory history = new StatsHistory();
    long before = cpuNanos();
    StatsHistory.Curves curves = history.read(file, 500);
    double first = (cpuNanos() - before) / 1e9;
    assertThat(curves.lines()).isEqualTo(100_000);
    before = cpuNanos();
    history.read(file, 500);
    double again = (cpuNanos() - before) / 1e9;
    assertThat(first).as("seconds of the processor for %d MB", text.length >> 20).isLessThan(5);
    assertThat(again).as("and when nothing is new").isLessThan(first / 5 + 0.05);
  }

  /** Of this thread: the machine may be busy with other tests. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
