package org.inoculum.spark;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inoculum.copies.CopyFilter;
import org.inoculum.copies.Descriptor;
import org.inoculum.copies.TrainingImages;
import org.inoculum.evaluate.FeatureSpace;
import org.inoculum.evaluate.PixelFeatures;
import org.inoculum.evaluate.Scaling;
import org.inoculum.evaluate.ScatteringFeatures;
import org.inoculum.image.Fit;
import org.inoculum.image.Image;
import org.inoculum.metric.Features;
import org.inoculum.metric.Moments;
import org.inoculum.torch.LibTorch;
import org.inoculum.torch.Workers;

/**
 * What executors measure of each image; broadcast once, and its feature network and descriptors
 * made once in each executor's Java.
 *
 * @param space name of the feature space
 * @param side of the squares that images are compared as
 * @param real features of the real images, which set the scale
 * @param training what copies are searched with, as JSON; empty where that is not known
 * @param threads of libtorch in each task
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
record ImageMeasurer(String space, int side, double[][] real, String training, int threads)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** Images whose features are computed together. */
  private static final int BATCH = 64;

  private static final Map<String, FeatureSpace> SPACES = new HashMap<>();
  private static final Map<String, CopyFilter> FILTERS = new HashMap<>();

  /** A feature space by the name that results call it. */
  static FeatureSpace open(String name, int threads) {
    synchronized (SPACES) {
      return SPACES.computeIfAbsent(
          name,
          unknown -> {
            if (name.equals("pixels")) {
              return new PixelFeatures();
            }
            LibTorch.load(threads);
            return new ScatteringFeatures();
          });
    }
  }

  /** The moments of the features of some images, scaled as the real images are. */
  Moments moments(HadoopFiles set, SyntheticImages images) throws IOException {
    FeatureSpace features = open(space, threads);
    if (!space.equals("pixels")) {
      Workers.setUp(threads);
    }
    Scaling scaling = features.scalingFor(Features.of(real, "the real images"));
    List<Image> batch = new ArrayList<>();
    Moments[] sum = {Moments.none(real[0].length)};
    images.read(
        set,
        (entry, png) -> {
          batch.add(Fit.CROP.apply(SyntheticImages.decode(entry, png), side));
          if (batch.size() == BATCH) {
            sum[0] = sum[0].with(Moments.of(scaling.apply(features.of(batch))));
            batch.clear();
          }
        });
    if (!batch.isEmpty()) {
      sum[0] = sum[0].with(Moments.of(scaling.apply(features.of(batch))));
    }
    return sum[0];
  }

  /** What the copy check says of some images by themselves. */
  List<ImageSummary> look(HadoopFiles set, SyntheticImages images) throws IOException {
    Optional<CopyFilter> filter = filter();
    List<ImageSummary> looks = new ArrayList<>();
    images.read(
        set,
        (entry, png) -> {
          Image image = SyntheticImages.decode(entry, png);
          looks.add(
              filter
                  .map(known -> ImageSummary.of(entry, known.alone(image)))
                  .orElseGet(() -> ImageSummary.of(entry, Descriptor.of(image))));
        });
    return looks;
  }

  private Optional<CopyFilter> filter() {
    if (training.isEmpty()) {
      return Optional.empty();
    }
    synchronized (FILTERS) {
      return Optional.of(
          FILTERS.computeIfAbsent(
              training,
              document -> {
                TrainingImages known = TrainingImages.parse(document, "the broadcast descriptors");
                return new CopyFilter(known, known.threshold());
              }));
    }
  }
}
