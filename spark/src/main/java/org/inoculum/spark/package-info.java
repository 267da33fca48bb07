/**
 * Generating and evaluating data sets on Apache Spark: the same bytes and figures as on one
 * machine.
 */
@NullMarked
package org.inoculum.spark;

import org.jspecify.annotations.NullMarked;
