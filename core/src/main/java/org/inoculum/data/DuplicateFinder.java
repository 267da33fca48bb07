package org.inoculum.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inoculum.files.Sha256;
import org.inoculum.image.Image;

/** Collects images one by one, keeping a digest and a thumbnail of each, and tells which repeat. */
final class DuplicateFinder {
  /** Above this many images the search for near-duplicates, which compares pairs, is left out. */
  static final int MOST_COMPARED = 20_000;

  private final Map<String, List<String>> sourcesByPixels = new LinkedHashMap<>();
  private final List<Thumbnail> thumbnails = new ArrayList<>();
  private final List<String> thumbnailSources = new ArrayList<>();

  /** Takes part in the search for equal pixels. */
  void addPixels(String source, Image image) {
    sourcesByPixels.computeIfAbsent(digest(image), pixels -> new ArrayList<>()).add(source);
  }

  /** Takes part in the search for images that show nearly the same. */
  void addImage(String source, Image image) {
    if (thumbnails.size() <= MOST_COMPARED) {
      thumbnails.add(Thumbnail.of(image));
      thumbnailSources.add(source);
    }
  }

  /** Groups of sources with the same size, channels, bit depth and samples. */
  List<List<String>> exact() {
    return sourcesByPixels.values().stream()
        .filter(group -> group.size() > 1)
        .map(List::copyOf)
        .toList();
  }

  /**
   * Groups of sources that show nearly the same; empty where there are too many to compare. Of
   * exact duplicates only the first takes part.
   */
  Optional<List<Inspection.NearGroup>> near() {
    if (thumbnails.size() > MOST_COMPARED) {
      return Optional.empty();
    }
    Set<String> firsts = new HashSet<>();
    sourcesByPixels.values().forEach(group -> firsts.add(group.get(0)));
    List<Thumbnail> distinct = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    for (int i = 0; i < thumbnails.size(); i++) {
      if (firsts.contains(thumbnailSources.get(i))) {
        distinct.add(thumbnails.get(i));
        sources.add(thumbnailSources.get(i));
      }
    }
    return Optional.of(
        NearDuplicates.find(distinct).stream()
            .map(
                group ->
                    new Inspection.NearGroup(
                        group.members().stream().map(sources::get).toList(),
                        Math.round(group.distance() * 1e4) / 1e4))
            .toList());
  }

  private static String digest(Image image) {
    short[] samples = image.samples();
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.addExact(16, Math.multiplyExact(2, samples.length)));
    bytes.putInt(image.width()).putInt(image.height());
    bytes.putInt(image.channels()).putInt(image.bitDepth());
    bytes.asShortBuffer().put(samples);
    return Sha256.of(bytes.array());
  }
}
