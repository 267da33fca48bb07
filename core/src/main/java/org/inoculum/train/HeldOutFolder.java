package org.inoculum.train;

import java.nio.file.Path;
import org.inoculum.data.DataSet;

/**
 * Images that the user holds out of a training.
 *
 * @param folder where they lie
 * @param images of the training images' size and channels
 */
public record HeldOutFolder(Path folder, DataSet images) {}
