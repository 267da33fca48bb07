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
  private static final String MODERN = "modern";

  private GeneratorFile() {}

  /** The weights as a safetensors file. */
  public static byte[] encode(Generator generator) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", "inoculum");
    metadata.put("family", family(generator));
    return Safetensors.encode(generator.weights(), metadata);
  }

  /** What a snapshot says of its generator. */
  public static SnapshotInfo describe(
      Generator generator, long iteration, double kimg, String sha256) {
    int size;
    int channels;
    int width;
    if (generator instanceof ModernGenerator modern) {
      size = modern.shape().size();
      channels = modern.shape().channels();
      width = modern.shape().width();
    } else {
      ClassicShape shape = ((ClassicGenerator) generator).shape();
      size = shape.size();
      channels = shape.channels();
      width = ClassicShape.WIDTH;
    }
    return new SnapshotInfo(
        family(generator),
        size,
        channels,
        generator.latent(),
        width,
        generator.classes(),
        iteration,
        kimg,
        sha256);
  }

  /**
   * The generator of a snapshot.
   *
   * @param source what errors call the file
   * @throws UserException of kind BAD_DATA if the family is unknown or the weights are not its own
   */
  public static Generator decode(
      SnapshotInfo info, Map<String, Safetensors.Entry> entries, String source) {
    Generator generator = untrained(info, source);
    Weights weights = generator.weights();
    if (!weights.all().keySet().equals(entries.keySet())) {
      generator.close();
      throw UserException.badData(
          source
              + " holds the tensors "
              + entries.keySet()
              + ", not those of a "
              + info.family()
              + " generator");
    }
    entries.forEach((name, entry) -> weights.set(name, entry, source));
    return generator;
  }

  private static Generator untrained(SnapshotInfo info, String source) {
    try {
      return switch (info.family()) {
        case CLASSIC ->
            ClassicGenerator.initialise(
                new ClassicShape(info.size(), info.channels(), info.latent()), 0);
        case MODERN ->
            ModernGenerator.initialise(
                new ModernShape(
                    info.size(), info.channels(), info.classes(), info.latent(), info.width()),
                0);
        default ->
            throw UserException.badData(
                source + " holds a generator of the unknown family " + info.family());
      };
    } catch (IllegalArgumentException e) {
      throw UserException.badData(source + " cannot be right: " + e.getMessage(), e);
    }
  }

  private static String family(Generator generator) {
    return generator instanceof ModernGenerator ? MODERN : CLASSIC;
  }
}
