package org.inoculum.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.FileStore;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.torch.LibTorch;

/**
 * One of several Javas that sum up a tensor by c10d's Gloo over the loopback, and the time that it
 * takes: what docs/decisions/0010-training-on-several-machines.md is founded on.
 */
final class AllReduce {
  private static final int WARM_UP = 5;

  private AllReduce() {}

  /**
   * Sums up, again and again.
   *
   * @param arguments a file that all processes share, the number of this one, how many there are,
   *     numbers in the tensor, how often, and a file for the result: the median and the quartiles
   *     in milliseconds, and the first number of the sum of 1, 2, … over the processes
   */
  public static void main(String[] arguments) throws Exception {
    int rank = Integer.parseInt(arguments[1]);
    int size = Integer.parseInt(arguments[2]);
    long scalars = Long.parseLong(arguments[3]);
    int times = Integer.parseInt(arguments[4]);
    LibTorch.load(1);
    try (PointerScope scope = new PointerScope()) {
      ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create();
      options.devices(new GlooDeviceVector(ProcessGroupGloo.createDeviceForHostname("127.0.0.1")));
      ProcessGroupGloo group =
          new ProcessGroupGloo(new FileStore(arguments[0], size), rank, size, options);
      Tensor gradient = torch.ones(scalars);
      double[] milliseconds = new double[times];
      float sum = 0;
      for (int i = -WARM_UP; i < times; i++) {
        gradient.fill_(new Scalar(rank + 1.0f));
        long start = System.nanoTime();
        group.allreduce(new TensorVector(gradient))._wait();
        if (i >= 0) {
          milliseconds[i] = (System.nanoTime() - start) / 1e6;
        }
        sum = gradient.select(0, scalars - 1).item_float();
      }
      Arrays.sort(milliseconds);
      Files.writeString(
          Path.of(arguments[5]),
          String.format(
              Locale.ROOT,
              "%.3f %.3f %.3f %.1f",
              milliseconds[times / 2],
              milliseconds[times / 4],
              milliseconds[3 * times / 4],
              sum));
    }
  }
}
