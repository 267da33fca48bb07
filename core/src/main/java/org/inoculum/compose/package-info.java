/**
 * Fields of view composed of cells that are cut out of crops and laid on ground without cells: with
 * boxes, masks and counts. Knows nothing of training; a run's cells come by way of {@code
 * generate}.
 */
@NullMarked
package org.inoculum.compose;

import org.jspecify.annotations.NullMarked;
