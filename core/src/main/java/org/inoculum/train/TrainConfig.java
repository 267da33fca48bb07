package org.inoculum.train;

import java.nio.file.Path;
import java.util.Map;
import org.inoculum.UserException;
import org.inoculum.data.Reading;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.torch.PrecisionChoice;

/**
 * Everything that decides what a training does, apart from its data: {@code config.json}.
 *
 * @param preset which recipe
 * @param budget how long
 * @param batch images of a generator update; how many real images an iteration shows is the
 *     recipe's business
 * @param size resolution of the images, in pixels
 * @param channels 1 or 3
 * @param seed of every random draw
 * @param threads intra-op threads
 * @param precision what was asked for; provenance.json says what was settled on
 * @param reading which image of each file, and by which window
 * @param validationSet which real images the training is evaluated on
 * @param recipe the preset's hyperparameters
 */
public record TrainConfig(
    Preset preset,
    Budget budget,
    int batch,
    int size,
    int channels,
    long seed,
    int threads,
    PrecisionChoice precision,
    Reading reading,
    ValidationSource validationSet,
    Recipe recipe) {
  private static final int MAX_BATCH = 4096;

  /** The same fields as they are in a file, before the preset has said what kind of recipe. */
  private record Written(
      Preset preset,
      Budget budget,
      int batch,
      int size,
      int channels,
      long seed,
      int threads,
      PrecisionChoice precision,
      Reading reading,
      ValidationSource validationSet,
      Map<String, Object> recipe) {}

  /**
   * Read in the default way and evaluated on the training images, as a training is that is told of
   * no others.
   */
  public TrainConfig(
      Preset preset,
      Budget budget,
      int batch,
      int size,
      int channels,
      long seed,
      int threads,
      PrecisionChoice precision,
      Recipe recipe) {
    this(
        preset,
        budget,
        batch,
        size,
        channels,
        seed,
        threads,
        precision,
        Reading.DEFAULT,
        ValidationSource.TRAINING_IMAGES,
        recipe);
  }

  /** Checks the ranges. */
  public TrainConfig {
    if (batch < 2 || batch > MAX_BATCH) {
      throw UserException.usage("--batch must be from 2 to " + MAX_BATCH + ", was " + batch);
    }
    if (threads < 1 || threads > 1024) {
      throw UserException.usage("--threads must be from 1 to 1024, was " + threads);
    }
    if (!recipe.getClass().equals(preset.recipe().getClass())) {
      throw UserException.usage("the recipe is not one of the preset " + preset.label());
    }
    recipe.requireMakes(size, channels);
  }

  /**
   * Reads a {@code config.json}.
   *
   * @throws UserException if the file is none
   */
  public static TrainConfig read(Path file) {
    return of(FormatVersion.read(file, Written.class), file.toString());
  }

  /** The same from its text; errors call it {@code source}. */
  static TrainConfig parse(String text, String source) {
    return of(FormatVersion.parse(text, Written.class, source), source);
  }

  private static TrainConfig of(Written written, String source) {
    if (written.preset() == null
        || written.budget() == null
        || written.precision() == null
        || written.reading() == null
        || written.validationSet() == null
        || written.recipe() == null) {
      throw UserException.badData(
          source + " lacks a preset, budget, precision, reading, validationSet or recipe");
    }
    return new TrainConfig(
        written.preset(),
        written.budget(),
        written.batch(),
        written.size(),
        written.channels(),
        written.seed(),
        written.threads(),
        written.precision(),
        written.reading(),
        written.validationSet(),
        Json.ofTree(written.recipe(), written.preset().recipe().getClass(), source));
  }

  /** The content of {@code config.json}. */
  public String document() {
    return FormatVersion.document(this);
  }

  /** The same with another budget and number of threads. */
  public TrainConfig with(Budget otherBudget, int otherThreads) {
    return new TrainConfig(
        preset,
        otherBudget,
        batch,
        size,
        channels,
        seed,
        otherThreads,
        precision,
        reading,
        validationSet,
        recipe);
  }

  /** Thousands of real images that so many iterations show to the discriminator. */
  public double kimg(long iterations) {
    return iterations * (double) recipe.realsPerIteration(batch) / 1000;
  }
}
