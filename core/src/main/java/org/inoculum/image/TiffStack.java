package org.inoculum.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which directory of a TIFF shows which channel, slice and time: as OME-XML says (the OME data
 * model, 2016-06), as ImageJ's text says (channels first, then slices, then frames), or else page
 * by page.
 */
final class TiffStack {
  private static final int DESCRIPTION = 270;
  private static final int X_RESOLUTION = 282;

  private final TiffFile file;
  private final TiffLayout first;
  private final Planes planes;
  private final @Nullable OmePixels ome;
  private final List<Integer> pages;

  /** Whether ImageJ wrote all images in one piece behind a single directory. */
  private final boolean onePiece;

  /**
   * One image.
   *
   * @param directory number in the file
   * @param sample of a pixel, where samples are channels
   * @param shift bytes behind the directory's own image
   * @param chosen whether the sample was asked for, though it is part of a colour or behind one
   */
  record Place(int directory, int sample, long shift, boolean chosen) {
    Place(int directory, int sample, long shift) {
      this(directory, sample, shift, false);
    }
  }

  TiffStack(TiffFile file, String name, DecodingLimits limits) throws IOException {
    this.file = file;
    pages = file.pages();
    TiffDirectory directory = file.directory(pages.get(0));
    limits.checkMetadata(name, directory.count(DESCRIPTION));
    first = new TiffLayout(directory);
    String text = directory.text(DESCRIPTION);
    int samples = first.samplesAreChannels() ? first.samples : 1;
    Optional<OmePixels> xml = OmePixels.in(text);
    Map<String, String> imageJ = text != null && xml.isEmpty() ? imageJ(text) : Map.of();
    if (xml.isPresent()) {
      ome = xml.get();
      planes = ome.planes(file.directories(), samples, first.colours > 1 ? first.samples : 1);
      onePiece = false;
      return;
    }
    ome = null;
    int images = number(imageJ, "images");
    onePiece = pages.size() == 1 && images > 1 && first.compression == TiffCompression.NONE;
    int count = onePiece ? images : pages.size();
    int channels = number(imageJ, "channels");
    int slices = number(imageJ, "slices");
    int frames = number(imageJ, "frames");
    Double pixel = imageJPixel(imageJ, directory.quotient(X_RESOLUTION));
    if ((long) channels * slices * frames == count && samples == 1) {
      planes = new Planes(count, numbered(channels), slices, frames, pixel);
    } else {
      planes = new Planes(count, numbered(count == 1 ? samples : 1), 1, 1, pixel);
    }
  }

  /** The layout of the first page. */
  TiffLayout first() {
    return first;
  }

  Planes planes() {
    return planes;
  }

  /** Where the chosen image is; an error that lists what there is, where the choice is open. */
  Place find(PlaneChoice choice) throws IOException {
    if (choice.channel() != null && first.extras() > 0 && planes.channels().size() == 1) {
      int sample = first.sample(choice.channel());
      PlaneChoice rest = new PlaneChoice(null, choice.z(), choice.time(), choice.page());
      Place place = find(rest);
      return new Place(place.directory(), sample, place.shift(), true);
    }
    if (ome != null && choice.page().isEmpty()) {
      return ome.find(planes.position(choice));
    }
    if (!planes.isStack() || choice.page().isPresent()) {
      return page(planes.page(choice), 0);
    }
    Planes.Position at = planes.position(choice);
    if (planes.pages() == 1) {
      return page(0, at.channel());
    }
    int channels = planes.channels().size();
    return page(at.channel() + channels * (at.slice() + planes.slices() * at.time()), 0);
  }

  private Place page(int number, int sample) {
    if (onePiece) {
      long bytes = first.rowBytes() * first.height * (first.planar ? first.samples : 1);
      return new Place(pages.get(0), sample, number * bytes);
    }
    return new Place(ome == null ? pages.get(number) : number, sample, 0);
  }

  TiffLayout layout(Place place) throws IOException {
    return new TiffLayout(file.directory(place.directory()));
  }

  /** The numbers 1, 2, … as names. */
  static List<String> numbered(int count) {
    List<String> names = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      names.add(String.valueOf(i));
    }
    return names;
  }

  /** Micrometres of one unit of length; 0 for a unit that is none. */
  static double microns(String unit) {
    return switch (unit.strip().toLowerCase(Locale.ROOT)) {
      case "nm", "nanometer" -> 1e-3;
      case "um", "µm", "μm", "\\u00b5m", "micron", "microns", "micrometer" -> 1;
      case "mm", "millimeter" -> 1e3;
      case "cm" -> 1e4;
      case "inch" -> 25_400;
      default -> 0;
    };
  }

  /** The lines "key=value" of ImageJ's text; empty for another text. */
  private static Map<String, String> imageJ(String text) {
    Map<String, String> values = new TreeMap<>();
    if (text.startsWith("ImageJ=")) {
      text.lines()
          .limit(1000)
          .filter(line -> line.indexOf('=') > 0)
          .forEach(
              line ->
                  values.put(
                      line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    }
    return values;
  }

  private static int number(Map<String, String> values, String key) {
    String text = values.getOrDefault(key, "1").strip();
    return text.matches("[1-9]\\d{0,5}") ? Integer.parseInt(text) : 1;
  }

  private static @Nullable Double imageJPixel(Map<String, String> imageJ, double pixelsPerUnit) {
    double unit = microns(imageJ.getOrDefault("unit", ""));
    double side = unit / pixelsPerUnit;
    return unit > 0 && side > 0 && Double.isFinite(side) ? side : null;
  }
}
