package org.inoculum.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.inoculum.image.Fit;
import org.inoculum.image.Image;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;

/**
 * Images of one size, with their classes.
 *
 * @param name what messages call the set
 * @param classes names
 * @param labels the class of each image
 * @param images at least one
 */
public record ImageSet(
    String name, List<String> classes, List<Integer> labels, List<Image> images) {
  /** Keeps copies; a label for each image. */
  public ImageSet {
    classes = List.copyOf(classes);
    labels = List.copyOf(labels);
    images = List.copyOf(images);
    if (images.isEmpty() || labels.size() != images.size()) {
      throw new IllegalArgumentException(
          "expected images with a label each, found "
              + images.size()
              + " images and "
              + labels.size()
              + " labels");
    }
  }

  /** Images of one class. */
  public static ImageSet of(String name, List<Image> images) {
    return new ImageSet(name, List.of(name), images.stream().map(image -> 0).toList(), images);
  }

  /** Images. */
  public int count() {
    return images.size();
  }

  /** The images at these places. */
  ImageSet select(int[] places) {
    return new ImageSet(
        name,
        classes,
        Arrays.stream(places).mapToObj(labels::get).toList(),
        Arrays.stream(places).mapToObj(images::get).toList());
  }

  /** The places of the images of a class; none where the set lacks it. */
  int[] places(String className) {
    int label = classes.indexOf(className);
    return IntStream.range(0, count()).filter(i -> labels.get(i) == label).toArray();
  }

  /** Every image as a square of this side. */
  ImageSet resized(int side) {
    return new ImageSet(
        name, classes, labels, images.stream().map(image -> Fit.CROP.apply(image, side)).toList());
  }

  /** At most {@code most} images, drawn at random from a fixed seed; their order stays. */
  ImageSet atMost(int most) {
    return count() <= most ? this : select(sample(count(), most));
  }

  /**
   * Which of {@code count} images {@code evaluate} looks at where they are too many: at most {@code
   * most} places, in order, drawn from a fixed seed.
   */
  public static int[] sample(int count, int most) {
    if (count <= most) {
      return IntStream.range(0, count).toArray();
    }
    int[] places = Subsets.some(count, most, RandomStream.of(0, Purpose.SAMPLING, count));
    Arrays.sort(places);
    return places;
  }
}
