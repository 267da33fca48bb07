/**
 * The comparison of engines. It knows the others only as processes that speak {@link
 * org.inoculum.bench.protocol.Contestant}'s protocol.
 */
@NullMarked
package org.inoculum.bench;

import org.jspecify.annotations.NullMarked;
