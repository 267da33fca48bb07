/** The command inoculum: parse, resolve, print, call. Knows nothing of how anything is done. */
@NullMarked
package org.inoculum.cli;

import org.jspecify.annotations.NullMarked;
