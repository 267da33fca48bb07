package org.inoculum.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.inoculum.UserException;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.image.PlaneChoice;
import org.inoculum.image.Window;
import org.jspecify.annotations.Nullable;

/**
 * The notes that the program itself left beside images that it made: {@code prepare.json} or {@code
 * generation.json}. Their planes were chosen and their values brought to a scale when they were
 * made.
 *
 * @param root the folder
 * @param made whether the program made it
 * @param augmentation what {@code prepare} had done
 * @param window the measured values that black and white stand for; null where all had 8 bits
 * @param whole whether the values of files of more than 8 bits were whole numbers from 0 to 65,535
 *     when they were measured; null where that is not known
 * @param samples the measured values that 0 and 65,535 stand for in the folder's 16-bit files;
 *     null: those of {@code window}
 */
public record FolderOrigin(
    Path root,
    boolean made,
    OfflineAugmentation augmentation,
    @Nullable Window window,
    @Nullable Boolean whole,
    @Nullable Window samples) {
  /** The file that {@code generate} writes beside a data set that it has generated. */
  static final String GENERATION = "generation.json";

  /** Name of the file that {@link #of} reads. */
  static String file(Path root) {
    return Files.isRegularFile(root.resolve(PreparationRecord.FILE))
        ? PreparationRecord.FILE
        : GENERATION;
  }

  /** Looks for the notes; an error if they are damaged. */
  public static FolderOrigin of(Path root) {
    Path prepared = root.resolve(PreparationRecord.FILE);
    if (Files.isRegularFile(prepared)) {
      PreparationRecord record = PreparationRecord.read(prepared);
      return new FolderOrigin(
          root,
          true,
          record.offlineAugmentation(prepared.toString()),
          record.window(),
          record.whole(),
          null);
    }
    Path generated = root.resolve(GENERATION);
    if (Files.isRegularFile(generated)) {
      Map<?, ?> notes = FormatVersion.fields(Json.read(generated, Map.class), generated.toString());
      Window samples = window(notes.get("samples"), generated);
      return new FolderOrigin(
          root,
          true,
          OfflineAugmentation.NONE,
          window(notes.get("window"), generated),
          samples == null ? null : Boolean.valueOf(samples.equals(Window.SIXTEEN_BITS)),
          samples);
    }
    return unknown(root);
  }

  /** Of a folder that others made. */
  static FolderOrigin unknown(Path root) {
    return new FolderOrigin(root, false, OfflineAugmentation.NONE, null, null, null);
  }

  private static @Nullable Window window(@Nullable Object noted, Path file) {
    return noted == null ? null : Json.parse(Json.line(noted), Window.class, file.toString());
  }

  /** The group of each file, where {@code prepare} noted groups. */
  Map<String, String> groups() {
    Map<String, String> groups = new HashMap<>();
    Path file = root.resolve(ImageOrigin.FILE);
    if (made && Files.isRegularFile(file)) {
      Json.forEachLine(
          file, ImageOrigin.class, origin -> groups.put(origin.file(), origin.group()));
    }
    return groups;
  }

  /**
   * How the folder's files are read where {@code wanted} is asked for: the choices that were made
   * with the folder are not made again.
   *
   * @throws UserException of kind BAD_DATA if another window is asked for than it was made with
   */
  public Reading reading(Reading wanted) {
    if (!made) {
      return wanted;
    }
    WindowChoice scale = wanted.window();
    if (window != null) {
      if (!scale.equals(WindowChoice.DEFAULT) && !scale.equals(WindowChoice.values(window))) {
        throw UserException.badData(
            root
                + (" was made with the window " + WindowChoice.values(window).label())
                + (" and is wanted with " + scale.label())
                + "; make it anew from the images that it was made of");
      }
      scale =
          WindowChoice.values(samples == null ? Window.SIXTEEN_BITS : window.inSamplesOf(samples));
    }
    return new Reading(PlaneChoice.ONLY, scale, wanted.limits(), wanted.skipBad());
  }
}
