/**
 * The mathematics of comparing two sets of images, on feature matrices (one row an image), in
 * double precision and pure Java. Knows nothing of image files, networks or run directories.
 */
@NullMarked
package org.inoculum.metric;

import org.jspecify.annotations.NullMarked;
