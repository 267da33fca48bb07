/** The dashboard in a real browser. */
@NullMarked
package org.inoculum.browser;

import org.jspecify.annotations.NullMarked;
