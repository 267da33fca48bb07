package org.inoculum.torch;

import java.io.IOException;
import java.util.Objects;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.UserException;

/**
 * Brings libtorch into this Java process, once, and guards its first load.
 *
 * <p>Every class that touches {@code org.bytedeco} is reached through {@link #load} first. Loading
 * from an empty JavaCPP cache was once seen to crash the process, while some libraries were
 * unpacked and others loaded; so all are unpacked before the first is loaded
 * (docs/decisions/0001-engine.md).
 */
public final class LibTorch {
  private static boolean loaded;

  private LibTorch() {}

  /**
   * Loads libtorch, or does nothing if that was done, and sets the number of threads that one
   * operation uses.
   *
   * @param threads at least 1
   * @throws UserException of kind FAILURE where libtorch is not on the class path or does not run
   *     on this machine
   */
  public static synchronized void load(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, was " + threads);
    }
    if (!loaded) {
      loadNatives();
      loaded = true;
    }
    torch.set_num_threads(threads);
  }

  /** The CPUs that this process may use: the default number of threads. */
  public static int defaultThreads() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static void loadNatives() {
    // JavaCPP's own limits count everything the process maps; libtorch's allocations are bounded by
    // one scope a step instead.
    setUnlessGiven("org.bytedeco.javacpp.maxBytes", "0");
    setUnlessGiven("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    String platform = Loader.getPlatform();
    try {
      unpack("openblas", platform);
      unpack("pytorch", platform);
      Loader.load(torch.class);
      // OpenBLAS, which multiplies matrices in 32 bits, would take as many threads as there are
      // CPUs, whoever calls it: then results would depend on them, and threads that each
      // compute a part of a step would wait for one another.
      openblas_nolapack.blas_set_num_threads(1);
      // A second library for plain convolutions that warns on stderr wherever it does not know the
      // CPU.
      torch.globalContext().setUserEnabledNNPACK(false);
    } catch (IOException | LinkageError e) {
      throw UserException.failure(
          "libtorch does not load on this machine ("
              + platform
              + ", Java "
              + Runtime.version().feature()
              + "): "
              + firstLine(e)
              + "; expected the jars org.bytedeco:pytorch and org.bytedeco:openblas with the classifier "
              + platform
              + " on the class path, and a writable JavaCPP cache folder (-Dorg.bytedeco.javacpp.cachedir=DIR)",
          e);
    }
  }

  private static void unpack(String library, String platform) throws IOException {
    String resources = "/org/bytedeco/" + library + "/" + platform + "/";
    if (Loader.cacheResources(resources).length == 0) {
      throw new IOException("nothing at " + resources + " in the class path");
    }
  }

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static String firstLine(Throwable failure) {
    String message =
        Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
    return message.lines().findFirst().orElse(failure.getClass().getSimpleName());
  }
}
