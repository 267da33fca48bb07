package org.inoculum.metric;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/** Made-up feature matrices for tests. */
final class Sets {
  private Sets() {}

  /** A matrix that lies beside the tests. */
  static Features resource(String name) {
    try {
      return Features.readCsv(
          Path.of(Objects.requireNonNull(Sets.class.getResource(name), name).toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Independent normal values around {@code mean}. */
  static Features normal(int count, int dimension, double mean, double deviation, long seed) {
    RandomStream random = RandomStream.of(seed, Purpose.CHECKING, 0);
    double[][] rows = new double[count][dimension];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> mean + deviation * random.nextGaussian());
    }
    return Features.of(rows, "normal");
  }

  /** One value everywhere. */
  static Features constant(int count, int dimension, double value) {
    return normal(count, dimension, value, 0, 0);
  }
}
