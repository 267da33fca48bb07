/** The classic iteration in ND4J. It knows nothing of Inoculum but the protocol. */
@NullMarked
package org.inoculum.bench.dl4j;

import org.jspecify.annotations.NullMarked;
