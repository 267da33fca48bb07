package org.inoculum.image;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The first Pixels element of OME-XML in a TIFF: how many channels, slices and times there are, in
 * which order, and in which directory each lies. Nothing outside of the text is ever looked up.
 */
final class OmePixels {
  private static final int MOST_PLANES = 65_536;

  private final List<String> channelNames = new ArrayList<>();
  private final List<TiffData> data = new ArrayList<>();
  private String order = "XYCZT";
  private int sizeC = 1;
  private int sizeZ = 1;
  private int sizeT = 1;
  private @Nullable Double pixelMicrons;
  private @Nullable String uuid;

  /** Samples in one directory that are channels, or that make one colour. */
  private int samples = 1;

  private int colours = 1;
  private int directories = 1;

  /** Images that were entered, the same one twice where the text names it twice. */
  private int laid;

  /** A run of images in directories that follow each other; -1 where the file does not say. */
  private record TiffData(int ifd, int c, int z, int t, int count, @Nullable String uuid) {}

  private OmePixels() {}

  /** What a description says; empty if it is no OME-XML. */
  static Optional<OmePixels> in(@Nullable String text) throws IOException {
    if (text == null || !text.strip().endsWith("OME>") || !text.contains("<Pixels")) {
      return Optional.empty();
    }
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    OmePixels pixels = new OmePixels();
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(text.strip()));
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamReader.START_ELEMENT) {
          pixels.element(xml);
        } else if (event == XMLStreamReader.END_ELEMENT && xml.getLocalName().equals("Pixels")) {
          break;
        }
      }
      xml.close();
    } catch (XMLStreamException | NumberFormatException e) {
      throw new IOException("damaged OME-XML: " + oneLine(e));
    }
    return Optional.of(pixels);
  }

  /**
   * The images, given how a directory of this file stores them.
   *
   * @param channelSamples samples of a pixel that are channels of their own
   * @param colourSamples samples of a pixel that make one colour, all of which OME counts
   */
  Planes planes(int directoryCount, int channelSamples, int colourSamples) throws IOException {
    samples = channelSamples;
    colours = colourSamples;
    directories = directoryCount;
    int channels = Math.max(1, sizeC / colours);
    if ((long) channels * sizeZ * sizeT > MOST_PLANES) {
      throw new IOException("OME-XML of more than " + MOST_PLANES + " images");
    }
    List<String> names = TiffStack.numbered(channels);
    for (int i = 0; i < Math.min(channels, channelNames.size()); i++) {
      names.set(i, channelNames.get(i).isBlank() ? names.get(i) : channelNames.get(i));
    }
    return new Planes(directories, names, sizeZ, sizeT, pixelMicrons);
  }

  /** Where an image lies. */
  TiffStack.Place find(Planes.Position wanted) throws IOException {
    int channels = Math.max(1, sizeC / colours / samples);
    Map<List<Integer>, Integer> directoryOf = new HashMap<>();
    if (data.stream().allMatch(run -> run.ifd < 0 && run.count < 0)) {
      lay(directoryOf, new TiffData(-1, 0, 0, 0, -1, null), channels);
    } else {
      for (TiffData run : data) {
        if (run.uuid == null || uuid == null || run.uuid.equals(uuid)) {
          lay(directoryOf, run, channels);
        }
      }
    }
    Integer directory =
        directoryOf.get(List.of(wanted.channel() / samples, wanted.slice(), wanted.time()));
    if (directory == null || directory >= directories) {
      throw new UnsupportedImageException(
          "does not hold this image itself, but in another file of its series");
    }
    return new TiffStack.Place(directory, wanted.channel() % samples, 0);
  }

  /** Enters the directories of a run, in the order of the dimensions. */
  private void lay(Map<List<Integer>, Integer> directoryOf, TiffData run, int channels)
      throws IOException {
    int ifd = Math.max(0, run.ifd);
    int count = run.count >= 0 ? run.count : run.ifd >= 0 && !data.isEmpty() ? 1 : MOST_PLANES;
    int[] sizes = {channels, sizeZ, sizeT};
    int[] at = {run.c / samples, run.z, run.t};
    int[] axes = {
      "CZT".indexOf(order.charAt(2)), "CZT".indexOf(order.charAt(3)), "CZT".indexOf(order.charAt(4))
    };
    for (int i = 0; i < Math.min(count, directories); i++) {
      if (++laid > MOST_PLANES) {
        throw new IOException("OME-XML that names more than " + MOST_PLANES + " images");
      }
      if (at[2] >= sizes[2] || at[1] >= sizes[1] || at[0] >= sizes[0]) {
        return;
      }
      directoryOf.put(List.of(at[0], at[1], at[2]), ifd + i);
      for (int axis : axes) {
        at[axis]++;
        if (at[axis] < sizes[axis] || axis == axes[2]) {
          break;
        }
        at[axis] = 0;
      }
    }
  }

  private void element(XMLStreamReader xml) throws XMLStreamException, IOException {
    switch (xml.getLocalName()) {
      case "OME" -> uuid = xml.getAttributeValue(null, "UUID");
      case "Pixels" -> {
        sizeC = number(xml, "SizeC", 1, 1);
        sizeZ = number(xml, "SizeZ", 1, 1);
        sizeT = number(xml, "SizeT", 1, 1);
        String dimensions = xml.getAttributeValue(null, "DimensionOrder");
        order = dimensions == null ? order : dimensions;
        if (!order.matches("XY(CZT|CTZ|ZCT|ZTC|TCZ|TZC)")) {
          throw new IOException("OME-XML with the dimension order " + order);
        }
        pixelMicrons = pixel(xml);
      }
      case "Channel" -> {
        String name = xml.getAttributeValue(null, "Name");
        channelNames.add(name == null ? "" : name.strip());
      }
      case "TiffData" ->
          data.add(
              new TiffData(
                  number(xml, "IFD", -1, 0),
                  number(xml, "FirstC", 0, 0),
                  number(xml, "FirstZ", 0, 0),
                  number(xml, "FirstT", 0, 0),
                  number(xml, "PlaneCount", -1, 0),
                  null));
      case "UUID" -> {
        if (!data.isEmpty()) {
          TiffData run = data.remove(data.size() - 1);
          data.add(
              new TiffData(run.ifd, run.c, run.z, run.t, run.count, xml.getElementText().strip()));
        }
      }
      default -> {}
    }
  }

  private static @Nullable Double pixel(XMLStreamReader xml) {
    String size = xml.getAttributeValue(null, "PhysicalSizeX");
    String unit = xml.getAttributeValue(null, "PhysicalSizeXUnit");
    if (size == null) {
      return null;
    }
    double side = Double.parseDouble(size) * TiffStack.microns(unit == null ? "µm" : unit);
    return side > 0 && Double.isFinite(side) ? side : null;
  }

  private static int number(XMLStreamReader xml, String name, int otherwise, int least)
      throws IOException {
    String text = xml.getAttributeValue(null, name);
    if (text == null) {
      return otherwise;
    }
    int number = Integer.parseInt(text.strip());
    if (number < least || number > MOST_PLANES) {
      throw new IOException("OME-XML with " + name + " " + number);
    }
    return number;
  }

  private static String oneLine(Exception e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
  }
}
