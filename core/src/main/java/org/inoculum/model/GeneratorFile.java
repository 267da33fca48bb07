package org.inoculum.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
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
    return encode(generator, Map.of());
  }

  /** The same with more metadata than which family they belong to. */
  public static byte[] encode(Generator generator, Map<String, String> more) {
    Map<String, String> metadata = new LinkedHashMap<>(more);
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
    Boolean d4Symmetry = null;
    if (generator instanceof ModernGenerator modern) {
      size = modern.shape().size();
      channels = modern.shape().channels();
      width = modern.shape().baseChannels();
      d4Symmetry = modern.shape().d4Symmetry();
    } else {
      ClassicShape shape = ((ClassicGenerator) generator).shape();
      size = shape.size();
      channels = shape.channels();
      width = ClassicShape.MAP_CHANNELS;
    }
    return new SnapshotInfo(
        family(generator),
        size,
        channels,
        generator.latentSize(),
        width,
        generator.classes(),
        d4Symmetry,
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
    Generator generator = untrained(info, entries, source);
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
    Optional<String> spoilt = notFinite(weights);
    if (spoilt.isPresent()) {
      generator.close();
      throw UserException.badData(
          source
              + " holds values in "
              + spoilt.get()
              + " that are not numbers, so it makes no images");
    }
    return generator;
  }

  private static Optional<String> notFinite(Weights weights) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode noGradients = new AutoGradMode(false)) {
      return weights.all().entrySet().stream()
          .filter(weight -> !weight.getValue().isfinite().all().item_bool())
          .map(Map.Entry::getKey)
          .findFirst();
    }
  }

  /**
   * A generator of the sizes that the snapshot claims, once its largest tensors were seen to be in
   * the file: a claim alone must not fill the memory.
   */
  private static Generator untrained(
      SnapshotInfo info, Map<String, Safetensors.Entry> entries, String source) {
    switch (String.valueOf(info.family())) {
      case CLASSIC -> {
        ClassicShape shape =
            claimed(
                source, () -> new ClassicShape(info.size(), info.channels(), info.latentSize()));
        long start = shape.start();
        long maps = ClassicShape.START_CHANNELS * start * start;
        require(entries, "dense.weight", source, maps, info.latentSize());
        return ClassicGenerator.initialise(shape, 0);
      }
      case MODERN -> {
        ModernShape shape =
            claimed(
                source,
                () ->
                    new ModernShape(
                        info.size(),
                        info.channels(),
                        info.classes(),
                        info.latentSize(),
                        info.baseChannels(),
                        Boolean.TRUE.equals(info.d4Symmetry())));
        long start = shape.start() + 2L * ModernShape.MARGIN;
        long maps = shape.channelsAfter(0) * start * start;
        require(entries, "embed.weight", source, ModernGenerator.EMBEDDING, info.classes());
        require(entries, "start.weight", source, maps, ModernGenerator.MAPPING);
        return ModernGenerator.initialise(shape, 0);
      }
      default ->
          throw UserException.badData(
              source + " holds a generator of the unknown family " + info.family());
    }
  }

  /** Sizes that make no sense are the file's mistake here, not the user's. */
  private static <S> S claimed(String source, Supplier<S> shape) {
    try {
      return shape.get();
    } catch (IllegalArgumentException | UserException e) {
      throw UserException.badData(source + " cannot be right: " + e.getMessage(), e);
    }
  }

  private static void require(
      Map<String, Safetensors.Entry> entries, String name, String source, long... shape) {
    Safetensors.Entry entry = entries.get(name);
    if (entry == null || !Arrays.equals(entry.shape(), shape)) {
      throw UserException.badData(
          source
              + " holds "
              + (entry == null
                  ? "no " + name
                  : name + " in the shape " + Arrays.toString(entry.shape()))
              + ", expected "
              + Arrays.toString(shape));
    }
  }

  private static String family(Generator generator) {
    return generator instanceof ModernGenerator ? MODERN : CLASSIC;
  }
}
