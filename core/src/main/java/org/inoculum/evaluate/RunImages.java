package org.inoculum.evaluate;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.inoculum.UserException;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.FileProgress;
import org.inoculum.data.HeldOutImages;
import org.inoculum.data.Manifest;
import org.inoculum.data.ReadOptions;
import org.inoculum.data.Reading;
import org.inoculum.files.Json;
import org.inoculum.image.Image;
import org.inoculum.model.GeneratedImages;
import org.inoculum.model.Generator;
import org.inoculum.model.GeneratorFile;
import org.inoculum.run.Provenance;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.Snapshot;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.torch.Engine;
import org.inoculum.torch.Safetensors;

/**
 * The images that a run directory has for an evaluation: its images, and what it was trained on.
 */
public final class RunImages {
  /** So that an evaluation sees the images that {@code generate} makes without being asked. */
  private static final long SEED = 0;

  private RunImages() {}

  /** Whether a folder is a run rather than a folder of images. */
  public static boolean isRun(Path folder) {
    return Files.isRegularFile(folder.resolve("config.json"))
        && Files.isDirectory(folder.resolve("snapshots"));
  }

  /**
   * The first images that a snapshot of a run makes.
   *
   * @param choice which snapshot
   * @param warn is told in a sentence of each snapshot that is damaged
   * @throws UserException of kind BAD_DATA if the run has no whole snapshot
   */
  public static ImageSet generate(
      RunDirectory run, SnapshotChoice choice, int count, Engine engine, Consumer<String> warn) {
    return generate(choice.in(run, warn), count, engine, FileProgress.NONE);
  }

  /** The first images that a snapshot makes, class by class in turn, as {@code generate} does. */
  public static ImageSet generate(
      Snapshot snapshot, int count, Engine engine, FileProgress progress) {
    List<Image> images = new ArrayList<>();
    int classes;
    try (Generator generator =
        GeneratorFile.decode(
            snapshot.info(), Safetensors.read(snapshot.weights()), snapshot.weights().toString())) {
      classes = generator.classes();
      while (images.size() < count) {
        images.addAll(
            GeneratedImages.batch(
                generator,
                engine.precision(),
                SEED,
                images.size(),
                index -> (int) (index % generator.classes())));
        progress.at("generating", Math.min(count, images.size()), count);
      }
    }
    String name = "snapshot " + snapshot.name();
    List<String> names = classNames(snapshot);
    if (names.size() != classes) {
      return ImageSet.of(name, images.subList(0, count)); // a run that lost its dataset.json
    }
    return new ImageSet(
        name,
        names,
        IntStream.range(0, count).mapToObj(i -> i % classes).toList(),
        images.subList(0, count));
  }

  private static List<String> classNames(Snapshot snapshot) {
    try {
      return snapshot.run().stream()
          .flatMap(run -> run.dataset(Manifest.class).classes().stream())
          .map(Manifest.ClassCount::name)
          .toList();
    } catch (UserException e) {
      return List.of();
    }
  }

  /**
   * The folder that a run was trained on, as its provenance names it, where it still holds the very
   * same files.
   */
  public static Optional<Path> trainingFolder(RunDirectory run) {
    try {
      Manifest manifest = run.dataset(Manifest.class);
      Provenance made = Json.read(run.path().resolve("provenance.json"), Provenance.class);
      return folder(made.data())
          .filter(folder -> manifest.sha256().equals(sha256(folder, manifest.rereading())));
    } catch (UserException e) {
      return Optional.empty(); // not written by a training, or damaged: as good as unknown
    }
  }

  /**
   * The folder of held-out images that a run was evaluated on while it was trained, as its {@code
   * held-out.json} names it, where it still holds the very same files. Held-out images that are a
   * part of the training folder have none.
   */
  public static Optional<Path> heldOutFolder(RunDirectory run) {
    try {
      HeldOutImages heldOut = HeldOutImages.read(run.path());
      Manifest images = heldOut.images();
      if (heldOut.folder() == null || images == null) {
        return Optional.empty();
      }
      return folder(heldOut.folder())
          .filter(folder -> images.sha256().equals(sha256(folder, images.rereading())));
    } catch (UserException e) {
      return Optional.empty(); // as above
    }
  }

  private static Optional<Path> folder(String label) {
    try {
      return Optional.of(Path.of(label)).filter(Files::isDirectory);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static String sha256(Path folder, Reading reading) {
    try {
      return DataSetReader.read(folder, ReadOptions.DEFAULT.with(reading)).manifest().sha256();
    } catch (UserException e) {
      return "not a data set";
    }
  }
}
