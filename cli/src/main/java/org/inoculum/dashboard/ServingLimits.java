package org.inoculum.dashboard;

import java.time.Duration;

/**
 * The limits on how long a client may take, and on how many there may be.
 *
 * @param request from the opening of a connection, or the end of an answer, to the last byte of the
 *     next request's head: slow and silent clients end here
 * @param answer from there to the last byte of the answer: clients that do not read end here
 * @param connections open at once; one more closes the one that waits longest
 * @param eventStreams open at once; the page of one more asks now and then instead
 */
public record ServingLimits(Duration request, Duration answer, int connections, int eventStreams) {
  /** Generous for a browser, tight for anything else. */
  public static final ServingLimits DEFAULT =
      new ServingLimits(Duration.ofSeconds(10), Duration.ofSeconds(30), 256, 32);
}
