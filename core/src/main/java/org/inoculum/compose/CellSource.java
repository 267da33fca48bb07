package org.inoculum.compose;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.inoculum.data.FileProgress;
import org.inoculum.data.ImageListing;
import org.inoculum.files.Json;
import org.inoculum.generate.GeneratedImage;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;

/** Reads crops from a folder of real ones or from a synthetic data set. */
final class CellSource {
  private static final String MANIFEST = "manifest.jsonl";

  private CellSource() {}

  /** The files there are. */
  static ImageListing list(Path folder) {
    return ImageListing.ofClasses(folder);
  }

  /**
   * Reads all crops.
   *
   * @param channels that they are brought to, as the ground has
   */
  static List<CellCrop> read(ImageListing listing, int channels, FileProgress progress) {
    Map<String, GeneratedImage> generated = generated(listing.root());
    Map<String, Integer> sides = listing.cropSides();
    List<CellCrop> crops = new ArrayList<>();
    for (ImageListing.Entry entry : listing.entries()) {
      GeneratedImage row = generated.get(entry.source());
      Image image =
          GroundField.inChannels(ImageFiles.read(entry.file(), DecodingLimits.DEFAULT), channels);
      Integer side = sides.get(entry.source());
      crops.add(
          new CellCrop(
              image,
              entry.className(),
              entry.source(),
              side == null ? 1 : (double) side / image.width(),
              row == null ? null : row.seed(),
              row == null ? null : row.index(),
              row == null ? null : row.snapshot()));
      progress.at("reading crops", crops.size(), listing.entries().size());
    }
    return crops;
  }

  private static Map<String, GeneratedImage> generated(Path root) {
    Map<String, GeneratedImage> generated = new HashMap<>();
    Path manifest = root.resolve(MANIFEST);
    if (Files.isRegularFile(root.resolve("generation.json")) && Files.isRegularFile(manifest)) {
      Json.forEachLine(manifest, GeneratedImage.class, row -> generated.put(row.file(), row));
    }
    return generated;
  }
}
