package org.inoculum.data;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.inoculum.files.Sha256;
import org.inoculum.image.Channels;
import org.inoculum.image.Window;
import org.jspecify.annotations.Nullable;

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
 * @param reading how they were read
 * @param window what became black to white in files of more than 8 bits; null where all had 8
 * @param highBitDepth what files of more than 8 bits hold; null where all had 8
 * @param skipped files that could not be read and were left out, one line of reason each
 * @param notes what else a user should know of how they were read, a sentence each
 */
public record DataSet(
    String root,
    List<String> classes,
    int size,
    int channels,
    List<Sample> samples,
    OfflineAugmentation augmentation,
    List<SourceFile> files,
    Reading reading,
    @Nullable Window window,
    @Nullable HighBitDepthFiles highBitDepth,
    List<String> skipped,
    List<String> notes) {
  /** A data set of 8-bit files read in the default way, none of which was left out. */
  public DataSet(
      String root,
      List<String> classes,
      int size,
      int channels,
      List<Sample> samples,
      OfflineAugmentation augmentation,
      List<SourceFile> files) {
    this(
        root,
        classes,
        size,
        channels,
        samples,
        augmentation,
        files,
        Reading.DEFAULT,
        null,
        null,
        List.of(),
        List.of());
  }

  /** Keeps copies of the lists; every sample fits the declared shape. */
  public DataSet {
    classes = List.copyOf(classes);
    samples = List.copyOf(samples);
    files = List.copyOf(files);
    skipped = List.copyOf(skipped);
    notes = List.copyOf(notes);
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
   * of images.
   */
  public boolean fromIdx() {
    return samples.stream().anyMatch(sample -> sample.source().startsWith("idx#"));
  }

  /** How many groups its samples make that must stay together; each sample is one in most sets. */
  public int groups() {
    return (int) samples.stream().map(Sample::group).distinct().count();
  }

  /** Some of its samples, which {@code files} hold. */
  DataSet part(List<Sample> some, List<SourceFile> theirFiles) {
    return new DataSet(
        root,
        classes,
        size,
        channels,
        some,
        augmentation,
        theirFiles,
        reading,
        window,
        highBitDepth,
        List.of(),
        List.of());
  }

  /** How images are read that are to look like these: by the same window. */
  public Reading rereading() {
    return reading.settledOn(window);
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
        augmentation.label(),
        files,
        Sha256.of(lines.getBytes(StandardCharsets.UTF_8)),
        reading,
        window,
        highBitDepth,
        skipped.isEmpty() ? null : skipped.size(),
        isGrey() ? true : null);
  }

  /** Whether images of three channels are all grey, so that generated ones should be too. */
  private boolean isGrey() {
    return channels == 3
        && !samples.isEmpty()
        && samples.stream().map(Sample::image).allMatch(Channels::isGrey);
  }
}
