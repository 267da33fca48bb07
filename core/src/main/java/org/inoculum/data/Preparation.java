package org.inoculum.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.files.Storage;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.Png;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * Writes a folder of images anew as square PNG files, augmented if asked for.
 *
 * <p>Files keep their name: {@code cell.jpg} becomes {@code cell.png}, or {@code cell_00.png},
 * which shows the original, to {@code cell_09.png} where ten are made of each. Two files of a class
 * whose names differ in extension or case only get {@code cell} and {@code cell~2}, in the order of
 * their full names. One class lies directly in the output, several in a folder each. Channels and
 * bit depth stay. {@code prepare.json} beside them says how they were made.
 */
public final class Preparation {
  private Preparation() {}

  /**
   * What was written.
   *
   * @param out the folder
   * @param sources images read
   * @param images images written
   * @param classes images written of each class
   * @param augmentation word of the {@link OfflineAugmentation}
   */
  public record Report(
      String out, int sources, int images, List<Manifest.ClassCount> classes, String augmentation) {
    /** Keeps a copy of the list. */
    public Report {
      classes = List.copyOf(classes);
    }
  }

  /**
   * Reads every image of {@code source} and writes {@code out}, whole or not at all.
   *
   * @param out must not exist, nor lie in {@code source}
   * @throws UserException of kind USAGE, BAD_DATA or STORAGE; nothing was written then
   */
  public static Report prepare(Path source, Path out, PrepareOptions options) {
    refuseInside(source, out);
    Storage.refuseExisting(out);
    ImageFolder folder = ImageFolder.scan(source);
    if (IdxFolder.find(source).isPresent()) {
      throw UserException.badData(
          source + " holds idx files, which need no preparing; train on the folder itself");
    }
    folder.check();
    List<SourceFile> files = new ArrayList<>();
    List<Manifest.ClassCount> counts = new ArrayList<>();
    Storage.newFolder(
        out,
        part -> {
          for (Map.Entry<String, List<Path>> named : folder.byClass().entrySet()) {
            Path target = folder.direct().isEmpty() ? part.resolve(named.getKey()) : part;
            Storage.createFolders(target);
            UniqueNames names = new UniqueNames();
            for (Path file : named.getValue()) {
              byte[] content = ImageFiles.content(file, options.limits());
              writeImages(content, file, target.resolve(names.of(file)), options, files.size());
              files.add(new SourceFile(folder.relative(file), Sha256.of(content), counts.size()));
            }
            int images = named.getValue().size() * options.imagesOfEach();
            counts.add(new Manifest.ClassCount(named.getKey(), images));
          }
          Storage.writeInto(
              part.resolve(PreparationRecord.FILE),
              Json.document(record(folder, options, files)).getBytes(StandardCharsets.UTF_8));
        });
    return new Report(
        out.toString(),
        files.size(),
        files.size() * options.imagesOfEach(),
        counts,
        options.augmentation().word());
  }

  /** Writes all that is made of one image; {@code stem} is the target's path without ending. */
  private static void writeImages(
      byte[] content, Path file, Path stem, PrepareOptions options, int index) {
    Image image = ImageFiles.decode(content, file.toString(), options.limits());
    Image square = options.fit().apply(image, options.size());
    RandomStream random = RandomStream.of(options.seed(), Purpose.AUGMENTATION, index);
    List<Image> made = options.augmentation().apply(square, options.copies(), random);
    int digits = Math.max(2, String.valueOf(options.imagesOfEach() - 1).length());
    for (int i = 0; i < made.size(); i++) {
      String ending =
          options.augmentation() == OfflineAugmentation.NONE
              ? ".png"
              : String.format(Locale.ROOT, "_%0" + digits + "d.png", i);
      Storage.writeInto(stem.resolveSibling(stem.getFileName() + ending), Png.encode(made.get(i)));
    }
  }

  private static PreparationRecord record(
      ImageFolder folder, PrepareOptions options, List<SourceFile> files) {
    return new PreparationRecord(
        Inoculum.program(),
        folder.name(),
        options.size(),
        options.fit().name().toLowerCase(Locale.ROOT),
        options.augmentation().word(),
        options.imagesOfEach(),
        options.seed(),
        files.size() * options.imagesOfEach(),
        List.copyOf(folder.byClass().keySet()),
        files);
  }

  private static void refuseInside(Path source, Path out) {
    if (real(out).startsWith(real(source))) {
      throw UserException.usage(
          "--out " + out + " lies in the source " + source + "; name a folder outside of it");
    }
  }

  /** The path without links, as far as it exists. */
  private static Path real(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    Path existing = absolute;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      return existing == null
          ? absolute
          : existing.toRealPath().resolve(existing.relativize(absolute)).normalize();
    } catch (IOException e) {
      return absolute;
    }
  }
}
