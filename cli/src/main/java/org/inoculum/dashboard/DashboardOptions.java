package org.inoculum.dashboard;

import java.nio.file.Path;
import org.inoculum.UserException;
import org.inoculum.torch.PrecisionChoice;

/**
 * The options of a dashboard: what it shows, and where.
 *
 * @param runs the folder of the runs
 * @param address of this machine, a number such as 127.0.0.1, that it listens on
 * @param port 1..65535, or 0 for any that is free
 * @param threads of the generator that the explorer runs
 * @param precision of the same
 * @param limits how much is served at once
 */
public record DashboardOptions(
    Path runs,
    String address,
    int port,
    int threads,
    PrecisionChoice precision,
    ServingLimits limits) {
  /** The address that nobody but this machine reaches. */
  public static final String LOOPBACK = "127.0.0.1";

  /** Checks the ranges. */
  public DashboardOptions {
    if (port < 0 || port > 65_535) {
      throw UserException.usage("--port must be from 0 to 65535, was " + port);
    }
    if (threads < 1 || threads > 1024) {
      throw UserException.usage("--threads must be from 1 to 1024, was " + threads);
    }
  }
}
