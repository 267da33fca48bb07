package org.inoculum.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.image.Window;
import org.jspecify.annotations.Nullable;

/**
 * Writes a folder of images anew as square PNG files: whole images, or parts of fields of view (see
 * {@link Cutting}); augmented if asked for, and in two if asked for.
 *
 * <p>Files keep their name: {@code cell.jpg} becomes {@code cell.png}, or {@code cell_00.png},
 * which shows the original, to {@code cell_09.png} where ten are made of each. Two files of a class
 * whose names differ in extension or case only get {@code cell} and {@code cell~2}, in the order of
 * their full names. Parts of {@code field.tif} are called {@code field_0000.png} and so on, in the
 * order of the boxes or row by row. One class lies directly in the output, several in a folder
 * each; so do all whose names annotations say, and the one class of a folder that is split, which
 * keeps the folder's name. Channels stay; files of 8 bits keep them, and deeper ones become 16 bits
 * over one window for the whole folder. {@code prepare.json} beside them says how they were made,
 * and {@code origins.jsonl} where each part comes from.
 */
public final class Preparation {
  private Preparation() {}

  /**
   * The result of a preparation.
   *
   * @param out the folder
   * @param sources files that were read
   * @param images images written, on both sides of a split
   * @param classes images written of each class
   * @param augmentation word of the {@link OfflineAugmentation}
   * @param window the values that became 0 and 65,535 in files of more than 8 bits; null where all
   *     had 8
   * @param skipped files that could not be read and were left out, one line of reason each
   * @param notes what else a user should know, a sentence each
   * @param split what is on which side; null where nothing is held out
   */
  public record Report(
      String out,
      int sources,
      int images,
      List<Manifest.ClassCount> classes,
      String augmentation,
      @Nullable Window window,
      List<String> skipped,
      List<String> notes,
      @Nullable SplitRecord split) {
    /** Keeps copies of the lists. */
    public Report {
      classes = List.copyOf(classes);
      skipped = List.copyOf(skipped);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Reads every image of {@code source} and writes {@code out}, whole or not at all.
   *
   * @param out must not exist, nor lie in {@code source}
   * @throws UserException of kind USAGE, BAD_DATA or STORAGE; nothing was written then
   */
  public static Report prepare(Path source, Path out, PrepareOptions options) {
    return prepare(source, out, options, FileProgress.NONE);
  }

  /** The same, telling how far it is. */
  public static Report prepare(
      Path source, Path out, PrepareOptions options, FileProgress progress) {
    refuseInside(source, out);
    Storage.refuseExisting(out);
    ImageFolder folder = ImageFolder.scan(source);
    if (IdxFolder.find(source).isPresent()) {
      throw UserException.badData(
          source + " holds idx files, which need no preparing; train on the folder itself");
    }
    FolderOrigin origin = FolderOrigin.of(source);
    Fields fields = Fields.of(folder, origin, options);
    Reading reading =
        DataSetReader.settled(origin.reading(options.reading()), List.of(source), progress);
    Function<String, Pieces> pieces =
        doing ->
            new Pieces(
                fields,
                options,
                reading,
                origin,
                done -> progress.at(doing, done, fields.list().size()));
    SplitRecord split =
        options.holdOut() == null ? null : split(pieces.apply("comparing"), folder.name(), options);
    Pieces written = pieces.apply("writing");
    List<PreparedFolder> folders = new ArrayList<>();
    Storage.newFolder(out, part -> folders.addAll(write(part, written, fields, options, split)));
    return report(out, written, folders, options, split);
  }

  /** Looks at all images before any is written, to decide what is held out. */
  private static SplitRecord split(Pieces pieces, String name, PrepareOptions options) {
    SplitPlan plan = new SplitPlan(Objects.requireNonNull(options.holdOut()), name);
    pieces.forEach(plan::add);
    return plan.decide(
        options.seed(),
        options.cutting() instanceof Cutting.Boxes boxes && boxes.groupColumn() != null
            ? "column " + boxes.groupColumn()
            : options.groupBy());
  }

  private static List<PreparedFolder> write(
      Path part,
      Pieces pieces,
      Fields fields,
      PrepareOptions options,
      @Nullable SplitRecord split) {
    OfflineAugmentation augmentation = options.augmentation();
    if (split == null) {
      PreparedFolder all = new PreparedFolder(part, fields, options, augmentation, "");
      int[] index = new int[1];
      pieces.forEach((piece, square) -> all.add(piece, square, index[0]++));
      all.finish(pieces, null);
      return List.of(all);
    }
    Set<String> out = Set.copyOf(split.heldOutGroups());
    String ownName = fields.folder().name(); // the sides' own names would become the class
    PreparedFolder training =
        new PreparedFolder(
            part.resolve(SplitRecord.TRAINING), fields, options, augmentation, ownName);
    // What a training is evaluated on is shown as it is.
    PreparedFolder heldOut =
        new PreparedFolder(
            part.resolve(SplitRecord.HELD_OUT), fields, options, OfflineAugmentation.NONE, ownName);
    int[] index = new int[1];
    pieces.forEach(
        (piece, square) ->
            (out.contains(piece.field().group()) ? heldOut : training)
                .add(piece, square, index[0]++));
    training.finish(pieces, SplitRecord.TRAINING);
    heldOut.finish(pieces, SplitRecord.HELD_OUT);
    Storage.writeInto(
        part.resolve(SplitRecord.FILE), Json.document(split).getBytes(StandardCharsets.UTF_8));
    return List.of(training, heldOut);
  }

  private static Report report(
      Path out,
      Pieces pieces,
      List<PreparedFolder> folders,
      PrepareOptions options,
      @Nullable SplitRecord split) {
    Map<String, Integer> classes = new TreeMap<>();
    folders.forEach(
        folder ->
            folder
                .classes()
                .forEach(count -> classes.merge(count.name(), count.images(), Integer::sum)));
    List<String> notes = new ArrayList<>(pieces.notes());
    if (split != null) {
      notes.addAll(split.notes());
    }
    return new Report(
        out.toString(),
        pieces.fieldsRead(),
        folders.stream().mapToInt(PreparedFolder::written).sum(),
        classes.entrySet().stream()
            .map(named -> new Manifest.ClassCount(named.getKey(), named.getValue()))
            .toList(),
        options.augmentation().label(),
        pieces.window(),
        pieces.skipped(),
        notes,
        split);
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
