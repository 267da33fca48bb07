/** The classic iteration in TensorFlow-Java. It knows nothing of Inoculum but the protocol. */
@NullMarked
package org.inoculum.bench.tensorflow;

import org.jspecify.annotations.NullMarked;
