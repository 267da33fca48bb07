package org.inoculum.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.inoculum.UserException;
import org.inoculum.data.HeldOutImages;
import org.inoculum.data.Manifest;
import org.inoculum.files.Json;
import org.inoculum.run.Checkpoint;
import org.inoculum.run.RunDirectory;

/**
 * The documents of a run that are missing or damaged when its training goes on. None of them stops
 * it where a checkpoint holds what is needed; each is told of, and written again.
 */
final class Lost {
  private static final String DATASET = "dataset.json";

  private final RunDirectory run;
  private final List<String> sentences = new ArrayList<>();
  private final Map<String, String> documents = new LinkedHashMap<>();

  Lost(RunDirectory run) {
    this.run = run;
  }

  /**
   * The configuration: that of {@code config.json} or, where it is damaged, of the newest
   * checkpoint.
   *
   * @throws UserException if there is neither
   */
  TrainConfig config() {
    try {
      return TrainConfig.read(run.config());
    } catch (UserException e) {
      Checkpoint checkpoint = checkpoint(e);
      note("config.json was written again from the checkpoint", e);
      return TrainConfig.parse(
          checkpoint.text(CheckpointMetadata.CONFIG), "config.json of the checkpoint");
    }
  }

  /** Refuses other training images than the run has had. */
  void requireSameData(Manifest now) {
    Optional<Manifest> saved =
        read(
            () -> run.dataset(Manifest.class),
            e -> {
              Checkpoint checkpoint = checkpoint(e);
              ResumeCheck.requireSameHash(CheckpointMetadata.of(checkpoint).dataSha256(), now);
              note("the training images are those of the checkpoint; " + DATASET, e);
            });
    if (saved.isPresent()) {
      ResumeCheck.requireSameData("training images", saved.get(), now);
    } else {
      documents.put(DATASET, Json.document(now));
    }
  }

  /** Refuses other held-out images than the run has had. */
  void requireSame(ValidationSet validation) {
    Optional<HeldOutImages> saved =
        read(
            () -> HeldOutImages.read(run.path()),
            e ->
                note(
                    validation.by() == ValidationSource.HELD_OUT_FOLDER
                        ? "nobody can tell whether the held-out images are those of before, so scores may not be comparable; "
                            + HeldOutImages.FILE
                        : HeldOutImages.FILE,
                    e));
    if (saved.isPresent()) {
      validation.requireSame(saved.get());
    } else {
      documents.put(HeldOutImages.FILE, Json.document(validation.written()));
    }
  }

  /** Writes again what was lost; whoever calls this holds the run's lock. */
  void restore() {
    documents.forEach(run::restoreDocument);
    try {
      run.best();
    } catch (UserException e) {
      run.forgetBest();
      sentences.add(
          "best.json was removed, so the best snapshot is chosen from now on: " + e.getMessage());
    }
    try {
      run.provenance();
    } catch (UserException e) {
      sentences.add(
          "provenance.json, which tells where and how this run began, is lost: " + e.getMessage());
    }
  }

  /** What was lost, for the log. */
  List<String> sentences() {
    return List.copyOf(sentences);
  }

  private interface Otherwise {
    void because(UserException failure);
  }

  private static <T> Optional<T> read(Supplier<T> document, Otherwise otherwise) {
    try {
      return Optional.of(document.get());
    } catch (UserException e) {
      if (e.kind() != UserException.Kind.BAD_DATA) {
        throw e;
      }
      otherwise.because(e);
      return Optional.empty();
    }
  }

  private Checkpoint checkpoint(UserException otherwise) {
    if (otherwise.kind() != UserException.Kind.BAD_DATA) {
      throw otherwise;
    }
    return run.newestCheckpoint(warning -> {}).orElseThrow(() -> otherwise);
  }

  private void note(String what, UserException failure) {
    String again = what.contains("again") ? "" : " was written again";
    sentences.add(what + again + ", since it was lost: " + failure.getMessage());
  }
}
