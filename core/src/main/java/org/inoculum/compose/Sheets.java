package org.inoculum.compose;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inoculum.annotation.Box;
import org.inoculum.data.ImageListing;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.image.Channels;
import org.inoculum.image.ContactSheet;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.Png;
import org.inoculum.image.Resize;

/** Images by which a composition is looked at. */
final class Sheets {
  private static final int TILES = 64;
  private static final int SIDE = 128;
  private static final int ROWS = 4;
  private static final int COLUMNS = 6;

  private Sheets() {}

  /** {@code rejected.jsonl} and {@code rejected.png}; nothing where all gave a cell. */
  static void writeRejected(Path folder, CellPool pool, List<CellCrop> crops) {
    if (pool.rejected().isEmpty()) {
      return;
    }
    StringBuilder lines = new StringBuilder();
    pool.rejected().forEach(one -> lines.append(Json.line(one)).append('\n'));
    Storage.writeFile(folder.resolve("rejected.jsonl"), lines.toString());
    writeRejectedTo(folder.resolve("rejected.png"), pool, crops);
  }

  /** The first rejected crops, in the order of rejected.jsonl. */
  static void writeRejectedTo(Path file, CellPool pool, List<CellCrop> crops) {
    List<Image> tiles = new ArrayList<>();
    for (RejectedCrop one : pool.rejected()) {
      for (CellCrop crop : crops) {
        if (tiles.size() < TILES && crop.source().equals(one.source())) {
          tiles.add(tile(crop.image()));
        }
      }
    }
    write(file, tiles, ContactSheet.columnsFor(tiles.size()));
  }

  /** What was replaced in the ground, before and after side by side. */
  static void writeReplaced(Path folder, Grounds grounds) {
    if (!grounds.pairs().isEmpty()) {
      List<Image> shown = new ArrayList<>();
      int most = Math.min(TILES, grounds.pairs().size() / 2);
      for (int i = 0; i < most; i++) {
        int pair = (int) ((long) i * (grounds.pairs().size() / 2) / most);
        shown.add(Channels.toEightBit(grounds.pairs().get(2 * pair)));
        shown.add(Channels.toEightBit(grounds.pairs().get(2 * pair + 1)));
      }
      write(folder.resolve("replaced.png"), shown, 8);
    }
  }

  /** Parts of composed fields beside parts of the fields that were given, as large as they are. */
  static void writeContact(
      Path folder,
      ImageListing ground,
      Map<String, List<Box>> boxes,
      FieldWriter writer,
      int count,
      double unit,
      int channels) {
    List<Image> composed = new ArrayList<>();
    List<Image> real = new ArrayList<>();
    int side = (int) Math.round(192 * unit);
    for (int i = 0; i < count && composed.size() < ROWS * COLUMNS / 2; i++) {
      Optional<FieldRecord> record = writer.record(i);
      if (record.isPresent() && !record.get().objects().isEmpty()) {
        Image field = ImageFiles.read(folder.resolve(record.get().file()), DecodingLimits.DEFAULT);
        for (FieldRecord.ObjectRecord object : record.get().objects().stream().limit(2).toList()) {
          List<Double> box = object.box();
          PixelBox place =
              new PixelBox(
                  box.get(0).intValue(),
                  box.get(1).intValue(),
                  Math.max(1, box.get(2).intValue()),
                  Math.max(1, box.get(3).intValue()));
          composed.add(Channels.toEightBit(Grounds.around(field, place, side)));
        }
      }
    }
    for (int i = 0; i < ground.entries().size() && real.size() < composed.size(); i++) {
      ImageListing.Entry entry = ground.entries().get(i);
      Image field =
          GroundField.inChannels(ImageFiles.read(entry.file(), DecodingLimits.DEFAULT), channels);
      List<PixelBox> places =
          PixelBox.of(boxes.getOrDefault(entry.source(), List.of()), field.width(), field.height());
      if (places.isEmpty()) {
        places = List.of(new PixelBox(field.width() / 2, field.height() / 2, 1, 1));
      }
      for (PixelBox place : places.subList(0, Math.min(2, places.size()))) {
        real.add(Channels.toEightBit(Grounds.around(field, place, side)));
      }
    }
    List<Image> tiles = new ArrayList<>();
    int half = COLUMNS / 2;
    int rows = Math.min(ROWS, (composed.size() + half - 1) / half);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < COLUMNS && !composed.isEmpty() && !real.isEmpty(); column++) {
        List<Image> from = column < half ? composed : real;
        tiles.add(from.get((row * half + column % half) % from.size()));
      }
    }
    if (!tiles.isEmpty() && tiles.stream().allMatch(one -> one.width() == tiles.get(0).width())) {
      write(folder.resolve("contact-sheet.png"), tiles, COLUMNS);
    }
  }

  private static Image tile(Image crop) {
    return Resize.to(Channels.toEightBit(crop), SIDE, SIDE);
  }

  private static void write(Path file, List<Image> tiles, int columns) {
    if (!tiles.isEmpty()) {
      Storage.writeFile(file, Png.encode(ContactSheet.of(tiles, columns, 2, 255)));
    }
  }
}
