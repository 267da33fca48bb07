/**
 * Where the cells are in fields of view: boxes and outlines that people drew with other tools, read
 * from the files of {@link BoxFormat}. Of images only label masks are opened here.
 */
@NullMarked
package org.inoculum.annotation;

import org.jspecify.annotations.NullMarked;
