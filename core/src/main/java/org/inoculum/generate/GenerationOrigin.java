package org.inoculum.generate;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.copies.TrainingImages;
import org.inoculum.data.Manifest;
import org.inoculum.image.Image;
import org.inoculum.model.Latents;
import org.inoculum.model.ListedImages.SampleSpec;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.Snapshot;
import org.inoculum.run.SnapshotInfo;
import org.inoculum.torch.Precision;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what image i of a generation is, as a value that can be sent to another
 * machine and compared: images of equal origins belong together.
 *
 * @param program name and version
 * @param run name of the run directory
 * @param snapshot iteration of the generator
 * @param generator what it is, with the SHA-256 of its weights
 * @param trainedOn what it learned from
 * @param choice which class each image is of
 * @param seed of the latents; null where a list says it of each image
 * @param truncation truncation threshold of the latent; null where nothing is truncated, or for a
 *     list
 * @param precision number format of the generator
 * @param levels what the generator's numbers become in files
 * @param compared what copies are searched with; null where they are not
 */
public record GenerationOrigin(
    String program,
    String run,
    String snapshot,
    SnapshotInfo generator,
    TrainedOn trainedOn,
    ClassChoice choice,
    @Nullable Long seed,
    @Nullable Double truncation,
    Precision precision,
    GreyLevels levels,
    @Nullable Compared compared) {

  /**
   * The training data, as far as the set tells of it.
   *
   * @param images how many
   * @param classes in label order
   * @param sha256 of their content
   */
  public record TrainedOn(int images, List<Manifest.ClassCount> classes, String sha256) {}

  /**
   * The copy check.
   *
   * @param trainingImages that are compared with
   * @param threshold ratio below which an image is a copy
   * @param sha256 of their descriptors
   */
  public record Compared(int trainingImages, double threshold, String sha256) {
    /** As it is made with these images. */
    public static Compared with(TrainingImages training) {
      return new Compared(training.count(), training.threshold(), training.sha256());
    }
  }

  /**
   * The origin of what a run's snapshot makes.
   *
   * @param className the only class to generate, or nothing for all
   * @param seed of the latents; null where a list says it of each image
   * @param truncation truncation threshold of the latent, {@link Latents.NO_TRUNCATION} for any
   * @param bits 8 or 16 bits a sample; where nothing is said, as deep as what the run was trained
   *     on
   * @param training what copies are searched with, if they are
   * @param warn is told where the images cannot be labelled
   * @throws UserException of kind USAGE if the class does not exist, or the run cannot give so many
   *     bits, or this precision cannot
   */
  public static GenerationOrigin of(
      RunDirectory run,
      Snapshot snapshot,
      Optional<String> className,
      @Nullable Long seed,
      double truncation,
      OptionalInt bits,
      Precision precision,
      Optional<TrainingImages> training,
      Consumer<String> warn) {
    Manifest data = run.dataset(Manifest.class);
    GreyLevels levels = GreyLevels.of(bits, data);
    levels.requireFine(precision);
    return new GenerationOrigin(
        Inoculum.program(),
        String.valueOf(run.path().toAbsolutePath().normalize().getFileName()),
        snapshot.name(),
        snapshot.info(),
        new TrainedOn(data.images(), data.classes(), data.sha256()),
        ClassChoice.of(className, snapshot.info().classes(), data, warn),
        seed,
        truncation == Latents.NO_TRUNCATION ? null : truncation,
        precision,
        levels,
        training.map(Compared::with).orElse(null));
  }

  /** An image of the seed; its number in the set is its index. */
  SampleSpec wanted(long index) {
    return new SampleSpec(Objects.requireNonNull(seed), index, choice.label(index), threshold());
  }

  /** An image of the seed, with what was found by comparing it. */
  public Candidate candidate(long index, @Nullable CopyCheckResult copyCheckResult) {
    return new Candidate(index, wanted(index), copyCheckResult);
  }

  /** The class of an image of the seed. */
  public String className(long index) {
    return choice.name(index);
  }

  /**
   * What an image of the set looks like: 8 bits from black to white.
   *
   * @param written as its file has it
   */
  public Image shown(Image written) {
    return levels.shown(written);
  }

  /**
   * What a tar of a WebDataset has of an image of the seed.
   *
   * @param tar its name
   */
  public byte[] tarEntries(long index, String tar, String sha256, byte[] png) {
    String file = tar + "/" + RunDirectory.number(index) + ".png";
    long known = Objects.requireNonNull(seed);
    GeneratedImage row =
        new GeneratedImage(
            file, index, known, className(index), snapshot, sha256, null, null, null);
    return WebDatasetWriter.entries(row, choice.names(), png);
  }

  /** The truncation threshold of the latent. */
  private double threshold() {
    return truncation == null ? Latents.NO_TRUNCATION : truncation;
  }
}
