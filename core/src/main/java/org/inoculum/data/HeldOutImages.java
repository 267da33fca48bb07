package org.inoculum.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.inoculum.files.Json;
import org.jspecify.annotations.Nullable;

/**
 * What a run writes down of the images that it is judged by: {@value #FILE}.
 *
 * @param validationSet where they come from
 * @param folder where they lie, if they have a folder of their own
 * @param images what was held out; nothing where the run is judged by its training images
 */
public record HeldOutImages(
    String validationSet, @Nullable String folder, @Nullable Manifest images) {
  /** The file of a run directory. */
  public static final String FILE = "held-out.json";

  private static final HeldOutImages NONE = new HeldOutImages("", null, null);

  /** Reads a run's; runs of earlier versions held nothing out. */
  public static HeldOutImages read(Path run) {
    Path file = run.resolve(FILE);
    return Files.exists(file) ? Json.read(file, HeldOutImages.class) : NONE;
  }

  /** Whether they are a part of the training folder that was not trained on. */
  public boolean fromTrainingFolder() {
    return images != null && folder == null;
  }
}
