package org.inoculum.copies;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.FileProgress;
import org.inoculum.data.Sample;
import org.inoculum.files.Sha256;
import org.inoculum.files.Storage;
import org.inoculum.files.Sums;
import org.inoculum.image.Image;
import org.inoculum.image.Rotation;
import org.inoculum.image.Symmetry;
import org.inoculum.metric.CopyRatio;

/**
 * The training images of a generator, in the form in which copies are searched: each image upright
 * and turned by 45 degrees, under the eight symmetries of the square.
 *
 * <p>ρ(g) = d(g, x*) / d(x*, nearest other training image), both distances minimal over those 16
 * ways to lay an image down; a copy has ρ below {@link #threshold}. Other training images that are
 * the {@linkplain Descriptor#SAME same image} as x* do not count as its neighbours, or an image
 * that lies twice in the training set could be copied unseen.
 *
 * <p>Several threads may search at once.
 */
public final class TrainingImages {
  /** The file of a run directory that holds them. */
  public static final String FILE = "training-descriptors.json";

  /** The SHA-256 of that file: nobody would see that a damaged one finds no copy. */
  public static final String SUMS = "training-descriptors.sha256";

  /** The share of images that are no copies but may be called so. */
  public static final double FALSE_ALARMS = 0.01;

  /** Training images that the threshold is calibrated on, at most. */
  private static final int CALIBRATED_ON = 256;

  /** Distance to the nearest neighbour where there is none: a ratio of 1/3 is then SAME. */
  private static final double LONELY = Descriptor.SAME / CopyRatio.DEFAULT_THRESHOLD;

  /** A training image, upright and turned by 45 degrees. */
  private record Poses(KnownImage upright, KnownImage diagonal) {}

  private static final List<Symmetry> SYMMETRIES = List.of(Symmetry.values());

  private final List<String> names = new ArrayList<>();
  private final List<Poses> poses = new ArrayList<>();
  private final Map<Integer, Double> spacings = new ConcurrentHashMap<>();
  private double leastContrast = Double.POSITIVE_INFINITY;

  private TrainingImages() {}

  /** Of a data set as it was read. */
  public static TrainingImages of(DataSet data) {
    TrainingImages training = new TrainingImages();
    for (Sample sample : data.samples()) {
      DescriptorFile.Described image = described(sample);
      training.add(image.name(), image.upright(), image.diagonal());
    }
    return training;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws UserException of kind BAD_DATA if the file is something else
   */
  public static TrainingImages read(Path file) {
    return of(DescriptorFile.read(file));
  }

  /**
   * The same, once it was found to be what was written.
   *
   * @throws UserException of kind BAD_DATA if it has changed, or nothing says whether it has
   */
  public static TrainingImages readChecked(Path file) {
    Sums.require(sumsOf(file), file);
    return read(file);
  }

  private static Path sumsOf(Path file) {
    return file.resolveSibling(SUMS);
  }

  /**
   * Reads the text that {@link #write} writes.
   *
   * @param source what errors call it
   * @throws UserException of kind BAD_DATA if it is something else
   */
  public static TrainingImages parse(String text, String source) {
    return of(DescriptorFile.parse(text, source));
  }

  private static TrainingImages of(List<DescriptorFile.Described> images) {
    TrainingImages training = new TrainingImages();
    images.forEach(image -> training.add(image.name(), image.upright(), image.diagonal()));
    return training;
  }

  /**
   * Writes the descriptors of a data set as {@link #document}, about 1.5 kB an image, without
   * holding them all.
   *
   * @param file must not exist
   */
  public static void write(DataSet data, Path file, FileProgress progress) {
    DescriptorFile.write(data.samples(), TrainingImages::described, file, progress);
    try {
      String sums = Sums.text(Map.of(String.valueOf(file.getFileName()), Sha256.ofFile(file)));
      Storage.writeInto(sumsOf(file), sums.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw UserException.storage("cannot read " + file + " again: " + e.getMessage(), e);
    }
  }

  private static DescriptorFile.Described described(Sample sample) {
    return new DescriptorFile.Described(
        sample.source(), Descriptor.of(sample.image()), diagonal(sample.image()));
  }

  /** Everything as a JSON document. */
  public String document() {
    return DescriptorFile.document(described());
  }

  /** The hash of all descriptors, in lower case. */
  public String sha256() {
    return DescriptorFile.sha256(described());
  }

  private Stream<DescriptorFile.Described> described() {
    return IntStream.range(0, names.size())
        .mapToObj(
            i ->
                new DescriptorFile.Described(
                    names.get(i), upright(i), poses.get(i).diagonal().descriptor()));
  }

  private static Descriptor diagonal(Image image) {
    return Descriptor.of(Rotation.by(image, 45));
  }

  private void add(String name, Descriptor upright, Descriptor diagonal) {
    names.add(name);
    poses.add(new Poses(KnownImage.of(upright), KnownImage.of(diagonal)));
    leastContrast = Math.min(leastContrast, upright.contrast());
  }

  /** How many there are. */
  public int count() {
    return names.size();
  }

  /** The {@linkplain Descriptor#contrast contrast} of the plainest. */
  public double leastContrast() {
    return leastContrast;
  }

  /** The nearest training image of an image. */
  public Match nearest(Image image) {
    return nearest(Descriptor.of(image));
  }

  Match nearest(Descriptor descriptor) {
    return nearest(descriptor, i -> true);
  }

  private Match nearest(Descriptor descriptor, IntPredicate taken) {
    Query query = new Query(descriptor);
    Query.Nearness least = new Query.Nearness(Double.POSITIVE_INFINITY, Symmetry.IDENTITY);
    int training = -1;
    boolean diagonal = false;
    for (int i = 0; i < poses.size(); i++) {
      if (taken.test(i)) {
        Poses both = poses.get(i);
        Query.Nearness upright = query.nearerThan(least.distance(), both.upright());
        least = upright == null ? least : upright;
        Query.Nearness turned = query.nearerThan(least.distance(), both.diagonal());
        least = turned == null ? least : turned;
        if (upright != null || turned != null) {
          training = i;
          diagonal = turned != null;
        }
      }
    }
    if (training < 0) {
      return new Match(0, names.get(0), false, Symmetry.IDENTITY, LONELY, 1);
    }
    return new Match(
        training,
        names.get(training),
        diagonal,
        least.symmetry(),
        least.distance(),
        least.distance() / spacing(training));
  }

  /** The distance of a training image to its nearest different neighbour. */
  double spacing(int training) {
    return spacings.computeIfAbsent(
        training,
        index -> {
          Query query = new Query(upright(index));
          double least = Double.POSITIVE_INFINITY;
          for (int i = 0; i < poses.size(); i++) {
            double distance = i == index ? 0 : distance(query, i, least);
            if (distance >= Descriptor.SAME && distance < least) {
              least = distance;
            }
          }
          return Double.isInfinite(least) ? LONELY : least;
        });
  }

  /** The distance to a training image, or {@code limit} where it is not below that. */
  private double distance(Query query, int training, double limit) {
    Poses both = poses.get(training);
    Query.Nearness upright = query.nearerThan(limit, both.upright());
    double least = upright == null ? limit : upright.distance();
    Query.Nearness turned = query.nearerThan(least, both.diagonal());
    return turned == null ? least : turned.distance();
  }

  private Descriptor upright(int training) {
    return poses.get(training).upright().descriptor();
  }

  /**
   * The ratio below which an image is a copy, calibrated on the training images themselves: each is
   * taken as an image that is no copy of the others (those that are the same image left aside), and
   * at most {@link #FALSE_ALARMS} of them may be called one. Never above {@link
   * CopyRatio#DEFAULT_THRESHOLD}, so that a handful of images that are all alike does not make
   * everything a copy.
   */
  public double threshold() {
    List<Match> matches = new ArrayList<>();
    int step = Math.max(1, (count() + CALIBRATED_ON - 1) / CALIBRATED_ON);
    for (int i = 0; i < count(); i += step) {
      int left = i;
      Query query = new Query(upright(i));
      matches.add(
          nearest(
              upright(i),
              other ->
                  other != left && distance(query, other, Descriptor.SAME) >= Descriptor.SAME));
    }
    return ratios(matches).threshold(FALSE_ALARMS);
  }

  /**
   * The ratio below which an image is a copy, calibrated on images of the same kind that the
   * generator has not seen: at most {@link #FALSE_ALARMS} of them are called copies. Never above
   * {@link #threshold()}.
   *
   * @param heldOut at least one image
   */
  public double threshold(List<Image> heldOut) {
    CopyRatio ratios = ratios(heldOut.stream().map(this::nearest).toList());
    return Math.min(threshold(), ratios.threshold(FALSE_ALARMS));
  }

  private static CopyRatio ratios(List<Match> matches) {
    return new CopyRatio(
        matches.stream().map(Match::ratio).toList(),
        matches.stream().map(Match::training).toList(),
        matches.stream().map(match -> SYMMETRIES.indexOf(match.symmetry())).toList());
  }
}
