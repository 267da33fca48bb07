/**
 * The run directory, which is the interface between the commands. Knows nothing of how training is
 * done.
 */
@NullMarked
package org.inoculum.run;

import org.jspecify.annotations.NullMarked;
