package org.inoculum.bench.protocol;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** An engine under test, in a process of its own. */
public interface Contestant {
  /**
   * One piece of work, always the same but for the weights, which a training changes.
   *
   * @return numbers that tell whether it was the right one, such as losses
   */
  double[] step();

  /** Another measurement of the same machine, where the engine has one. */
  default double gemm() {
    throw new UnsupportedOperationException("only our own process measures GEMM");
  }

  /**
   * Does what is asked on stdin, a word a line, until there is no more: {@code step} is answered
   * with milliseconds and the numbers, {@code gemm} with GFLOP/s. Lines that do not begin with the
   * word are the engine's own chatter.
   */
  static void serve(Contestant contestant) throws IOException {
    System.out.println("ready");
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String label = in.readLine(); label != null; label = in.readLine()) {
      if (label.equals("gemm")) {
        System.out.println("gemm " + contestant.gemm());
      } else {
        long begun = System.nanoTime();
        double[] numbers = contestant.step();
        double millis = (System.nanoTime() - begun) / 1e6;
        System.out.println(
            String.format(Locale.ROOT, "step %.3f ", millis)
                + Arrays.stream(numbers)
                    .mapToObj(Double::toString)
                    .collect(Collectors.joining(" ")));
      }
    }
  }
}
