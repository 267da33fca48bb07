package org.inoculum.data;

import java.nio.file.Path;
import java.util.List;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.image.Window;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code prepare.json} of a prepared folder: how its images were made.
 *
 * @param program name and version of what made it
 * @param source name of the folder that was prepared
 * @param size side of the images
 * @param fit the {@link org.inoculum.image.Fit} in lower case
 * @param augmentation word of the {@link OfflineAugmentation}
 * @param copies images made of each, the original with them
 * @param seed of the random angles
 * @param images files written
 * @param classes names in label order
 * @param files what was read
 * @param reading how
 * @param window the values that became 0 and 65,535 in files of more than 8 bits; null where there
 *     were none
 * @param whole whether their values were whole numbers from 0 to 65,535; null where there were none
 * @param skipped how many files could not be read and were left out; null for none
 * @param cut how they were cut out of fields of view; null for whole images
 * @param side name of the part of a split; null for a data set in one
 */
record PreparationRecord(
    String program,
    String source,
    int size,
    String fit,
    String augmentation,
    int copies,
    long seed,
    int images,
    List<String> classes,
    List<SourceFile> files,
    Reading reading,
    @Nullable Window window,
    @Nullable Boolean whole,
    @Nullable Integer skipped,
    @Nullable CutRecord cut,
    @Nullable String side) {
  /** Name of the file in the prepared folder. */
  static final String FILE = "prepare.json";

  /** Reads the file. */
  static PreparationRecord read(Path file) {
    return Json.read(file, PreparationRecord.class);
  }

  /** What the images were augmented with; {@code file} is named where that is not known. */
  OfflineAugmentation offlineAugmentation(String file) {
    return OfflineAugmentation.ofLabel(augmentation)
        .orElseThrow(
            () ->
                UserException.badData(
                    file
                        + (": augmentation is '" + augmentation)
                        + "'; none, article or any-angle were expected"));
  }
}
