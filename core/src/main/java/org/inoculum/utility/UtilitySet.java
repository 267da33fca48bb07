package org.inoculum.utility;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.data.DataSet;
import org.inoculum.data.Sample;

/**
 * The images of a set as numbers.
 *
 * @param scale of the real training images
 * @param real training images by class
 * @param synthetic by class; a class may have none
 * @param test images in their order
 * @param labels of the test images
 * @param made synthetic images in their order
 * @param labelsOfMade labels of the synthetic images
 */
@SuppressWarnings("ArrayRecordComponent") // read by two classes, never compared
record UtilitySet(
    Scale scale,
    List<List<float[]>> real,
    List<List<float[]>> synthetic,
    List<float[]> test,
    int[] labels,
    List<float[]> made,
    int[] labelsOfMade) {
  static UtilitySet of(UtilityData data) {
    Scale scale = Scale.of(data.train());
    return new UtilitySet(
        scale,
        byClass(data.train(), scale),
        byClass(data.synthetic(), scale),
        scaled(data.heldOut(), scale),
        labels(data.heldOut()),
        scaled(data.synthetic(), scale),
        labels(data.synthetic()));
  }

  private static int[] labels(DataSet images) {
    return images.samples().stream().mapToInt(Sample::label).toArray();
  }

  private static List<float[]> scaled(DataSet images, Scale scale) {
    return images.samples().stream().map(sample -> scale.of(sample.image())).toList();
  }

  private static List<List<float[]>> byClass(DataSet data, Scale scale) {
    List<List<float[]>> classes = new ArrayList<>();
    for (int label = 0; label < data.classes().size(); label++) {
      classes.add(new ArrayList<>());
    }
    for (Sample sample : data.samples()) {
      classes.get(sample.label()).add(scale.of(sample.image()));
    }
    return classes;
  }
}
