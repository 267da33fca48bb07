package org.inoculum.compose;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.inoculum.UserException;
import org.inoculum.annotation.Box;
import org.inoculum.data.FileProgress;
import org.inoculum.data.ImageListing;
import org.inoculum.files.Storage;
import org.inoculum.image.Crop;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.Png;

/**
 * Prepares the ground: removes annotated objects, and finds what nobody annotated.
 *
 * @param fields in the order of their files
 * @param replaced objects that were removed
 * @param left objects that could not be removed and are ignored
 * @param suspects what looks like a cell and is ignored
 * @param pairs parts of fields before and after, for a sheet
 */
record Grounds(List<GroundField> fields, int replaced, int left, int suspects, List<Image> pairs) {
  static final String FOLDER = "ground";
  private static final int SHOWN_EACH = 8;

  /** Keeps copies. */
  Grounds {
    fields = List.copyOf(fields);
    pairs = List.copyOf(pairs);
  }

  /** One of them. */
  private record Prepared(
      GroundField field, int replaced, int left, int suspects, List<Image> pairs) {}

  /** How ground is prepared. */
  record Plan(
      CellPool pool,
      Modality modality,
      ComposeRecipe recipe,
      double scale,
      double unit,
      int margin,
      int channels,
      long seed,
      int threads) {}

  /**
   * Prepares all.
   *
   * @param boxes of the objects that are removed, by the fields' sources
   * @param folder of the set, where cleaned ground is written
   */
  static Grounds prepare(
      ImageListing listing,
      Map<String, List<Box>> boxes,
      Plan plan,
      Path folder,
      FileProgress progress) {
    Storage.createFolders(folder.resolve(FOLDER));
    List<Callable<Prepared>> work = new ArrayList<>();
    for (int i = 0; i < listing.entries().size(); i++) {
      int index = i;
      ImageListing.Entry entry = listing.entries().get(i);
      work.add(
          () ->
              one(
                  entry,
                  boxes.getOrDefault(entry.source(), List.of()),
                  plan,
                  folder.resolve(FOLDER).resolve(FieldWriter.stem(index) + ".png"),
                  index));
    }
    List<Prepared> all =
        Parallel.all(
            work,
            plan.threads,
            done -> progress.at("preparing ground", done, listing.entries().size()));
    List<GroundField> fields = new ArrayList<>();
    List<Image> pairs = new ArrayList<>();
    int[] sums = new int[3];
    for (Prepared one : all) {
      fields.add(one.field);
      pairs.addAll(one.pairs);
      sums[0] += one.replaced;
      sums[1] += one.left;
      sums[2] += one.suspects;
    }
    return new Grounds(fields, sums[0], sums[1], sums[2], pairs);
  }

  private static Prepared one(
      ImageListing.Entry entry, List<Box> boxes, Plan plan, Path file, int index) {
    Image image =
        GroundField.inChannels(
            ImageFiles.read(entry.file(), DecodingLimits.DEFAULT), plan.channels);
    requireLarge(entry, image, plan);
    Path read = entry.file();
    List<PixelBox> ignored = new ArrayList<>();
    List<Image> pairs = new ArrayList<>();
    int replaced = 0;
    int left = 0;
    if (!boxes.isEmpty()) {
      GroundCleaner cleaner = new GroundCleaner(plan.recipe, plan.unit, plan.seed);
      GroundCleaner.Cleaned cleaned =
          cleaner.clean(image, PixelBox.of(boxes, image.width(), image.height()), index);
      for (PixelBox place : cleaned.replaced()) {
        if (pairs.size() < 2 * SHOWN_EACH) {
          int side = (int) Math.round(192 * plan.unit);
          pairs.add(around(image, place, side));
          pairs.add(around(cleaned.image(), place, side));
        }
      }
      image = cleaned.image();
      replaced = cleaned.replaced().size();
      left = cleaned.left().size();
      ignored.addAll(cleaned.left());
      Storage.writeFile(file, Png.encode(image));
      read = file;
    }
    ChannelPlanes levels = ChannelPlanes.levels(image, plan.modality);
    float[] tint = GroundField.tint(levels);
    List<PixelBox> suspects =
        new SuspectFinder(plan.pool, plan.modality, plan.recipe, plan.scale)
            .find(levels, tint, plan.margin);
    ignored.addAll(suspects);
    return new Prepared(
        new GroundField(
            entry.source(), read, image.width(), image.height(), tint, PixelBox.merged(ignored)),
        replaced,
        left,
        suspects.size(),
        pairs);
  }

  private static void requireLarge(ImageListing.Entry entry, Image image, Plan plan) {
    double least =
        plan.pool.cells().stream()
            .mapToDouble(
                cell ->
                    Math.max(cell.cut().mask().width, cell.cut().mask().height)
                        * cell.scale()
                        * plan.scale)
            .max()
            .orElse(1);
    if (Math.min(image.width(), image.height()) < least) {
      throw UserException.badData(
          "%s is %d x %d, and the largest cell needs %d pixels; give whole fields of view as --ground"
              .formatted(entry.file(), image.width(), image.height(), (int) Math.ceil(least)));
    }
  }

  /** A square part of a field around the middle of a box. */
  static Image around(Image field, PixelBox place, int side) {
    int fitting = Math.min(side, Math.min(field.width(), field.height()));
    int left = place.left() + place.width() / 2 - fitting / 2;
    int top = place.top() + place.height() / 2 - fitting / 2;
    return Crop.of(
        field,
        Math.max(0, Math.min(field.width() - fitting, left)),
        Math.max(0, Math.min(field.height() - fitting, top)),
        fitting);
  }
}
