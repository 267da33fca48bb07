package org.inoculum.annotation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.inoculum.UserException;
import org.jspecify.annotations.Nullable;

/**
 * All boxes of a file or a folder of files.
 *
 * <p>What makes the whole file unusable is refused. A single box that makes no sense (no numbers,
 * no area) is named in {@link #bad}, so that whoever reads them can count all before refusing.
 */
public final class Annotations {
  private final Path source;
  private final BoxFormat format;
  private final BoxLimits limits;
  private final List<Box> boxes = new ArrayList<>();
  private final Map<String, Size> sizes = new HashMap<>();
  private final List<Box> ignored = new ArrayList<>();
  private final List<String> bad = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, String> texts = new HashMap<>();
  private final Set<String> foreignNames = new HashSet<>();
  private String firstForeign = "";

  /**
   * How large an image is said to be.
   *
   * @param width columns
   * @param height rows
   */
  public record Size(int width, int height) {}

  Annotations(Path source, BoxFormat format, BoxLimits limits) {
    this.source = source;
    this.format = format;
    this.limits = limits;
  }

  /**
   * Reads a file, or a folder with a file for each image.
   *
   * @param wanted the format; null: found by name and content
   * @param groupColumn column of a CSV table that names each box's group; null for none
   * @throws UserException of kind BAD_DATA or USAGE, naming the file and the place in it
   */
  public static Annotations read(
      Path source, @Nullable BoxFormat wanted, @Nullable String groupColumn, BoxLimits limits) {
    BoxFormat format = wanted == null ? BoxFormats.find(source) : wanted;
    if (groupColumn != null && format != BoxFormat.CSV) {
      throw UserException.usage(
          "--group-column names a column of a CSV table; " + source + " is " + format.label());
    }
    Annotations read = new Annotations(source, format, limits);
    switch (format) {
      case COCO -> new CocoBoxes(read).read();
      case YOLO -> new YoloBoxes(read).read();
      case VOC -> new VocBoxes(read).read();
      case CSV -> new CsvBoxes(read, groupColumn).read();
      case QUPATH -> new QuPathBoxes(read).read();
      case MASKS -> new MaskBoxes(read).read();
      case LABELME -> new LabelmeBoxes(read).read();
      case CVAT -> new CvatBoxes(read).read();
      case LABEL_STUDIO -> new LabelStudioBoxes(read).read();
    }
    read.noteForeignNames();
    return read;
  }

  private void noteForeignNames() {
    if (!foreignNames.isEmpty()) {
      note(
          "%d %s a path from another machine or folder, such as '%s'; images are found by the end of that path"
              .formatted(
                  foreignNames.size(),
                  foreignNames.size() == 1 ? "image is named by" : "images are named by",
                  firstForeign));
    }
  }

  /** The file or folder. */
  public Path source() {
    return source;
  }

  /** How they were written. */
  public BoxFormat format() {
    return format;
  }

  /** In the order of the files. */
  public List<Box> boxes() {
    return List.copyOf(boxes);
  }

  /** Regions in which nobody says what there is (COCO's {@code iscrowd}); only COCO has them. */
  public List<Box> ignored() {
    return List.copyOf(ignored);
  }

  /** Sizes that are said of images, by the names that boxes use; only some formats say them. */
  public Map<String, Size> sizes() {
    return Map.copyOf(sizes);
  }

  /** One line for each box that makes no sense, with its place in {@link #source}. */
  public List<String> bad() {
    return List.copyOf(bad);
  }

  /** What a user should know of how they were read, a sentence each. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  BoxLimits limits() {
    return limits;
  }

  /** Takes a box, or notes what is wrong with it. */
  void add(Box box) {
    limits.checkBoxes(source, boxes.size() + bad.size() + 1L);
    Box.problem(box.left(), box.top(), box.width(), box.height())
        .ifPresentOrElse(problem -> addBad(box.place(), problem), () -> boxes.add(box));
  }

  /** Takes a region in which nobody says what there is, if it has an area. */
  void addIgnored(Box region) {
    limits.checkBoxes(source, ignored.size() + 1L);
    if (Box.problem(region.left(), region.top(), region.width(), region.height()).isEmpty()) {
      ignored.add(region);
    }
  }

  /** Notes a box that cannot even be built. */
  void addBad(String place, String problem) {
    limits.checkBoxes(source, boxes.size() + bad.size() + 1L);
    bad.add(place + ": " + problem);
  }

  /** Notes an image's size, unless it is not known. */
  void addSize(String image, @Nullable Integer width, @Nullable Integer height) {
    if (width != null && height != null && width > 0 && height > 0) {
      sizes.put(image, new Size(width, height));
    }
  }

  /** Notes how many there are of something, if there are any. */
  void note(int count, String what) {
    if (count > 0) {
      note(what + ": " + count);
    }
  }

  void note(String sentence) {
    notes.add(sentence);
  }

  /** The same text once in memory: a million boxes share a few names. */
  String shared(String text) {
    return texts.computeIfAbsent(text, same -> same);
  }

  /**
   * An image's name, relative, with '/' between names and no way out of the folder of images: of a
   * path of another machine, or of one that leads elsewhere, what lies below its root and below its
   * last "..". The file is looked for by the end of that path, among the images there are.
   *
   * @throws UserException if nothing of it is a name
   */
  String imageName(String written, String place) {
    String name = written.strip().replace('\\', '/');
    boolean foreign =
        name.startsWith("/") || name.matches("(?s)([A-Za-z]:|[a-z][a-z0-9]{1,8}://).*");
    List<String> parts = new ArrayList<>();
    for (String part : name.replaceFirst("^([A-Za-z]:|[a-z][a-z0-9]{1,8}://)", "").split("/", -1)) {
      if (part.equals("..")) {
        foreign = true;
        parts.clear();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    if (parts.isEmpty()
        || name.endsWith("/")
        || name.endsWith("/..")
        || name.length() > 4096
        || name.indexOf('\0') >= 0) {
      throw UserException.badData(
          place + ": expected an image's name, found '" + shortened(name) + "'");
    }
    String relative = shared(String.join("/", parts));
    if (foreign && foreignNames.add(relative) && foreignNames.size() == 1) {
      firstForeign = shortened(written.strip());
    }
    return relative;
  }

  /** At most 60 characters of a text from a stranger, on one line. */
  static String shortened(String text) {
    String line =
        text.codePoints()
            .limit(60)
            .map(c -> Character.isISOControl(c) ? '?' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return line.length() < text.length() ? line + "…" : line;
  }
}
