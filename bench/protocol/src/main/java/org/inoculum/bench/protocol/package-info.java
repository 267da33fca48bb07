/**
 * What an engine under test is given and how it is told to work. It knows no engine, so that each
 * can have its own versions of everything.
 */
@NullMarked
package org.inoculum.bench.protocol;

import org.jspecify.annotations.NullMarked;
