/** Hyperparameters of any method: names, defaults, ranges, meanings. Knows none of the methods. */
@NullMarked
package org.inoculum.recipe;

import org.jspecify.annotations.NullMarked;
