/**
 * From images to features, from features to scores and to plain words. Knows nothing of training
 * and of how images are generated.
 */
@NullMarked
package org.inoculum.evaluate;

import org.jspecify.annotations.NullMarked;
