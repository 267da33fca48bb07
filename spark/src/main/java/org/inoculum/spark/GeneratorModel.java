package org.inoculum.spark;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.inoculum.copies.TrainingImages;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.generate.CandidateImages;
import org.inoculum.generate.GenerationOrigin;
import org.inoculum.run.Snapshot;
import org.inoculum.torch.Engine;
import org.inoculum.torch.Precision;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.Workers;

/**
 * What executors need to draw images: broadcast once, loaded once in each executor's Java.
 *
 * @param origin of the images, as JSON
 * @param weights the snapshot's safetensors file
 * @param training what copies are searched with, as JSON; empty where they are not
 * @param key SHA-256 of the three
 */
@SuppressWarnings("ArrayRecordComponent") // compared by its key
record GeneratorModel(String origin, byte[] weights, String training, String key)
    implements Serializable {
  private static final long serialVersionUID = 1;

  private static final Map<String, CandidateImages> LOADED = new HashMap<>();

  static GeneratorModel of(
      GenerationOrigin origin, Snapshot snapshot, Optional<TrainingImages> training)
      throws IOException {
    String json = Json.line(origin);
    byte[] weights = Files.readAllBytes(snapshot.weights());
    String document = training.map(TrainingImages::document).orElse("");
    String key = Sha256.ofText(json + Sha256.of(weights) + Sha256.ofText(document));
    return new GeneratorModel(json, weights, document, key);
  }

  GenerationOrigin decodedOrigin() {
    return Json.parse(origin, GenerationOrigin.class, "the broadcast origin");
  }

  /**
   * The loaded model, in a thread that is set up to use it.
   *
   * @param threads intra-op threads
   */
  CandidateImages inThisThread(int threads) {
    CandidateImages images = loaded(threads);
    Workers.setUp(threads);
    return images;
  }

  private CandidateImages loaded(int threads) {
    synchronized (LOADED) {
      return LOADED.computeIfAbsent(
          key,
          unknown -> {
            GenerationOrigin decoded = decodedOrigin();
            Engine.start(
                threads,
                decoded.precision() == Precision.BF16 ? PrecisionChoice.BF16 : PrecisionChoice.F32);
            return CandidateImages.open(
                decoded,
                weights,
                training.isEmpty()
                    ? Optional.empty()
                    : Optional.of(TrainingImages.parse(training, "the broadcast descriptors")));
          });
    }
  }
}
