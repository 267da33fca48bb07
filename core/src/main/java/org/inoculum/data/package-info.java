/**
 * A folder as a labelled data set: reading, inspecting, preparing, augmenting offline, and the
 * drawn demo set. Knows nothing of tensors.
 */
@NullMarked
package org.inoculum.data;

import org.jspecify.annotations.NullMarked;
