package org.inoculum.train;

import java.nio.file.Path;
import java.util.Map;
import org.inoculum.UserException;
import org.inoculum.data.Reading;
import org.inoculum.files.Json;
import org.inoculum.torch.PrecisionChoice;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what a training does, apart from its data: {@code config.json}.
 *
 * @param preset which recipe
 * @param budget how long
 * @param batch images of a generator update; how many real images an iteration shows is the
 *     recipe's business
 * @param size side of the pictures, in pixels
 * @param channels 1 or 3
 * @param seed of every random draw
 * @param threads threads of one operation
 * @param precision what was asked for; provenance.json says what was settled on
 * @param reading which picture of each file, and by which window
 * @param validationSet which real images the training is judged by
 * @param recipe the preset's own numbers
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
      @Nullable Reading reading,
      @Nullable ValidationSource validationSet,
      Map<String, Object> recipe) {}

  /**
   * Read in the default way and judged by the training images, as a training is that is told of no
   * others.
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
      throw UserException.usage("the recipe is not one of the preset " + preset.word());
    }
    recipe.requireMakes(size, channels);
  }

  /**
   * Reads a {@code config.json}.
   *
   * @throws UserException if the file is none
   */
  public static TrainConfig read(Path file) {
    Written written = Json.read(file, Written.class);
    String source = file.toString();
    if (written.preset() == null || written.budget() == null || written.recipe() == null) {
      throw UserException.badData(source + " lacks a preset, a budget or a recipe");
    }
    return new TrainConfig(
        written.preset(),
        written.budget(),
        written.batch(),
        written.size(),
        written.channels(),
        written.seed(),
        written.threads(),
        written.precision() == null ? PrecisionChoice.AUTO : written.precision(),
        Reading.orEarlier(written.reading()),
        written.validationSet() == null
            ? ValidationSource.TRAINING_IMAGES
            : written.validationSet(),
        Json.ofTree(written.recipe(), written.preset().recipe().getClass(), source));
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
