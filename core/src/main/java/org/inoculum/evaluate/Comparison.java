package org.inoculum.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import org.inoculum.data.DataSet;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.FolderSizes;
import org.inoculum.data.ReadOptions;
import org.inoculum.data.Reading;
import org.inoculum.data.Sample;
import org.jspecify.annotations.Nullable;

/**
 * The images to compare, all of one size.
 *
 * @param real what the generated images should look like, best held out of the training
 * @param generated images to evaluate
 * @param train what the generator was trained on; null where it is not known
 * @param notes what a reader of the scores has to know: sizes that were changed, images left out
 */
public record Comparison(
    ImageSet real, ImageSet generated, @Nullable ImageSet train, List<String> notes) {
  /** Most real or training images that are looked at. */
  public static final int MOST_REAL = 2000;

  /** Most generated images that are looked at unless more are asked for. */
  public static final int MOST_GENERATED = 1000;

  private static final int SMALLEST_SIDE = 32;
  private static final int LARGEST_SIDE = 128;

  /** Keeps a copy of the notes. */
  public Comparison {
    notes = List.copyOf(notes);
  }

  /**
   * Reads folders of images. The common side is the shortest side in any of them, within 32 to 128
   * pixels.
   *
   * @param most generated images
   * @param reading of all the files; where it leaves the window open, one is used for all folders
   * @throws org.inoculum.UserException of kind BAD_DATA at a folder that cannot be used
   */
  public static Comparison ofFolders(
      Path real, Path generated, @Nullable Path train, int most, Reading reading) {
    List<String> notes = new ArrayList<>();
    Reading settled = DataSetReader.settled(reading, folders(real, train, generated));
    int side = commonSide(folders(real, train, generated), settled, OptionalInt.empty(), notes);
    return new Comparison(
        read(real, "real", settled, side, MOST_REAL, notes),
        read(generated, "generated", settled, side, most, notes),
        train == null ? null : read(train, "training", settled, side, MOST_REAL, notes),
        notes);
  }

  /**
   * Reads folders to compare images in memory with.
   *
   * @param generate makes the generated images, all of one size, when told how many real ones there
   *     are
   * @param reading of all the files; where it leaves the window open, one is used for all folders
   * @throws org.inoculum.UserException of kind BAD_DATA at a folder that cannot be used
   */
  public static Comparison ofImages(
      Path real, IntFunction<ImageSet> generate, @Nullable Path train, Reading reading) {
    List<String> notes = new ArrayList<>();
    Reading settled = DataSetReader.settled(reading, folders(real, train));
    int realCount = DataSetReader.read(real, ReadOptions.DEFAULT.with(settled)).samples().size();
    ImageSet generated = generate.apply(realCount);
    OptionalInt own = OptionalInt.of(generated.images().get(0).width());
    int side = commonSide(folders(real, train), settled, own, notes);
    return new Comparison(
        read(real, "real", settled, side, MOST_REAL, notes),
        generated.resized(side),
        train == null ? null : read(train, "training", settled, side, MOST_REAL, notes),
        notes);
  }

  /** The images of one class, which the real and the generated images have. */
  Comparison ofClass(String className) {
    int[] known = train == null ? new int[0] : train.places(className);
    return new Comparison(
        real.select(real.places(className)),
        generated.select(generated.places(className)),
        train == null || known.length == 0 ? null : train.select(known),
        List.of());
  }

  /** The training images first: their window is the one that the generator learned. */
  private static List<Path> folders(Path real, @Nullable Path train, Path... others) {
    List<Path> folders = new ArrayList<>();
    if (train != null) {
      folders.add(train);
    }
    folders.add(real);
    folders.addAll(List.of(others));
    return folders;
  }

  private static int commonSide(
      List<Path> folders, Reading reading, OptionalInt own, List<String> notes) {
    int smallest = own.orElse(Integer.MAX_VALUE);
    int largest = own.orElse(0);
    for (Path folder : folders) {
      FolderSizes sizes = FolderSizes.of(folder, reading);
      smallest = Math.min(smallest, sizes.smallestSide());
      largest = Math.max(largest, sizes.largestSide());
    }
    int side = Math.max(SMALLEST_SIDE, Math.min(LARGEST_SIDE, smallest));
    if (largest != side || smallest != side) {
      notes.add(
          "images have sides of %d to %d pixels; all were compared as squares of %d"
              .formatted(smallest, largest, side));
    }
    return side;
  }

  private static ImageSet read(
      Path folder, String role, Reading reading, int side, int most, List<String> notes) {
    DataSet data = DataSetReader.read(folder, ReadOptions.DEFAULT.withSize(side).with(reading));
    if (!data.skipped().isEmpty()) {
      notes.add(
          "%d %s files cannot be read and were left out".formatted(data.skipped().size(), role));
    }
    ImageSet all =
        new ImageSet(
            role,
            data.classes(),
            data.samples().stream().map(Sample::label).toList(),
            data.samples().stream().map(Sample::image).toList());
    if (all.count() > most) {
      notes.add(
          "%d of the %d %s images were looked at, drawn at random"
              .formatted(most, all.count(), role));
    }
    return all.atMost(most);
  }
}
