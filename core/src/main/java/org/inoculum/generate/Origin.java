package org.inoculum.generate;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.inoculum.Inoculum;
import org.inoculum.copies.TrainingImages;
import org.inoculum.data.Manifest;
import org.inoculum.files.Sha256;
import org.inoculum.image.Window;
import org.inoculum.model.Latents;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.Snapshot;
import org.inoculum.run.SnapshotInfo;
import org.inoculum.torch.Precision;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what image i of a growth is, as a value that can be sent to another
 * machine and compared: images of equal origins belong together.
 *
 * @param program name and version
 * @param run name of the run directory
 * @param snapshot iteration of the generator
 * @param generator what it is, with the SHA-256 of its weights
 * @param trainedOn what it learned from
 * @param choice which class each image is of
 * @param seed of the latents
 * @param truncation largest number of a latent; null where none was drawn again
 * @param precision number format of the generator
 * @param compared what copies are searched with; null where they are not
 */
public record Origin(
    String program,
    String run,
    String snapshot,
    SnapshotInfo generator,
    TrainedOn trainedOn,
    ClassChoice choice,
    long seed,
    @Nullable Double truncation,
    Precision precision,
    @Nullable Compared compared) {

  /**
   * The training data, as far as the set tells of it.
   *
   * @param images how many
   * @param classes in label order
   * @param sha256 of their content
   * @param window the measured values that black and white stand for; null for files of 8 bits
   */
  public record TrainedOn(
      int images, List<Manifest.ClassCount> classes, String sha256, @Nullable Window window) {}

  /**
   * The test for copies.
   *
   * @param trainingImages that are compared with
   * @param threshold ratio below which an image is a copy
   * @param sha256 of their descriptors
   */
  public record Compared(int trainingImages, double threshold, String sha256) {
    /** As it is made with these images. */
    public static Compared with(TrainingImages training) {
      return new Compared(
          training.count(), training.threshold(), Sha256.ofText(training.document()));
    }
  }

  /**
   * The origin of what a run's snapshot makes.
   *
   * @param className the only class to grow, or nothing for all
   * @param truncation largest number of a latent, {@link Latents#WHOLE} for any
   * @param training what copies are searched with, if they are
   * @param warn is told where the images cannot be labelled
   */
  public static Origin of(
      RunDirectory run,
      Snapshot snapshot,
      Optional<String> className,
      long seed,
      double truncation,
      Precision precision,
      Optional<TrainingImages> training,
      Consumer<String> warn) {
    Manifest data = run.dataset(Manifest.class);
    return new Origin(
        Inoculum.program(),
        String.valueOf(run.path().toAbsolutePath().normalize().getFileName()),
        snapshot.name(),
        snapshot.info(),
        new TrainedOn(data.images(), data.classes(), data.sha256(), data.window()),
        ClassChoice.of(className, snapshot.info().classes(), data, warn),
        seed,
        truncation == Latents.WHOLE ? null : truncation,
        precision,
        training.map(Compared::with).orElse(null));
  }

  /** The class of an image. */
  public String className(long index) {
    return choice.name(index);
  }

  /** What a tar of a WebDataset has of one image. */
  public byte[] tarEntries(GrownImage row, byte[] png) {
    return WebDatasetWriter.entries(row, choice.names(), png);
  }

  /** The row of an image that lies in {@code file}, without what it was compared with. */
  public GrownImage row(long index, String file, String sha256) {
    return new GrownImage(file, index, seed, className(index), snapshot, sha256, null, null, null);
  }

  /** The largest number of a latent. */
  double most() {
    return truncation == null ? Latents.WHOLE : truncation;
  }

  String seedWord() {
    return truncation == null ? String.valueOf(seed) : seed + " truncated at " + truncation;
  }

  /** What each picture says of itself. */
  Map<String, String> text(long index) {
    return Map.of(
        "Software",
        program,
        "Comment",
        "synthetic; snapshot "
            + generator.sha256()
            + ", seed "
            + seedWord()
            + ", image "
            + index
            + "; trained on "
            + trainedOn.images()
            + " images, SHA-256 "
            + trainedOn.sha256()
            + (compared == null ? "; not tested for copies by " : "; no copy by the test of ")
            + program);
  }
}
