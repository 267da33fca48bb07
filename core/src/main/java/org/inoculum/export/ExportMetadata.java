package org.inoculum.export;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.data.Manifest;
import org.inoculum.data.WindowChoice;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.model.Generator;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.Snapshot;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.run.SnapshotInfo;

/**
 * The metadata of an exported generator.
 *
 * @param snapshot the generator
 * @param run that it is a snapshot of; nothing for one that was copied out of its run
 */
record ExportMetadata(Snapshot snapshot, Optional<RunDirectory> run) {
  /**
   * Finds it.
   *
   * @param place a run, or one of its snapshots
   * @param choice which snapshot of a run, if that was said
   * @param warn is told, in a sentence, of each snapshot that should have been used and is damaged
   * @throws UserException of kind BAD_DATA if {@code place} is neither or damaged, USAGE if a
   *     snapshot is to be chosen of a snapshot
   */
  static ExportMetadata find(Path place, Optional<SnapshotChoice> choice, Consumer<String> warn) {
    if (!Snapshot.isAt(place)) {
      RunDirectory run = RunDirectory.open(place);
      return new ExportMetadata(choice.orElse(SnapshotChoice.BEST).in(run, warn), Optional.of(run));
    }
    if (choice.isPresent()) {
      throw UserException.usage(
          place + " is one snapshot, of which --snapshot cannot choose another; name the run");
    }
    Snapshot snapshot = Snapshot.open(place);
    return new ExportMetadata(snapshot, snapshot.run());
  }

  /** What the file says of itself: names and texts that depend on the snapshot alone. */
  Map<String, String> facts(Generator generator) {
    SnapshotInfo info = snapshot.info();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("synthetic", Export.NOTICE);
    facts.put("program", Inoculum.program());
    facts.put("formatVersion", String.valueOf(FormatVersion.CURRENT));
    facts.put("family", info.family());
    facts.put("size", String.valueOf(info.size()));
    facts.put("channels", String.valueOf(info.channels()));
    facts.put("latentSize", String.valueOf(generator.latentSize()));
    facts.put("noise", String.valueOf(generator.noise()));
    facts.put("baseChannels", String.valueOf(info.baseChannels()));
    facts.put("valueRange", "-1,1");
    facts.put("iteration", String.valueOf(info.iteration()));
    facts.put("kimg", String.valueOf(info.kimg()));
    facts.put("snapshotSha256", info.sha256());
    Optional<Manifest> trainedOn = run.map(one -> one.dataset(Manifest.class));
    facts.put("classes", Json.line(classes(generator.classes(), trainedOn)));
    run.ifPresent(one -> ofRun(one, facts));
    trainedOn.ifPresent(manifest -> ofImages(manifest, facts));
    return facts;
  }

  private static void ofRun(RunDirectory run, Map<String, String> facts) {
    facts.put("run", String.valueOf(run.path().toAbsolutePath().normalize().getFileName()));
    if (Json.read(run.config(), Map.class).get("preset") instanceof String preset) {
      facts.put("preset", preset);
    }
  }

  private static void ofImages(Manifest manifest, Map<String, String> facts) {
    facts.put("trainingImages", String.valueOf(manifest.images()));
    facts.put("trainingSha256", manifest.sha256());
    if (manifest.window() != null) {
      facts.put("window", WindowChoice.values(manifest.window()).label());
    }
  }

  /** What the generator's classes are called, in the order of their labels. */
  private List<String> classes(int known, Optional<Manifest> trainedOn) {
    if (trainedOn.isEmpty()) {
      return IntStream.range(0, known).mapToObj(String::valueOf).toList();
    }
    List<String> names = trainedOn.get().classes().stream().map(Manifest.ClassCount::name).toList();
    if (names.size() == known) {
      return names;
    }
    if (known == 1) {
      return List.of("unlabelled"); // a family without classes, trained on several
    }
    throw UserException.badData(
        "%s makes %d classes, and dataset.json of its run names %d: %s"
            .formatted(snapshot.folder(), known, names.size(), names));
  }
}
