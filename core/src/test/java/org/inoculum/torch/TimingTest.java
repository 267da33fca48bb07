package org.inoculum.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class TimingTest {
  private static final long SECOND = 1_000_000_000L;

  /** A clock that the work itself moves on. */
  private static final class Clock implements LongSupplier {
    private long now = 77;
    private int runs;

    void run(int... seconds) {
      now += seconds[Math.min(runs++, seconds.length - 1)] * SECOND;
    }

    @Override
    public long getAsLong() {
      return now;
    }
  }

  @Test
  void theFirstTimeDoesNotCountAndOneThatBeganInTimeDoes() {
    Clock clock = new Clock();
    Timing timing = Timing.of(() -> clock.run(9, 3, 2, 4, 100), 15, clock);
    assertThat(clock.runs).isEqualTo(4); // the fourth begins after 14 seconds
    assertThat(timing).isEqualTo(new Timing(3, 3));
  }

  @Test
  void workThatTakesAllTheTimeIsTimedOnce() {
    Clock clock = new Clock();
    assertThat(Timing.of(() -> clock.run(20), 15, clock)).isEqualTo(new Timing(1, 20));
    assertThat(Timing.of(() -> clock.run(20), 0, clock)).isEqualTo(new Timing(1, 20));
  }

  @Test
  void theMedianOfAnEvenCountIsBetweenTheTwoInTheMiddle() {
    assertThat(Timing.median(List.of(5.0, 1.0, 2.0))).isEqualTo(2);
    assertThat(Timing.median(List.of(5.0, 1.0, 2.0, 4.0))).isEqualTo(3);
  }
}
