package org.inoculum.train;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.inoculum.Inoculum;
import org.inoculum.run.Provenance;
import org.inoculum.torch.Engine;

/**
 * The place of a run: where it goes, and where its data come from.
 *
 * @param runs the folder of all runs
 * @param name what the run is called, after its number and before its preset
 * @param data where the training images lie, so that {@code resume} finds them
 * @param command the arguments as typed, for the record
 */
public record RunTarget(Path runs, String name, Path data, List<String> command) {
  /** Keeps a copy of the list. */
  public RunTarget {
    command = List.copyOf(command);
  }

  Provenance provenance(Engine engine) {
    return new Provenance(
        Inoculum.program(),
        command,
        data.toAbsolutePath().normalize().toString(),
        Provenance.now(),
        Provenance.thisJava(),
        Provenance.thisSystem(),
        engine.cpu().name(),
        "libtorch " + engine.version() + ", " + engine.instructions(),
        engine.threads(),
        engine.precision().name().toLowerCase(Locale.ROOT),
        engine.selfCheck().f32Error(),
        engine.selfCheck().bf16Error(),
        engine.tunedMalloc());
  }
}
