/** The training loop, its losses and its budget. Knows nothing of the command line. */
@NullMarked
package org.inoculum.train;

import org.jspecify.annotations.NullMarked;
