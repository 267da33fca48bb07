package org.inoculum.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inoculum.UserException;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.jspecify.annotations.Nullable;

/**
 * The idx files of a folder: MNIST as it is handed round. The training pair is taken where there is
 * one, the test pair otherwise.
 *
 * @param images the images' file
 * @param labels the labels' file; null where there is none
 */
record IdxFolder(Path images, @Nullable Path labels) {
  /** The idx files, if the folder has any. */
  static Optional<IdxFolder> find(Path folder) {
    for (String part : List.of("train", "t10k")) {
      Path images = plainOrPacked(folder, part + "-images-idx3-ubyte");
      if (images != null) {
        return Optional.of(
            new IdxFolder(images, plainOrPacked(folder, part + "-labels-idx1-ubyte")));
      }
    }
    return Optional.empty();
  }

  /** Images as stored, and their labels: all 0 where there is no file of labels. */
  Content read(DecodingLimits limits) {
    IdxFile idxImages = IdxFile.read(images, 3, limits);
    int count = idxImages.dimension(0);
    int height = idxImages.dimension(1);
    int width = idxImages.dimension(2);
    if (count < 2) {
      throw UserException.badData(images + " holds " + count + " images; at least 2 are needed");
    }
    if (height < limits.minSide() || width < limits.minSide()) {
      throw UserException.badData(
          images
              + (" holds images of " + width + " x " + height + " pixels, but each side must be")
              + (" at least " + limits.minSide()));
    }
    List<SourceFile> files = new ArrayList<>();
    files.add(new SourceFile(name(images), idxImages.sha256(), -1));
    int[] digits = new int[count];
    if (labels != null) {
      IdxFile named = IdxFile.read(labels, 1, limits);
      if (named.dimension(0) != count) {
        throw UserException.badData(
            labels
                + (" has " + named.dimension(0) + " labels, but " + name(images) + " has ")
                + (count + " images"));
      }
      for (int i = 0; i < count; i++) {
        digits[i] = named.value(i);
        if (digits[i] > 9) {
          throw UserException.badData(
              labels + ": label " + digits[i] + " at position " + i + "; 0..9 were expected");
        }
      }
      files.add(new SourceFile(name(labels), named.sha256(), -1));
    }
    return new Content(idxImages, digits, List.copyOf(files), labels != null);
  }

  private static @Nullable Path plainOrPacked(Path folder, String name) {
    for (String ending : List.of("", ".gz")) {
      Path file = folder.resolve(name + ending);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return null;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  /**
   * The content that was read: images, one label each, the files, and whether the labels came from
   * one.
   */
  static final class Content {
    final IdxFile idxImages;
    final int[] labels;
    final List<SourceFile> files;
    final boolean labelled;

    private Content(IdxFile idxImages, int[] labels, List<SourceFile> files, boolean labelled) {
      this.idxImages = idxImages;
      this.labels = labels;
      this.files = files;
      this.labelled = labelled;
    }

    /** The image of that number, from 0, in grey. */
    Image image(int number) {
      byte[] stored = stored(number);
      short[] grey = new short[stored.length];
      for (int k = 0; k < grey.length; k++) {
        grey[k] = (short) (stored[k] & 0xFF);
      }
      return new Image(idxImages.dimension(2), idxImages.dimension(1), 1, 8, grey);
    }

    /** Its bytes in the file. */
    byte[] stored(int number) {
      int length = idxImages.dimension(1) * idxImages.dimension(2);
      return idxImages.range(number * length, (number + 1) * length);
    }
  }
}
