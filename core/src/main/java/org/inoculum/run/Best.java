package org.inoculum.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;

/**
 * The content of {@code best.json}.
 *
 * @param iteration whose snapshot was evaluated best
 * @param before those that were the best earlier and since the newest checkpoint: a training that
 *     goes back to it needs one of them again
 */
record Best(long iteration, List<Long> before) {
  Best {
    before = before == null ? List.of() : List.copyOf(before);
  }

  static Optional<Best> read(Path file) {
    return Files.exists(file) ? Optional.of(Json.read(file, Best.class)) : Optional.empty();
  }

  /** This iteration is the best from now on. */
  static void mark(Path file, long iteration) {
    List<Long> earlier = new ArrayList<>();
    read(file).ifPresent(old -> earlier.addAll(old.all()));
    earlier.remove(iteration);
    new Best(iteration, earlier).write(file);
  }

  /** A checkpoint is whole: nobody goes back beyond it. */
  static void flush(Path file) {
    read(file)
        .filter(best -> !best.before().isEmpty())
        .ifPresent(best -> new Best(best.iteration(), List.of()).write(file));
  }

  /** The iterations whose snapshots must stay. */
  List<Long> all() {
    List<Long> all = new ArrayList<>(before);
    all.add(iteration);
    return all;
  }

  private void write(Path file) {
    Storage.writeFile(file, Json.document(this));
  }
}
