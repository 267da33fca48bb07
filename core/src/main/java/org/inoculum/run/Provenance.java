package org.inoculum.run;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * With what a run was made: {@code provenance.json}.
 *
 * @param program name and version
 * @param command the arguments as typed
 * @param data the folder of the training images
 * @param started in UTC, to the second
 * @param java version and vendor
 * @param system operating system and architecture
 * @param cpu as the vendor writes it
 * @param engine libtorch and its version
 * @param threads intra-op threads
 * @param precision the format that was chosen
 * @param selfCheckF32 relative error of 32-bit gradients at the start
 * @param selfCheckBf16 relative error of 16-bit gradients at the start
 * @param tunedMalloc whether the memory allocator was tuned by the launcher
 */
public record Provenance(
    String program,
    List<String> command,
    String data,
    String started,
    String java,
    String system,
    String cpu,
    String engine,
    int threads,
    String precision,
    double selfCheckF32,
    double selfCheckBf16,
    boolean tunedMalloc) {

  /** Now, as {@link #started} has it. */
  public static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** This Java. */
  public static String thisJava() {
    return Runtime.version() + " (" + System.getProperty("java.vendor", "unknown vendor") + ")";
  }

  /** This operating system. */
  public static String thisSystem() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + " "
        + System.getProperty("os.arch");
  }
}
