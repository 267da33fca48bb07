/** What every package may use: the one exception whose message is meant for the user. */
@NullMarked
package org.inoculum.cli;

import org.jspecify.annotations.NullMarked;
