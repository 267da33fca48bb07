package org.inoculum.train;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.files.FormatVersion;
import org.inoculum.run.Checkpoint;
import org.inoculum.torch.Safetensors;

/**
 * The part of a checkpoint that is no tensor: {@code training.json}. Random draws need nothing
 * here, since each is a function of the seed and the iteration.
 *
 * @param program that wrote it
 * @param iteration iterations done
 * @param seconds of training, as the iteration's line in stats.jsonl has them
 * @param learningRateFactor what learning rates are multiplied with
 * @param recovered whether the training went back to a checkpoint after a divergence already
 * @param threads intra-op threads
 * @param precision number format that was settled on
 * @param dataSha256 of the data set's manifest
 * @param scalars of the {@link TrainingState}
 */
record CheckpointMetadata(
    String program,
    long iteration,
    double seconds,
    double learningRateFactor,
    boolean recovered,
    int threads,
    String precision,
    String dataSha256,
    Map<String, Double> scalars) {
  static final String STATE = "state.safetensors";
  static final String POINT = "training.json";
  static final String CONFIG = "config.json";

  /** The files of a checkpoint of these steps at this point. */
  static Map<String, byte[]> files(TrainConfig config, CheckpointMetadata point, Trainer trainer) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(
        STATE,
        Safetensors.encode(
            trainer.state().tensors(),
            Map.of("format", "inoculum", "preset", config.preset().label())));
    files.put(POINT, FormatVersion.document(point).getBytes(StandardCharsets.UTF_8));
    files.put(CONFIG, config.document().getBytes(StandardCharsets.UTF_8));
    return files;
  }

  /** A point before the first iteration. */
  static CheckpointMetadata start(int threads, String precision, String dataSha256) {
    return new CheckpointMetadata(
        Inoculum.program(), 0, 0, 1, false, threads, precision, dataSha256, Map.of());
  }

  /** Reads the point of a checkpoint. */
  static CheckpointMetadata of(Checkpoint checkpoint) {
    return FormatVersion.parse(
        checkpoint.text(POINT), CheckpointMetadata.class, source(checkpoint, POINT));
  }

  /**
   * Copies a checkpoint's tensors and numbers into these steps.
   *
   * @throws UserException of kind BAD_DATA if they are not those of this training
   */
  static void restore(Checkpoint checkpoint, Trainer trainer) {
    String source = source(checkpoint, STATE);
    var entries = Safetensors.decode(checkpoint.file(STATE), source);
    Map<String, Tensor> tensors = trainer.state().tensors();
    if (!entries.keySet().equals(tensors.keySet())) {
      throw UserException.badData(
          source + " holds the tensors " + entries.keySet() + ", expected " + tensors.keySet());
    }
    CheckpointMetadata point = of(checkpoint);
    if (!point.scalars().keySet().equals(trainer.state().scalars().keySet())) {
      throw UserException.badData(
          source(checkpoint, POINT)
              + " holds the numbers "
              + point.scalars().keySet()
              + ", expected "
              + trainer.state().scalars().keySet());
    }
    tensors.forEach(
        (name, tensor) -> {
          Safetensors.Entry entry = entries.get(name);
          if (entry != null) {
            entry.copyTo(tensor, name, source);
          }
        });
    trainer.restoreScalars(point.scalars());
  }

  private static String source(Checkpoint checkpoint, String file) {
    return "checkpoint " + checkpoint.iteration() + ", " + file;
  }
}
