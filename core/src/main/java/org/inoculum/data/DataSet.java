package org.inoculum.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.inoculum.files.Sha256;

/**
 * A labelled data set in memory.
 *
 * @param root name of the folder it was read from
 * @param classes names, at least one; a sample's label is a position in this list
 * @param size side of every image in samples
 * @param channels 1 or 3, of every image
 * @param samples in the order of class and file name, the same on every machine
 * @param augmentation what {@code prepare} had done to the folder; {@code NONE} where it had not
 * @param files what was read
 */
public record DataSet(
    String root,
    List<String> classes,
    int size,
    int channels,
    List<Sample> samples,
    OfflineAugmentation augmentation,
    List<SourceFile> files) {
  /** Keeps copies of the lists; every sample fits the declared shape. */
  public DataSet {
    classes = List.copyOf(classes);
    samples = List.copyOf(samples);
    files = List.copyOf(files);
    for (Sample sample : samples) {
      if (sample.label() < 0
          || sample.label() >= classes.size()
          || sample.image().width() != size
          || sample.image().height() != size
          || sample.image().channels() != channels
          || sample.image().bitDepth() != 8) {
        throw new IllegalArgumentException(
            sample.source() + " does not fit the data set: " + sample.image());
      }
    }
  }

  /**
   * Whether it was read from idx files, which hold thousands of images, rather than from a folder
   * of pictures.
   */
  public boolean fromIdx() {
    return samples.stream().anyMatch(sample -> sample.source().startsWith("idx#"));
  }

  /** What a run directory writes down of this data set. */
  public Manifest manifest() {
    int[] counts = new int[classes.size()];
    samples.forEach(sample -> counts[sample.label()]++);
    List<Manifest.ClassCount> classCounts = new ArrayList<>();
    for (int label = 0; label < counts.length; label++) {
      classCounts.add(new Manifest.ClassCount(classes.get(label), counts[label]));
    }
    String lines =
        files.stream()
            .map(file -> file.sha256() + " " + file.label() + " " + file.source() + "\n")
            .sorted()
            .collect(Collectors.joining());
    return new Manifest(
        root,
        size,
        channels,
        samples.size(),
        classCounts,
        augmentation.word(),
        files,
        Sha256.of(lines.getBytes(StandardCharsets.UTF_8)));
  }
}
