package org.inoculum.data;

import java.util.List;
import org.inoculum.image.Window;
import org.jspecify.annotations.Nullable;

/**
 * The record in a run of its data set, by which another one is told to be the same.
 *
 * @param root name of the folder, without where it lies
 * @param size side of the images in samples
 * @param channels 1 or 3
 * @param images number of samples
 * @param classes in label order
 * @param augmentation word of the {@link OfflineAugmentation} that the folder was prepared with
 * @param files every image file, or the idx files as wholes
 * @param sha256 of the sorted lines "sha256 label source" of the files, each ending in a line feed:
 *     one number for the whole content
 * @param reading how the files were read
 * @param window what became black to white in files of more than 8 bits; null where all had 8
 * @param highBitDepth what files of more than 8 bits hold; null where all had 8
 * @param skipped how many files could not be read and were left out; null for none
 * @param grey whether every image is grey, though images have three channels; null where one is not
 */
public record Manifest(
    String root,
    int size,
    int channels,
    int images,
    List<ClassCount> classes,
    String augmentation,
    List<SourceFile> files,
    String sha256,
    Reading reading,
    @Nullable Window window,
    @Nullable HighBitDepthFiles highBitDepth,
    @Nullable Integer skipped,
    @Nullable Boolean grey) {
  /** Of images that are not known to be all grey. */
  public Manifest(
      String root,
      int size,
      int channels,
      int images,
      List<ClassCount> classes,
      String augmentation,
      List<SourceFile> files,
      String sha256,
      Reading reading,
      @Nullable Window window,
      @Nullable HighBitDepthFiles highBitDepth,
      @Nullable Integer skipped) {
    this(
        root,
        size,
        channels,
        images,
        classes,
        augmentation,
        files,
        sha256,
        reading,
        window,
        highBitDepth,
        skipped,
        null);
  }

  /** Of 8-bit files read in the default way, none of which was left out. */
  public Manifest(
      String root,
      int size,
      int channels,
      int images,
      List<ClassCount> classes,
      String augmentation,
      List<SourceFile> files,
      String sha256) {
    this(
        root,
        size,
        channels,
        images,
        classes,
        augmentation,
        files,
        sha256,
        Reading.DEFAULT,
        null,
        null,
        null);
  }

  /** Keeps copies of the lists. */
  public Manifest {
    classes = List.copyOf(classes);
    files = List.copyOf(files);
  }

  /** How to read the same files again, or others that are to look like them. */
  public Reading rereading() {
    return reading.settledOn(window);
  }

  /**
   * A class and how many images it has.
   *
   * @param name of the folder, or the digit
   * @param images at least 1 in a data set that was read
   */
  public record ClassCount(String name, int images) {}
}
