/**
 * Random draws that are a function of a seed and a step. Knows nothing of what the draws are used
 * for.
 */
@NullMarked
package org.inoculum.random;

import org.jspecify.annotations.NullMarked;
