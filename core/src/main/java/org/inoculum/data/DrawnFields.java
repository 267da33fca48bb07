package org.inoculum.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.inoculum.annotation.CocoFile;
import org.inoculum.annotation.Mask;
import org.inoculum.files.Storage;
import org.inoculum.image.Image;
import org.inoculum.image.Png;

/**
 * A made-up set of fields of view with the truth, on which everything that is done with fields can
 * be tried: {@link DrawnSmear} in folders.
 *
 * <pre>
 * train/00.png … coco.json      annotated fields, to train a detector on
 * held-out/00.png … coco.json   more of them, to test it on
 * negatives/00.png …            fields without bacilli
 * crops/bacillus/00.png …       single bacilli
 * crops-truth/00.png … coco.json  the same crops with their masks
 * </pre>
 */
public final class DrawnFields {
  /** Annotated fields, and as many held out. */
  public static final int FIELDS = 12;

  /** Fields without bacilli. */
  public static final int NEGATIVES = 6;

  /** Single bacilli. */
  public static final int CROPS = 64;

  /** The class. */
  public static final String CLASS = "bacillus";

  private static final int WIDTH = 648;
  private static final int HEIGHT = 486;
  private static final int FRAME = 64;

  private static final String DRAWN =
      "Drawn by Inoculum from a seed; every image is made up and comes from no patient.";

  private DrawnFields() {}

  /**
   * Draws the set into a new folder, whole or not at all.
   *
   * @param seed decides every pixel
   */
  public static void write(Path folder, long seed) {
    Storage.newFolder(folder, part -> writeInto(part, seed));
  }

  private static void writeInto(Path folder, long seed) {
    annotated(folder.resolve("train"), fields(seed, 0, FIELDS, true));
    annotated(folder.resolve("held-out"), fields(seed, FIELDS, FIELDS, true));
    plain(
        folder.resolve("negatives"),
        fields(seed, 2 * FIELDS, NEGATIVES, false).stream().map(DrawnSmear::image).toList());
    List<DrawnSmear> crops =
        IntStream.range(0, CROPS)
            .parallel()
            .mapToObj(i -> DrawnSmear.crop(seed, i, FRAME))
            .toList();
    plain(folder.resolve("crops").resolve(CLASS), crops.stream().map(DrawnSmear::image).toList());
    annotated(folder.resolve("crops-truth"), crops);
  }

  private static List<DrawnSmear> fields(long seed, int first, int count, boolean infected) {
    return IntStream.range(first, first + count)
        .parallel()
        .mapToObj(i -> DrawnSmear.field(seed, i, WIDTH, HEIGHT, FRAME, infected))
        .toList();
  }

  private static void annotated(Path folder, List<DrawnSmear> smears) {
    plain(folder, smears.stream().map(DrawnSmear::image).toList());
    CocoFile truth = new CocoFile(DRAWN, List.of(CLASS));
    for (int i = 0; i < smears.size(); i++) {
      Image image = smears.get(i).image();
      truth.addImage(name(i), image.width(), image.height());
      for (Mask mask : smears.get(i).bacilli()) {
        double[] box = {mask.left(), mask.top(), mask.width(), mask.height()};
        truth.addCell(0, box, mask);
      }
    }
    Storage.writeInto(
        folder.resolve("coco.json"), truth.document().getBytes(StandardCharsets.UTF_8));
  }

  private static void plain(Path folder, List<Image> images) {
    Storage.createFolders(folder);
    List<byte[]> files = new ArrayList<>();
    for (Image image : images) {
      files.add(Png.encode(image, Map.of("Comment", DRAWN)));
    }
    for (int i = 0; i < files.size(); i++) {
      Storage.writeInto(folder.resolve(name(i)), files.get(i));
    }
  }

  private static String name(int i) {
    return String.format(Locale.ROOT, "%02d.png", i);
  }
}
