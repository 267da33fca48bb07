package org.inoculum.model;

import java.util.LinkedHashMap;
import java.util.Map;
import org.inoculum.UserException;
import org.inoculum.run.SnapshotInfo;
import org.inoculum.torch.Safetensors;
import org.inoculum.torch.Weights;

/** Generators to and from snapshots. */
public final class GeneratorFile {
  private static final String CLASSIC = "classic";

  private GeneratorFile() {}

  /** The weights as a safetensors file. */
  public static byte[] encode(Generator generator) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "inoculum");
    metadata.put("family", CLASSIC);
    return Safetensors.encode(generator.weights(), metadata);
  }

  /** What a snapshot says of its generator. */
  public static SnapshotInfo describe(
      ClassicGenerator generator, long iteration, double kimg, String sha256) {
    ClassicShape shape = generator.shape();
    return new SnapshotInfo(
        CLASSIC, shape.size(), shape.channels(), shape.latent(), iteration, kimg, sha256);
  }

  /**
   * The generator of a snapshot.
   *
   * @param source what errors call the file
   * @throws UserException of kind BAD_DATA if the family is unknown or the weights are not its own
   */
  public static Generator decode(
      SnapshotInfo info, Map<String, Safetensors.Entry> entries, String source) {
    if (!info.family().equals(CLASSIC)) {
      throw UserException.badData(
          source + " holds a generator of the unknown family " + info.family());
    }
    ClassicShape shape = new ClassicShape(info.size(), info.channels(), info.latent());
    ClassicGenerator generator = ClassicGenerator.initialise(shape, 0);
    Weights weights = generator.weights();
    if (!weights.all().keySet().equals(entries.keySet())) {
      generator.close();
      throw UserException.badData(
          source
              + " holds the tensors "
              + entries.keySet()
              + ", not those of a "
              + CLASSIC
              + " generator");
    }
    entries.forEach((name, entry) -> weights.set(name, entry, source));
    return generator;
  }
}
