package org.inoculum.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.inoculum.Inoculum;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.jspecify.annotations.Nullable;

/** One data set that is being written: its images, where they come from, and how they were made. */
final class PreparedFolder {
  private static final int LINES_AT_ONCE = 1000;

  private final Path root;
  private final Fields fields;
  private final PrepareOptions options;
  private final OfflineAugmentation augmentation;
  private final String unnamed;
  private final Set<Path> made = new HashSet<>();
  private final Map<String, Integer> images = new TreeMap<>();
  private final List<SourceFile> files = new ArrayList<>();
  private final StringBuilder origins = new StringBuilder();
  private int originLines;
  private int written;
  private @Nullable String lastSource;

  /**
   * A data set in a new folder.
   *
   * @param unnamed the sub-folder of images that have no class; empty to put them into the folder
   *     itself
   */
  PreparedFolder(
      Path root,
      Fields fields,
      PrepareOptions options,
      OfflineAugmentation augmentation,
      String unnamed) {
    this.unnamed = unnamed;
    this.root = root;
    this.fields = fields;
    this.options = options;
    this.augmentation = augmentation;
  }

  /**
   * Writes all that is made of one square.
   *
   * @param index of the square among all, which decides its random angles
   */
  void add(Piece piece, Image square, int index) {
    String className = piece.className().isEmpty() ? unnamed : piece.className();
    Path folder = className.isEmpty() ? root : root.resolve(className);
    if (made.add(folder)) {
      Storage.createFolders(folder);
    }
    RandomStream random = RandomStream.of(options.seed(), Purpose.AUGMENTATION, index);
    List<Image> copies = augmentation.apply(square, options.copies(), random);
    int digits = Math.max(2, String.valueOf(copies.size() - 1).length());
    for (int i = 0; i < copies.size(); i++) {
      String ending =
          augmentation == OfflineAugmentation.NONE
              ? ".png"
              : String.format(Locale.ROOT, "_%0" + digits + "d.png", i);
      String name = piece.stem() + ending;
      Storage.writeInto(folder.resolve(name), Png.encode(copies.get(i)));
      written++;
      note(className.isEmpty() ? name : className + "/" + name, piece);
    }
    images.merge(className, copies.size(), Integer::sum);
    if (!piece.field().source().equals(lastSource)) {
      lastSource = piece.field().source();
      // The classes of whole images and tiles come one after the other.
      int label = piece.box() == null ? images.size() - 1 : -1;
      files.add(new SourceFile(piece.field().source(), piece.sha256(), label));
    }
  }

  /** Images written. */
  int written() {
    return written;
  }

  /** Images written of each class. */
  List<Manifest.ClassCount> classes() {
    return images.entrySet().stream()
        .map(
            named ->
                new Manifest.ClassCount(
                    named.getKey().isEmpty() ? fields.folder().name() : named.getKey(),
                    named.getValue()))
        .toList();
  }

  /**
   * Writes how everything was made.
   *
   * @param pieces where they were taken from
   * @param side which part of a split this is; null for the whole
   */
  void finish(Pieces pieces, @Nullable String side) {
    flush();
    if (originLines > 0) {
      Storage.force(root.resolve(ImageOrigin.FILE));
    }
    PreparationRecord record =
        new PreparationRecord(
            Inoculum.program(),
            fields.folder().name(),
            options.size(),
            options.fit().name().toLowerCase(Locale.ROOT),
            augmentation.label(),
            augmentation == OfflineAugmentation.NONE ? 1 : options.imagesOfEach(),
            options.seed(),
            written,
            classes().stream().map(Manifest.ClassCount::name).toList(),
            files,
            options.reading(),
            pieces.window(),
            pieces.whole(),
            pieces.skipped().isEmpty() ? null : pieces.skipped().size(),
            CutRecord.of(options, fields),
            side);
    Storage.writeInto(
        root.resolve(PreparationRecord.FILE),
        Json.document(record).getBytes(StandardCharsets.UTF_8));
  }

  private void note(String file, Piece piece) {
    if (fields.haveOrigins(options)) {
      origins.append(Json.line(ImageOrigin.of(file, piece))).append('\n');
      if (++originLines % LINES_AT_ONCE == 0) {
        flush();
      }
    }
  }

  private void flush() {
    if (!origins.isEmpty()) {
      Storage.append(
          root.resolve(ImageOrigin.FILE), origins.toString().getBytes(StandardCharsets.UTF_8));
      origins.setLength(0);
    }
  }
}
