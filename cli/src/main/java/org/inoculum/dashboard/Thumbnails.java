package org.inoculum.dashboard;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.inoculum.UserException;
import org.inoculum.image.ContactSheet;
import org.inoculum.image.Crop;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.Png;
import org.inoculum.image.Resize;

/** The first images of a run's newest sample grid, small. */
final class Thumbnails {
  private static final int IMAGES = 4;
  private static final int SIDE = 64;
  private static final int SHEET_GAP = 2; // of the sample grids that a training writes
  private static final int KEPT = 256;
  private static final DecodingLimits LIMITS = new DecodingLimits(25_000_000, 2, 32L << 20);

  private final Recent<Key, byte[]> kept = new Recent<>(KEPT);

  private record Key(Path sampleGrid, Run.Version version) {}

  /** As PNG; nothing where there is no sample grid that can be read. */
  Optional<byte[]> of(Run run) {
    Optional<Path> sampleGrid = RunRow.newestSampleGrid(run).flatMap(run::sampleGrid);
    if (sampleGrid.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          kept.get(
              new Key(sampleGrid.get(), Run.version(sampleGrid.get())),
              key -> made(key.sampleGrid(), images(run))));
    } catch (UserException e) {
      return Optional.empty();
    }
  }

  /** How many images the run's sample grids show. */
  private static int images(Run run) {
    return run.tree("config.json").get("recipe") instanceof Map<?, ?> recipe
            && recipe.get("sampleCount") instanceof Number count
        ? Math.max(1, Math.min(4096, count.intValue()))
        : 1;
  }

  private static byte[] made(Path sampleGrid, int images) {
    Image sheet = ImageFiles.read(sampleGrid, LIMITS);
    int columns = ContactSheet.columnsFor(images);
    int side = (sheet.width() + SHEET_GAP) / columns - SHEET_GAP;
    if (side < 1 || side > sheet.height()) {
      side = Math.min(sheet.width(), sheet.height());
      columns = 1;
    }
    int tile = side;
    List<Image> tiles =
        IntStream.range(0, Math.min(IMAGES, columns))
            .mapToObj(i -> Crop.of(sheet, i * (tile + SHEET_GAP), 0, tile))
            .map(image -> tile > SIDE ? Resize.to(image, SIDE, SIDE) : image)
            .toList();
    return Png.encode(ContactSheet.of(tiles, tiles.size(), 0, 0));
  }
}
