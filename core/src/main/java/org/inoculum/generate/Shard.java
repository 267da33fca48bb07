package org.inoculum.generate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inoculum.UserException;
import org.inoculum.model.GeneratedImages;

/**
 * A part of a generation that is done on its own, on another machine perhaps: batches take turns,
 * so that no two shards make the same image. What a shard rejects is not replaced, and repeats are
 * left for {@link Merge} to find, which knows the images before.
 *
 * @param number from 1
 * @param of how many there are
 */
public record Shard(int number, int of) {
  /** Everything in one. */
  public static final Shard WHOLE = new Shard(1, 1);

  private static final Pattern WORD = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

  /** A number within the count. */
  public Shard {
    if (number < 1 || number > of) {
      throw UserException.usage(
          "--shard must be from 1/N to N/N, such as 2/4; was " + number + "/" + of);
    }
  }

  /**
   * From {@code 2/4}.
   *
   * @throws UserException of kind USAGE for anything else
   */
  public static Shard parse(String label) {
    Matcher matcher = WORD.matcher(label);
    if (!matcher.matches()) {
      throw UserException.usage("--shard must be two numbers such as 2/4, was '" + label + "'");
    }
    return new Shard(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** What {@link #parse} reads. */
  public String label() {
    return number + "/" + of;
  }

  /** Whether there is no other. */
  boolean isWhole() {
    return of == 1;
  }

  /** How many of the images 0 … count - 1 are in this shard's batches. */
  public int share(int count) {
    long batches = (count + GeneratedImages.BATCH - 1L) / GeneratedImages.BATCH;
    if (number > batches) {
      return 0;
    }
    long own = (batches - number) / of + 1;
    boolean last = (batches - number) % of == 0;
    long missing = batches * GeneratedImages.BATCH - count;
    return (int) (own * GeneratedImages.BATCH - (last ? missing : 0));
  }

  /** Index of the first image of this shard's batch, from 0. */
  long firstOf(long batch) {
    return (batch * of + number - 1) * GeneratedImages.BATCH;
  }
}
