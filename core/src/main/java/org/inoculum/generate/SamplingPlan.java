package org.inoculum.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.inoculum.UserException;
import org.inoculum.model.GeneratedImages;
import org.inoculum.model.Latents;
import org.inoculum.model.ListedImages.SampleSpec;

/**
 * The plan of the images that a generation draws, batch by batch: those of one seed without end, or
 * those of a list.
 */
sealed interface SamplingPlan {
  /**
   * An image to draw.
   *
   * @param number in the set, which its file is named after
   * @param image what it is
   */
  record Draw(long number, SampleSpec image) {}

  /** The images of a batch, in their order; none behind the end. */
  List<Draw> batch(long batch);

  /** The image that a row of the manifest tells of. */
  Draw again(GeneratedImage row);

  /** What decides them, in words. */
  String identity();

  /** Names of the classes that there may be images of. */
  List<String> classes();

  /** Image after image of the origin's seed. */
  record OfSeed(GenerationOrigin origin, Shard shard) implements SamplingPlan {
    @Override
    public List<Draw> batch(long batch) {
      return from(origin, shard.firstOf(batch));
    }

    @Override
    public Draw again(GeneratedImage row) {
      return new Draw(row.number(), origin.wanted(row.index()));
    }

    /** A batch by its first image. */
    static List<Draw> from(GenerationOrigin origin, long first) {
      return LongStream.range(first, first + GeneratedImages.BATCH)
          .mapToObj(i -> new Draw(i, origin.wanted(i)))
          .toList();
    }

    @Override
    public String identity() {
      SampleSpec first = origin.wanted(0);
      return "seed " + describe(first.seed(), first.truncation());
    }

    @Override
    public List<String> classes() {
      return origin.choice().generated();
    }
  }

  /** The images of a list, and no others. */
  record OfList(List<Draw> plan, String identity, List<String> classes) implements SamplingPlan {
    /**
     * A list for this generator.
     *
     * @throws UserException of kind BAD_DATA for a class that the generator does not know
     */
    static OfList of(SeedList list, ClassChoice choice) {
      List<Draw> plan = new ArrayList<>();
      TreeSet<Integer> labels = new TreeSet<>();
      for (SeedList.Entry entry : list.entries()) {
        int label =
            entry.className().map(choice.names()::indexOf).orElse(choice.label(entry.index()));
        if (label < 0) {
          throw UserException.badData(
              "%s, line %d: class must be one of %s, was %s"
                  .formatted(
                      list.source(),
                      entry.line(),
                      choice.names(),
                      entry.className().orElseThrow()));
        }
        labels.add(label);
        plan.add(
            new Draw(
                plan.size(),
                new SampleSpec(entry.seed(), entry.index(), label, entry.truncation())));
      }
      return new OfList(
          List.copyOf(plan),
          "list " + list.sha256().substring(0, 16),
          labels.stream().map(choice.names()::get).toList());
    }

    @Override
    public List<Draw> batch(long batch) {
      int from = (int) Math.min(plan.size(), batch * GeneratedImages.BATCH);
      return plan.subList(from, Math.min(plan.size(), from + GeneratedImages.BATCH));
    }

    @Override
    public Draw again(GeneratedImage row) {
      return plan.get((int) row.number());
    }
  }

  /** A seed, and where its latents are truncated. */
  static String describe(long seed, double truncation) {
    return seed + (truncation == Latents.NO_TRUNCATION ? "" : " truncated at " + truncation);
  }
}
