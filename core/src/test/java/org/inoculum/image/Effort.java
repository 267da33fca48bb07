package org.inoculum.image;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * What a piece of work cost this thread, whatever else the machine is doing.
 *
 * @param cpuSeconds of the processor
 * @param allocatedMebibytes of heap, also where it was free again soon
 */
public record Effort(double cpuSeconds, double allocatedMebibytes) {
  private static final com.sun.management.ThreadMXBean THREADS = threads();

  /** Does the work. */
  public static Effort of(Runnable work) {
    long cpu = THREADS.getCurrentThreadCpuTime();
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    return new Effort(
        (THREADS.getCurrentThreadCpuTime() - cpu) / 1e9,
        (THREADS.getCurrentThreadAllocatedBytes() - bytes) / (double) (1 << 20));
  }

  private static com.sun.management.ThreadMXBean threads() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return (com.sun.management.ThreadMXBean) threads;
  }
}
