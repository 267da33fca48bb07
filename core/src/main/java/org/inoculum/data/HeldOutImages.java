package org.inoculum.data;

import java.nio.file.Path;
import org.inoculum.files.Json;
import org.jspecify.annotations.Nullable;

/**
 * The record in a run of the images that it is evaluated on: {@value #FILE}.
 *
 * @param validationSet where they come from
 * @param folder where they lie, if they have a folder of their own
 * @param images what was held out; nothing where the run is evaluated on its training images
 */
public record HeldOutImages(
    String validationSet, @Nullable String folder, @Nullable Manifest images) {
  /** The file of a run directory. */
  public static final String FILE = "held-out.json";

  /** Reads a run's. */
  public static HeldOutImages read(Path run) {
    return Json.read(run.resolve(FILE), HeldOutImages.class);
  }

  /** Whether they are a part of the training folder that was not trained on. */
  public boolean fromTrainingFolder() {
    return images != null && folder == null;
  }
}
