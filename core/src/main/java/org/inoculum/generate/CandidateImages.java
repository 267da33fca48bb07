package org.inoculum.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inoculum.copies.CopyFilter;
import org.inoculum.copies.TrainingImages;
import org.inoculum.image.FloatImage;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.model.GeneratedImages;
import org.inoculum.model.Generator;
import org.inoculum.model.GeneratorFile;
import org.inoculum.model.ListedImages;
import org.inoculum.torch.Safetensors;

/**
 * Makes the candidates of an origin, wherever it runs. Several threads may draw at once, each after
 * {@link org.inoculum.torch.Workers#setUp}.
 */
public final class CandidateImages implements AutoCloseable {
  /** Images of a batch: they are always drawn together. */
  public static final int BATCH = GeneratedImages.BATCH;

  private final GenerationOrigin origin;
  private final Generator generator;
  private final Optional<CopyFilter> filter;
  private final PngMetadata pngMetadata;

  CandidateImages(GenerationOrigin origin, Generator generator, Optional<CopyFilter> filter) {
    this.origin = origin;
    this.generator = generator;
    this.filter = filter;
    this.pngMetadata = new PngMetadata(origin);
  }

  /**
   * Loads a generator; {@link org.inoculum.torch.Engine#start} comes first.
   *
   * @param weights a safetensors file
   * @param training where the origin tests for copies
   */
  public static CandidateImages open(
      GenerationOrigin origin, byte[] weights, Optional<TrainingImages> training) {
    GenerationOrigin.Compared compared = origin.compared();
    return new CandidateImages(
        origin,
        GeneratorFile.decode(
            origin.generator(), Safetensors.decode(weights, "the snapshot"), "the snapshot"),
        compared == null
            ? Optional.empty()
            : training.map(images -> new CopyFilter(images, compared.threshold())));
  }

  /**
   * A candidate with its image.
   *
   * @param candidate what is said of it
   * @param image as its file has it
   */
  public record Drawn(Candidate candidate, Image image) {}

  /**
   * SamplingPlan a batch of the origin's seed.
   *
   * @param first index of its first image, a multiple of {@link #BATCH}
   */
  public List<Drawn> batch(long first) {
    return draw(SamplingPlan.OfSeed.from(origin, first));
  }

  /** SamplingPlan some images. */
  List<Drawn> draw(List<SamplingPlan.Draw> some) {
    List<FloatImage> decoded =
        ListedImages.of(
            generator, origin.precision(), some.stream().map(SamplingPlan.Draw::image).toList());
    List<Drawn> drawn = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      Image image = origin.levels().of(decoded.get(i));
      drawn.add(new Drawn(evaluated(some.get(i), image), image));
    }
    return drawn;
  }

  /** An image that was drawn, compared with the training images. */
  Candidate evaluated(SamplingPlan.Draw draw, Image image) {
    return new Candidate(
        draw.number(),
        draw.image(),
        filter.map(copies -> CopyCheckResult.of(copies.alone(origin.shown(image)))).orElse(null));
  }

  /** The image as the file that it becomes. */
  public byte[] png(Drawn drawn) {
    return Png.encode(drawn.image(), pngMetadata.of(drawn.candidate().image()));
  }

  @Override
  public void close() {
    generator.close();
  }
}
