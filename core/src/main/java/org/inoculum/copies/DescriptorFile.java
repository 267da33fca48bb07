package org.inoculum.copies;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.data.FileProgress;
import org.inoculum.data.Sample;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.files.Storage;

/** Descriptors as a JSON document, an image a line. */
final class DescriptorFile {
  private static final String METHOD = "luma 16 x 16, blur 0.5, less blur 3, over contrast";
  private static final String BEGIN = "{\"method\" : " + Json.line(METHOD) + ", \"images\" : [\n";
  private static final String SEPARATOR = ",\n";
  private static final String END = "\n]}\n";

  /** Images that are described before the next lines are written. */
  private static final int AT_ONCE = 500;

  private DescriptorFile() {}

  /**
   * One image, upright and turned by 45 degrees.
   *
   * @param name where it came from
   */
  record Described(String name, Descriptor upright, Descriptor diagonal) {
    private String line() {
      return Json.line(new Stored(name, upright.contrast(), upright.text(), diagonal.text()));
    }
  }

  /** The same on disk. */
  private record Stored(String name, double contrast, String upright, String diagonal) {}

  /** The file. */
  private record Document(String method, List<Stored> images) {}

  /**
   * Reads a file.
   *
   * @throws UserException of kind BAD_DATA if it is something else
   */
  static List<Described> read(Path file) {
    return described(Json.read(file, Document.class), file.toString());
  }

  /**
   * Reads the text of such a file.
   *
   * @param source what errors call it
   * @throws UserException of kind BAD_DATA if it is something else
   */
  static List<Described> parse(String text, String source) {
    return described(Json.parse(text, Document.class, source), source);
  }

  private static List<Described> described(Document document, String source) {
    if (!METHOD.equals(document.method()) || document.images() == null) {
      throw UserException.badData(
          source + " was made by another version of the program; name the images with --train DIR");
    }
    return document.images().stream()
        .map(
            image ->
                new Described(
                    image.name(),
                    Descriptor.ofText(image.upright(), image.contrast(), source),
                    Descriptor.ofText(image.diagonal(), image.contrast(), source)))
        .toList();
  }

  /**
   * Describes images and writes the file, on all processors and without holding all of them.
   *
   * @param file must not exist
   */
  static void write(
      List<Sample> samples, Function<Sample, Described> by, Path file, FileProgress progress) {
    for (int from = 0; from < samples.size(); from += AT_ONCE) {
      int to = Math.min(samples.size(), from + AT_ONCE);
      String lines =
          samples.subList(from, to).parallelStream()
              .map(sample -> by.apply(sample).line())
              .collect(Collectors.joining(SEPARATOR));
      append(file, (from == 0 ? BEGIN : SEPARATOR) + lines);
      progress.at("describing for the test for copies", to, samples.size());
    }
    append(file, END);
    Storage.force(file);
  }

  private static void append(Path file, String text) {
    Storage.append(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The text of the file. */
  static String document(Stream<Described> images) {
    return images.map(Described::line).collect(Collectors.joining(SEPARATOR, BEGIN, END));
  }

  /** The hash of all lines, in lower case. */
  static String sha256(Stream<Described> images) {
    MessageDigest digest = Sha256.digest();
    images.forEachOrdered(image -> digest.update(image.line().getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }
}
