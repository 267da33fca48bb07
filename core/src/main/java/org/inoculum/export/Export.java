package org.inoculum.export;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.inoculum.UserException;
import org.inoculum.files.OwnFile;
import org.inoculum.files.Storage;
import org.inoculum.model.Generator;
import org.inoculum.model.GeneratorFile;
import org.inoculum.run.Snapshot;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.torch.LibTorch;
import org.inoculum.torch.Safetensors;

/**
 * Writes the generator of a run for other programs: one file, whose bytes are a function of the
 * snapshot and of what its run says of itself.
 */
public final class Export {
  /** In every file, and what an earlier export is known by. */
  static final String NOTICE =
      "Images that this network makes are synthetic. It is not anonymised and not differentially private: it can"
          + " reproduce what it was trained on, and what it makes is not tested for copies.";

  /** The notice is within so many bytes, unless the classes are thousands. */
  private static final int HEAD_BYTES = 1 << 16;

  private Export() {}

  /**
   * The result of an export.
   *
   * @param snapshot the generator
   * @param bytes of the file
   */
  public record Exported(Snapshot snapshot, long bytes) {}

  /**
   * Exports.
   *
   * @param place a run, or one of its snapshots
   * @param choice which snapshot of a run; the best where nothing is said
   * @param file where it goes
   * @param overwrite whether an earlier export there is replaced; anything else there never is
   * @param warn is told, in a sentence, of anything odd
   * @throws UserException of kind USAGE if something is in the way, BAD_DATA if a file of the run
   *     is missing or damaged, STORAGE if the file cannot be written, FAILURE if it is too large
   *     for its format
   */
  public static Exported write(
      Path place,
      Optional<SnapshotChoice> choice,
      ExportFormat format,
      Path file,
      boolean overwrite,
      Consumer<String> warn) {
    new OwnFile(file, "an export", NOTICE, HEAD_BYTES).requireFree(overwrite);
    ExportMetadata origin = ExportMetadata.find(place, choice, warn);
    Snapshot snapshot = origin.snapshot();
    Map<String, Safetensors.Entry> entries = Safetensors.read(snapshot.weights());
    LibTorch.load(LibTorch.defaultThreads());
    byte[] content;
    try (Generator generator =
        GeneratorFile.decode(snapshot.info(), entries, snapshot.weights().toString())) {
      Map<String, String> facts = origin.facts(generator);
      content =
          switch (format) {
            case SAFETENSORS -> GeneratorFile.encode(generator, facts);
            case ONNX -> OnnxGenerator.encode(generator, NOTICE, facts);
          };
    }
    Storage.writeFile(file, content);
    return new Exported(snapshot, content.length);
  }
}
