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
import org.inoculum.image.Picture;
import org.inoculum.image.Png;
import org.inoculum.image.SampleHistogram;
import org.inoculum.image.Window;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a folder of images anew as square PNG files, augmented if asked for.
 *
 * <p>Files keep their name: {@code cell.jpg} becomes {@code cell.png}, or {@code cell_00.png},
 * which shows the original, to {@code cell_09.png} where ten are made of each. Two files of a class
 * whose names differ in extension or case only get {@code cell} and {@code cell~2}, in the order of
 * their full names. One class lies directly in the output, several in a folder each. Channels stay;
 * files of 8 bits keep them, and deeper ones become 16 bits over one window for the whole folder.
 * {@code prepare.json} beside them says how they were made.
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
   * @param window the values that became 0 and 65,535 in files of more than 8 bits; null where all
   *     had 8
   * @param skipped files that could not be read and were left out, one line of reason each
   */
  public record Report(
      String out,
      int sources,
      int images,
      List<Manifest.ClassCount> classes,
      String augmentation,
      @Nullable Window window,
      List<String> skipped) {
    /** Keeps copies of the lists. */
    public Report {
      classes = List.copyOf(classes);
      skipped = List.copyOf(skipped);
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
    FolderOrigin origin = FolderOrigin.of(source);
    Reading reading = DataSetReader.settled(origin.reading(options.reading()), List.of(source));
    Scale scale = new Scale(reading, origin.window());
    List<SourceFile> files = new ArrayList<>();
    List<Manifest.ClassCount> counts = new ArrayList<>();
    BadFiles bad = new BadFiles(source, reading.skipBad());
    Storage.newFolder(
        out,
        part -> {
          for (Map.Entry<String, List<Path>> named : folder.byClass().entrySet()) {
            Path target = folder.direct().isEmpty() ? part.resolve(named.getKey()) : part;
            UniqueNames names = new UniqueNames();
            int before = files.size();
            for (Path file : named.getValue()) {
              bad.guard(
                  () -> {
                    byte[] content = ImageFiles.content(file, reading.limits());
                    Image image = scale.image(content, file);
                    Storage.createFolders(target);
                    writeImages(image, target.resolve(names.of(file)), options, files.size());
                    files.add(
                        new SourceFile(folder.relative(file), Sha256.of(content), counts.size()));
                  });
            }
            if (files.size() > before) {
              int images = (files.size() - before) * options.imagesOfEach();
              counts.add(new Manifest.ClassCount(named.getKey(), images));
            }
          }
          bad.check(files.size());
          Storage.writeInto(
              part.resolve(PreparationRecord.FILE),
              Json.document(record(folder, options, files, counts, scale, bad))
                  .getBytes(StandardCharsets.UTF_8));
        });
    return new Report(
        out.toString(),
        files.size(),
        files.size() * options.imagesOfEach(),
        counts,
        options.augmentation().word(),
        scale.window,
        bad.skipped());
  }

  /** Writes all that is made of one image; {@code stem} is the target's path without ending. */
  private static void writeImages(Image image, Path stem, PrepareOptions options, int index) {
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

  /** Brings deep pictures to one scale and notes whether there were any. */
  private static final class Scale {
    private final Reading reading;
    private @Nullable Window window;

    /**
     * The reading's window was settled on values, unless no file needs one.
     *
     * @param made the window that the source itself was made with
     */
    Scale(Reading reading, @Nullable Window made) {
      this.reading = reading;
      this.window = made;
    }

    Image image(byte[] content, Path file) {
      Picture picture = DataSetReader.picture(content, file, reading);
      if (picture instanceof Image image && picture.isEightBit()) {
        return image;
      }
      Window used = reading.window().of(new SampleHistogram());
      if (window == null) {
        window = used;
      }
      return used.apply(picture);
    }
  }

  private static PreparationRecord record(
      ImageFolder folder,
      PrepareOptions options,
      List<SourceFile> files,
      List<Manifest.ClassCount> counts,
      Scale scale,
      BadFiles bad) {
    return new PreparationRecord(
        Inoculum.program(),
        folder.name(),
        options.size(),
        options.fit().name().toLowerCase(Locale.ROOT),
        options.augmentation().word(),
        options.imagesOfEach(),
        options.seed(),
        files.size() * options.imagesOfEach(),
        counts.stream().map(Manifest.ClassCount::name).toList(),
        files,
        options.reading(),
        scale.window,
        bad.skipped().isEmpty() ? null : bad.skipped().size());
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
