package org.inoculum.data;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import org.inoculum.UserException;
import org.inoculum.annotation.Annotations;
import org.inoculum.annotation.Box;
import org.inoculum.files.Sha256;
import org.inoculum.image.Crop;
import org.inoculum.image.DecodedImage;
import org.inoculum.image.DecodingNote;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.SampleHistogram;
import org.inoculum.image.Symmetry;
import org.inoculum.image.Window;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the images once, each decoded once and brought to one scale, and hands out what is
 * taken from each as squares of the wanted size.
 */
final class Pieces {
  private static final int SHOWN = 3;

  private final Fields fields;
  private final PrepareOptions options;
  private final Reading reading;
  private final BadFiles badFiles;
  private final @Nullable BadBoxes badBoxes;
  private final List<String> tooSmall = new ArrayList<>();
  private final List<String> turnedUpright = new ArrayList<>();
  private final List<String> turnedStored = new ArrayList<>();
  private final ReadingNotes readingNotes = new ReadingNotes();
  private final @Nullable Boolean madeWhole;
  private final IntConsumer progress;
  private final SampleHistogram highBitDepth = new SampleHistogram();
  private @Nullable Window window;
  private int fieldsRead;
  private long taken;
  private long mirrored;

  /**
   * For one way through the images. The reading's window was settled on values, unless no file
   * needs one.
   *
   * @param origin what is known of the source
   * @param progress told how many fields were looked at
   */
  Pieces(
      Fields fields,
      PrepareOptions options,
      Reading reading,
      FolderOrigin origin,
      IntConsumer progress) {
    this.fields = fields;
    this.options = options;
    this.reading = reading;
    this.badFiles = new BadFiles(fields.folder().root(), reading.skipBad());
    this.badBoxes = fields.boxes() == null ? null : fields.boxes().copy();
    this.progress = progress;
    this.window = origin.window();
    this.madeWhole = origin.whole();
  }

  /**
   * Hands out every piece with its square.
   *
   * @throws UserException of kind BAD_DATA, when all images were looked at, if one or a box cannot
   *     be used; of kind USAGE if there are more tiles than allowed
   */
  void forEach(BiConsumer<Piece, Image> taker) {
    int looked = 0;
    for (Field field : fields.list()) {
      badFiles.guard(() -> take(field, taker));
      progress.accept(++looked);
    }
    badFiles.check(fieldsRead, options.cutting() instanceof Cutting.Whole ? 2 : 1);
    if (badBoxes != null) {
      badBoxes.check();
    }
    if (taken < 2) {
      throw UserException.badData(
          "%s gives %d images of %d files; at least 2 are needed%s"
              .formatted(
                  fields.folder().root(),
                  taken,
                  fields.list().size(),
                  String.join("", notes().stream().map(note -> "; " + note).toList())));
    }
  }

  /** The values that became 0 and 65,535 in files of more than 8 bits; null where all had 8. */
  @Nullable Window window() {
    return window;
  }

  /**
   * Whether the values of files of more than 8 bits were whole numbers from 0 to 65,535 when they
   * were measured; null where all had 8 bits.
   */
  @Nullable Boolean whole() {
    if (madeWhole == null && highBitDepth.count() > 0) {
      return highBitDepth.isWhole();
    }
    return madeWhole;
  }

  /** Files that could be read. */
  int fieldsRead() {
    return fieldsRead;
  }

  /** One line of reason for each file that was left out. */
  List<String> skipped() {
    return badFiles.skipped();
  }

  /** What else was left out, a sentence each. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    Annotations annotations = fields.annotations();
    if (badBoxes != null && annotations != null) {
      notes.addAll(annotations.notes());
      if (fields.withoutBoxes() > 0) {
        notes.add(
            "%d of %d images have no boxes and give nothing"
                .formatted(fields.withoutBoxes(), fields.withoutBoxes() + fields.list().size()));
      }
      if (!badBoxes.note().isEmpty()) {
        notes.add(badBoxes.note());
      }
      if (mirrored > 0) {
        notes.add(
            "%d of %d squares reach beyond their image and show its mirror image there"
                .formatted(mirrored, taken));
      }
    }
    if (!turnedUpright.isEmpty()) {
      notes.add(
          "%d images are turned upright, as their orientation (Exif or TIFF) says, and their boxes are taken as drawn on the upright image; --box-coordinates stored takes them as drawn on the stored one: %s"
              .formatted(turnedUpright.size(), some(turnedUpright)));
    }
    if (!turnedStored.isEmpty()) {
      notes.add(
          "%d images are turned upright, as their orientation (Exif or TIFF) says, and their boxes are turned with them: %s"
              .formatted(turnedStored.size(), some(turnedStored)));
    }
    notes.addAll(readingNotes.sentences(fields.list().size()));
    notes.addAll(fields.folder().notes());
    if (!tooSmall.isEmpty()) {
      notes.add(
          "%d of %d images are smaller than a tile and give nothing: %s"
              .formatted(tooSmall.size(), fields.list().size(), some(tooSmall)));
    }
    return notes;
  }

  private static String some(List<String> files) {
    return String.join(", ", files.subList(0, Math.min(SHOWN, files.size())))
        + (files.size() > SHOWN ? ", …" : "");
  }

  private void take(Field field, BiConsumer<Piece, Image> taker) {
    byte[] content = ImageFiles.content(field.file(), reading.limits());
    Set<DecodingNote> own = EnumSet.noneOf(DecodingNote.class);
    Image image = scaled(content, field, own);
    boolean turned = options.cutting() instanceof Cutting.Boxes && own.remove(DecodingNote.TURNED);
    own.forEach(note -> readingNotes.add(field.source(), note));
    String sha256 = Sha256.of(content);
    if (options.cutting() instanceof Cutting.Tiles tiles) {
      takeTiles(field, sha256, image, tiles, taker);
    } else if (options.cutting() instanceof Cutting.Boxes boxes) {
      Symmetry upright =
          turned && isOfStored(field, content, image, boxes)
              ? orientation(content)
              : Symmetry.IDENTITY;
      requireSize(field, image, upright);
      for (int i = 0; i < field.boxes().size(); i++) {
        Box box = inUpright(field.boxes().get(i), upright, image);
        Optional<Region> region = region(box, boxes.margin(), image);
        if (region.isPresent()) {
          mirrored += region.get().isInside(image.width(), image.height()) ? 0 : 1;
          hand(new Piece(field, sha256, box.label(), i, region.get(), box), image, taker);
        }
      }
    } else {
      readingNotes.addShape(field.source(), image, options.fit(), options.size());
      hand(new Piece(field, sha256, field.className(), 0, null, null), image, taker);
    }
    fieldsRead++;
  }

  private static Symmetry orientation(byte[] content) {
    return ImageFiles.orientation(content, "the image");
  }

  /**
   * Whether the boxes of a turned image are those of the image as it is stored: many programs that
   * boxes are drawn with do not turn it. Notes the image.
   */
  private boolean isOfStored(Field field, byte[] content, Image image, Cutting.Boxes boxes) {
    Annotations.Size said = field.size();
    boolean swapped =
        said != null
            && said.width() != said.height()
            && orientation(content).apply(said.width(), said.height())[0] == image.width()
            && said.width() != image.width();
    boolean stored = boxes.stored() || swapped;
    (stored ? turnedStored : turnedUpright).add(field.source());
    return stored;
  }

  private static Box inUpright(Box box, Symmetry upright, Image image) {
    int[] stored = upright.inverse().apply(image.width(), image.height());
    Box pixels = box.inPixels(stored[0], stored[1]);
    double[] turned =
        upright.apply(
            pixels.left(), pixels.top(), pixels.width(), pixels.height(), stored[0], stored[1]);
    return pixels.at(turned[0], turned[1], turned[2], turned[3]);
  }

  private Optional<Region> region(Box box, double margin, Image image) {
    Region.Attempt attempt =
        Region.around(box, margin, image.width(), image.height(), reading.limits());
    if (attempt.region().isEmpty() && badBoxes != null) {
      badBoxes.add(box.place() + ": the box " + attempt.problem(), 1);
    }
    return attempt.region();
  }

  private void takeTiles(
      Field field,
      String sha256,
      Image image,
      Cutting.Tiles tiles,
      BiConsumer<Piece, Image> taker) {
    long across = tiles.along(image.width());
    long down = tiles.along(image.height());
    if (across * down == 0) {
      tooSmall.add(field.source() + " (" + image.width() + " x " + image.height() + ")");
    }
    if (taken + across * down > tiles.mostTiles()) {
      throw UserException.usage(
          "%s gives more than %d tiles (--max-crops allows more)"
              .formatted(fields.folder().root(), tiles.mostTiles()));
    }
    int number = 0;
    for (int row = 0; row < down; row++) {
      for (int column = 0; column < across; column++) {
        Region region =
            new Region(
                tiles.start(column, image.width()), tiles.start(row, image.height()), tiles.size());
        hand(new Piece(field, sha256, field.className(), number++, region, null), image, taker);
      }
    }
  }

  private void hand(Piece piece, Image image, BiConsumer<Piece, Image> taker) {
    Region region = piece.region();
    Image part =
        region == null ? image : Crop.of(image, region.left(), region.top(), region.side());
    taker.accept(piece, options.fit().apply(part, options.size()));
    taken++;
  }

  /** Boxes that were drawn on an image of another size would cut out something else. */
  private void requireSize(Field field, Image image, Symmetry upright) {
    Annotations.Size said = field.size();
    int[] size = upright.inverse().apply(image.width(), image.height());
    if (said != null && (said.width() != size[0] || said.height() != size[1])) {
      throw UserException.badData(
          "%s is %d x %d, but its boxes were drawn on %d x %d pixels; give the images that were annotated"
              .formatted(field.file(), size[0], size[1], said.width(), said.height()));
    }
  }

  private Image scaled(byte[] content, Field field, Set<DecodingNote> own) {
    DecodedImage decoded = DataSetReader.decode(content, field.file(), reading, own::add);
    if (decoded instanceof Image image && decoded.isEightBit()) {
      return image;
    }
    highBitDepth.add(decoded);
    Window used = reading.window().of(new SampleHistogram());
    if (window == null) {
      window = used;
    }
    return used.apply(decoded);
  }
}
