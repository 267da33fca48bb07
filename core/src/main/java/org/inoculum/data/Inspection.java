package org.inoculum.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.inoculum.UserException;
import org.inoculum.image.Channels;
import org.inoculum.image.DecodedImage;
import org.inoculum.image.Fit;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.ImageHeader;
import org.inoculum.image.SampleHistogram;
import org.inoculum.image.Window;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every image of a folder, one at a time, and reports what a data set made of it would be
 * like. A file that cannot be read is a finding, not a failure.
 */
public final class Inspection {
  /** Standard deviation of grey, in levels of 255; sensor noise alone is more. */
  private static final double BLANK_DEVIATION = 2;

  private final Map<String, Integer> classes = new TreeMap<>();
  private final Map<String, Integer> sizes = new TreeMap<>();
  private final Map<String, Integer> formats = new TreeMap<>();
  private final Map<String, Integer> modes = new TreeMap<>();
  private final Map<String, Integer> bitDepths = new TreeMap<>();
  private final Map<String, Integer> planes = new TreeMap<>();
  private final Map<String, Integer> pixelSizes = new TreeMap<>();
  private final DuplicateFinder duplicates = new DuplicateFinder();
  private final Map<String, String> classOfSource = new LinkedHashMap<>();
  private final List<String> nearlyBlank = new ArrayList<>();
  private final List<Unreadable> unreadable = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final ReadingNotes readingNotes = new ReadingNotes();

  private final Reading reading;
  private final Window window;
  private boolean highBitDepth;

  /** The reading's window was settled on values, unless no file needs one. */
  private Inspection(Reading reading) {
    this.reading = reading;
    this.window = reading.window().of(new SampleHistogram());
  }

  /**
   * The result of an inspection.
   *
   * @param folder as named by the user
   * @param images that can be read
   * @param classes readable images of each
   * @param sizes "width x height" as decoded to count
   * @param formats png, jpeg, tiff or idx to count
   * @param modes grey, grey+alpha, rgb (or a palette), rgb+alpha to count
   * @param bitDepths bits of a stored sample to count
   * @param planes what files hold, such as "1 image" or "2 channels (1 DAPI, 2 GFP)", to count
   * @param pixelSizes side of a pixel in micrometres, or "unknown", to count
   * @param window what becomes black to white in files of more than 8 bits; null where there is
   *     none
   * @param augmentation word of what {@code prepare} had done to the folder, else none
   * @param exactDuplicates groups of files with the same pixels
   * @param nearDuplicates groups of files that show the same, in any of the eight orientations
   * @param nearlyBlank files with almost no contrast
   * @param unreadable files that cannot be read, and why
   * @param warnings what is likely to spoil a training, a sentence each
   */
  public record Report(
      String folder,
      int images,
      List<Manifest.ClassCount> classes,
      Map<String, Integer> sizes,
      Map<String, Integer> formats,
      Map<String, Integer> modes,
      Map<String, Integer> bitDepths,
      Map<String, Integer> planes,
      Map<String, Integer> pixelSizes,
      @Nullable Window window,
      String augmentation,
      List<List<String>> exactDuplicates,
      List<NearGroup> nearDuplicates,
      List<String> nearlyBlank,
      List<Unreadable> unreadable,
      List<String> warnings) {}

  /**
   * Files that show nearly the same.
   *
   * @param files at least 2
   * @param distance the largest of the distances that chain them, 0..0.15 of the contrast
   */
  public record NearGroup(List<String> files, double distance) {}

  /**
   * A file that cannot be read.
   *
   * @param file relative to the folder
   * @param reason one line
   */
  public record Unreadable(String file, String reason) {}

  /** Looks at a folder; an error only if the folder itself cannot be listed. */
  public static Report inspect(Path folder, Reading reading) {
    return inspect(folder, reading, FileProgress.NONE);
  }

  /** The same, telling how far it is. */
  public static Report inspect(Path folder, Reading reading, FileProgress progress) {
    ImageFolder found = ImageFolder.scan(folder);
    Optional<IdxFolder> idx = IdxFolder.find(folder);
    if (idx.isPresent()) {
      Inspection inspection = new Inspection(reading);
      inspection.lookAtIdx(found, idx.get());
      return inspection.report(folder, OfflineAugmentation.NONE.label());
    }
    FolderOrigin origin;
    Reading used;
    Optional<Unreadable> damaged = Optional.empty();
    try {
      origin = FolderOrigin.of(folder);
      used = DataSetReader.settled(origin.reading(reading), List.of(folder), progress);
    } catch (UserException e) {
      origin = FolderOrigin.unknown(folder);
      used = reading;
      damaged =
          Optional.of(new Unreadable(FolderOrigin.file(folder), String.valueOf(e.getMessage())));
    }
    Inspection inspection = new Inspection(used);
    damaged.ifPresent(inspection.unreadable::add);
    inspection.lookAtFiles(found, progress);
    return inspection.report(folder, origin.augmentation().label());
  }

  private void lookAtFiles(ImageFolder found, FileProgress progress) {
    try {
      found.check();
    } catch (UserException e) {
      warnings.add("train refuses this folder: " + e.getMessage());
    }
    int total = found.all().size();
    int[] looked = new int[1];
    found
        .byClass()
        .forEach(
            (name, files) -> {
              classes.put(name, 0);
              for (Path file : files) {
                lookAt(found.relative(file), file, name);
                progress.at("inspecting", ++looked[0], total);
              }
            });
    warnings.addAll(found.notes());
    for (Path empty : found.emptyFolders()) {
      warnings.add(found.relative(empty) + " holds no image and is no class");
    }
  }

  private void lookAt(String source, Path file, String className) {
    try {
      byte[] content = ImageFiles.content(file, reading.limits());
      ImageHeader header = ImageFiles.header(content, file.toString(), reading.limits());
      DecodedImage decoded =
          DataSetReader.decode(content, file, reading, note -> readingNotes.add(source, note));
      highBitDepth |= !decoded.isEightBit();
      Image image = window.apply(decoded);
      count(formats, header.format());
      count(modes, header.samples());
      count(bitDepths, header.depth());
      count(planes, header.planes().description());
      Double micrometres = header.planes().pixelMicrons();
      count(pixelSizes, micrometres == null ? "unknown" : micrometres + " um");
      readingNotes.addShape(source, image, Fit.CROP, ReadOptions.FOLDER_SIZE);
      note(source, className, image);
      duplicates.addImage(source, image);
    } catch (UserException e) {
      unreadable.add(new Unreadable(source, String.valueOf(e.getMessage())));
    }
  }

  private void lookAtIdx(ImageFolder found, IdxFolder idx) {
    try {
      IdxFolder.Content content = idx.read(reading.limits());
      int height = content.idxImages.dimension(1);
      int width = content.idxImages.dimension(2);
      for (int i = 0; i < content.labels.length; i++) {
        Image image = content.image(i);
        count(formats, "idx");
        count(modes, ImageHeader.Mode.GREY.label());
        count(bitDepths, "8");
        String className = content.labelled ? String.valueOf(content.labels[i]) : found.name();
        note("idx#" + i, className, image);
      }
      warnings.add(
          "near-duplicates were not searched in idx files (" + width + " x " + height + ")");
    } catch (UserException e) {
      unreadable.add(new Unreadable(found.relative(idx.images()), String.valueOf(e.getMessage())));
    }
  }

  /** What is noted of every image, whatever it came from. */
  private void note(String source, String className, Image image) {
    count(classes, className);
    count(sizes, image.width() + " x " + image.height());
    classOfSource.put(source, className);
    duplicates.addPixels(source, image);
    if (greyDeviation(image) < BLANK_DEVIATION) {
      nearlyBlank.add(source);
    }
  }

  private Report report(Path folder, String augmentation) {
    List<List<String>> exact = duplicates.exact();
    List<NearGroup> near = nearGroups();
    warnings.addAll(CountWarnings.of(classes, bitDepths, sizes));
    warnings.addAll(readingNotes.sentences(classOfSource.size()));
    exact.forEach(group -> warnOfLeak(group, "the same image"));
    near.forEach(group -> warnOfLeak(group.files(), "nearly the same image"));
    List<Manifest.ClassCount> counts = new ArrayList<>();
    classes.forEach((name, images) -> counts.add(new Manifest.ClassCount(name, images)));
    return new Report(
        folder.toString(),
        classOfSource.size(),
        counts,
        sizes,
        formats,
        modes,
        bitDepths,
        planes,
        pixelSizes,
        highBitDepth ? window : null,
        augmentation,
        exact,
        near,
        nearlyBlank,
        unreadable,
        warnings);
  }

  private List<NearGroup> nearGroups() {
    Optional<List<NearGroup>> groups = duplicates.near();
    if (groups.isEmpty()) {
      warnings.add(
          "near-duplicates were not searched: more than "
              + DuplicateFinder.MOST_COMPARED
              + " images");
    }
    return groups.orElse(List.of());
  }

  private void warnOfLeak(List<String> group, String what) {
    if (group.stream().map(classOfSource::get).distinct().count() > 1) {
      warnings.add(what + " is in two classes: " + String.join(", ", group));
    }
  }

  private static void count(Map<String, Integer> counts, String key) {
    counts.merge(key, 1, Integer::sum);
  }

  private static double greyDeviation(Image image) {
    short[] grey = Channels.toGrey(Channels.toEightBit(image)).samples();
    double sum = 0;
    double squares = 0;
    for (short level : grey) {
      sum += level;
      squares += level * level;
    }
    double mean = sum / grey.length;
    return Math.sqrt(Math.max(0, squares / grey.length - mean * mean));
  }
}
