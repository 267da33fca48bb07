/**
 * A run as one HTML file for a reviewer, from run directories and JSON files. Knows nothing of the
 * command line.
 */
@NullMarked
package org.inoculum.report;

import org.jspecify.annotations.NullMarked;
