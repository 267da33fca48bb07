package org.inoculum.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.inoculum.copies.CopyFilter;
import org.inoculum.copies.TrainingImages;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.model.GeneratedImages;
import org.inoculum.model.Generator;
import org.inoculum.model.GeneratorFile;
import org.inoculum.torch.Safetensors;

/**
 * Makes the candidates of an origin, wherever it runs. Several threads may draw at once, each after
 * {@link org.inoculum.torch.Workers#setUp}.
 */
public final class CandidateImages implements AutoCloseable {
  /** Images of a batch: they are always drawn together. */
  public static final int BATCH = GeneratedImages.BATCH;

  private final Origin origin;
  private final Generator generator;
  private final Optional<CopyFilter> filter;

  CandidateImages(Origin origin, Generator generator, Optional<CopyFilter> filter) {
    this.origin = origin;
    this.generator = generator;
    this.filter = filter;
  }

  /**
   * Loads a generator; {@link org.inoculum.torch.Engine#start} comes first.
   *
   * @param weights a safetensors file
   * @param training where the origin tests for copies
   */
  public static CandidateImages open(
      Origin origin, byte[] weights, Optional<TrainingImages> training) {
    Origin.Compared compared = origin.compared();
    return new CandidateImages(
        origin,
        GeneratorFile.decode(
            origin.generator(), Safetensors.decode(weights, "the snapshot"), "the snapshot"),
        compared == null
            ? Optional.empty()
            : training.map(images -> new CopyFilter(images, compared.threshold())));
  }

  /**
   * A candidate with its picture.
   *
   * @param candidate what is said of it
   * @param image as it was made
   */
  public record Drawn(Candidate candidate, Image image) {}

  /**
   * Draws a batch.
   *
   * @param first index of its first image, a multiple of {@link #BATCH}
   */
  public List<Drawn> batch(long first) {
    List<Image> images =
        GeneratedImages.batch(
            generator,
            origin.precision(),
            origin.seed(),
            origin.most(),
            first,
            origin.choice()::label);
    List<Drawn> drawn = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      Image image = images.get(i);
      drawn.add(new Drawn(judged(first + i, image), image));
    }
    return drawn;
  }

  /** An image that was drawn, compared with the training images. */
  Candidate judged(long index, Image image) {
    return new Candidate(
        index, filter.map(copies -> Judgement.of(copies.alone(image))).orElse(null));
  }

  /** The image as the file that it becomes. */
  public byte[] png(Drawn drawn) {
    return Png.encode(drawn.image(), origin.text(drawn.candidate().index()));
  }

  @Override
  public void close() {
    generator.close();
  }
}
