package org.inoculum.generate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;

/**
 * The progress of a generation: {@value #FILE} in a folder that is not whole yet, replaced after
 * each batch.
 *
 * @param generation everything that decides its bytes
 * @param nextBatch of this shard, from 0
 * @param lengths of the files that were appended to
 */
record GenerationProgress(String generation, long nextBatch, Map<String, Long> lengths) {
  static final String FILE = "progress.json";

  /**
   * Where to go on: at the beginning, unless an earlier attempt left something.
   *
   * @throws UserException of kind USAGE if it was another generation
   */
  static GenerationProgress in(Path folder, String generation) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return new GenerationProgress(generation, 0, Map.of());
    }
    GenerationProgress before = Json.read(file, GenerationProgress.class);
    if (!before.generation.equals(generation)) {
      throw UserException.usage(
          ("cannot go on in %s: it was generated with '%s', and now '%s' is asked for; "
                  + "ask for the same, or leave --resume out to begin anew")
              .formatted(folder, before.generation, generation));
    }
    return before;
  }

  void write(Path folder) {
    Storage.writeFile(folder.resolve(FILE), Json.document(this));
  }
}
