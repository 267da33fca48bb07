package org.inoculum.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.inoculum.data.DataSet;
import org.inoculum.data.Sample;

/** Warns before a training on fewer images than a generator can learn variety from. */
final class FewImages {
  /** Below so many images of a class, expect little but them. */
  static final int FEW = 20;

  /** A class is said to repeat itself above this share of repeats. */
  private static final double REPEATS = 0.05;

  private FewImages() {}

  /** A line for each class with few images or repeated ones; none where there is nothing to say. */
  static List<String> warnings(DataSet data) {
    List<String> warnings = new ArrayList<>();
    for (int label = 0; label < data.classes().size(); label++) {
      int wanted = label;
      List<Sample> samples =
          data.samples().stream().filter(sample -> sample.label() == wanted).toList();
      long distinct = samples.stream().map(Sample::image).distinct().count();
      boolean few = distinct < FEW;
      boolean repeats = samples.size() - distinct > REPEATS * samples.size();
      if (few || repeats) {
        warnings.add(
            String.format(
                Locale.ROOT,
                "warning: the class '%s' has %s%s; %s",
                data.classes().get(label),
                samples.size() == 1 ? "1 image" : samples.size() + " images",
                repeats ? String.format(Locale.ROOT, ", of which %d differ", distinct) : "",
                few
                    ? "from fewer than %d expect images close to these, most of which the copy filter of generate leaves out"
                        .formatted(FEW)
                    : "repeats teach nothing new, and weigh more than the others"));
      }
    }
    return warnings;
  }
}
