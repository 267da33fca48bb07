/**
 * A training's numbers to an MLflow server that the user names. The only package that connects to
 * anything, and only to that address; a training neither waits for it nor fails with it.
 */
@NullMarked
package org.inoculum.mlflow;

import org.jspecify.annotations.NullMarked;
