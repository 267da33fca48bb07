/** From a snapshot to one file that other programs run: safetensors or ONNX. */
@NullMarked
package org.inoculum.export;

import org.jspecify.annotations.NullMarked;
