package org.inoculum.generate;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.inoculum.UserException;
import org.inoculum.data.Manifest;
import org.inoculum.image.Image;
import org.inoculum.model.GeneratedImages;
import org.inoculum.model.Generator;
import org.inoculum.model.GeneratorFile;
import org.inoculum.model.Latents;
import org.inoculum.model.SeedAndIndex;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.Snapshot;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.run.SnapshotInfo;
import org.inoculum.torch.Engine;
import org.inoculum.torch.Safetensors;

/**
 * A generator to look around in: what it makes of a seed is what {@link Generation} would generate
 * from it, before anything is left out. Owns native memory until it is closed; one thread at a
 * time.
 */
public final class Explorer implements AutoCloseable {
  /** Images of one drawing, and steps of one walk. */
  public static final int IMAGES = GeneratedImages.BATCH;

  private final Engine engine;
  private final Snapshot snapshot;
  private final ClassChoice all;
  private final Manifest trainedOn;
  private final Generator generator;

  private Explorer(
      Engine engine, Snapshot snapshot, ClassChoice all, Manifest trainedOn, Generator generator) {
    this.engine = engine;
    this.snapshot = snapshot;
    this.all = all;
    this.trainedOn = trainedOn;
    this.generator = generator;
  }

  /**
   * Loads a run's generator.
   *
   * @param warn is told, in a sentence, of anything odd
   * @throws UserException of kind BAD_DATA if the run has no whole snapshot
   */
  public static Explorer open(
      RunDirectory run, SnapshotChoice choice, Engine engine, Consumer<String> warn) {
    Snapshot snapshot = choice.in(run, warn);
    Manifest trainedOn = run.dataset(Manifest.class);
    ClassChoice all = ClassChoice.of(Optional.empty(), snapshot.info().classes(), trainedOn, warn);
    Generator generator =
        GeneratorFile.decode(
            snapshot.info(), Safetensors.read(snapshot.weights()), snapshot.weights().toString());
    return new Explorer(engine, snapshot, all, trainedOn, generator);
  }

  /** Which generator it is. */
  public SnapshotInfo snapshot() {
    return snapshot.info();
  }

  /** What the generator can be asked for; one name where it knows no classes. */
  public List<String> classes() {
    return all.names();
  }

  /**
   * {@link #IMAGES} images of a seed.
   *
   * @param first number of the first one, a multiple of {@link #IMAGES}
   * @param className their class; all classes in turn where nothing is said
   * @param truncation truncation threshold of the latent, at least {@link Latents#MIN_TRUNCATION}
   * @throws UserException of kind USAGE if a number is out of range or the class does not exist
   */
  public List<Image> draw(long seed, long first, Optional<String> className, double truncation) {
    if (first < 0 || first % IMAGES != 0) {
      throw UserException.usage(
          "the first image must be a multiple of " + IMAGES + ", was " + first);
    }
    requireTruncation(truncation);
    ClassChoice choice = choice(className);
    return GeneratedImages.batch(
        generator, engine.precision(), seed, truncation, first, choice::label);
  }

  /**
   * {@link #IMAGES} images on the way from one to another, both of them included.
   *
   * @param className their class; that of the first image where nothing is said
   * @throws UserException of kind USAGE if a number is out of range or the class does not exist
   */
  public List<Image> walk(
      SeedAndIndex from, SeedAndIndex to, Optional<String> className, double truncation) {
    if (from.index() < 0 || to.index() < 0) {
      throw UserException.usage("the number of an image must not be negative");
    }
    requireTruncation(truncation);
    return GeneratedImages.walk(
        generator, engine.precision(), from, to, truncation, choice(className).label(from.index()));
  }

  private ClassChoice choice(Optional<String> className) {
    return className.isEmpty()
        ? all
        : ClassChoice.of(className, snapshot.info().classes(), trainedOn, warning -> {});
  }

  private static void requireTruncation(double truncation) {
    if (!(truncation >= Latents.MIN_TRUNCATION)) {
      throw UserException.usage(
          "the truncation must be at least " + Latents.MIN_TRUNCATION + ", was " + truncation);
    }
  }

  /** Frees the generator. */
  @Override
  public void close() {
    generator.close();
  }
}
