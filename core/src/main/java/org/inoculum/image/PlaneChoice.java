package org.inoculum.image;

import java.util.OptionalInt;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Which image of a file that holds several is meant. All numbers count from 1, as ImageJ does.
 *
 * @param channel a channel's number or name; null: not said
 * @param z slice of a stack
 * @param time frame of a series
 * @param page page of the file, whatever it shows; goes alone
 */
public record PlaneChoice(
    @Nullable String channel, OptionalInt z, OptionalInt time, OptionalInt page) {
  /** Nothing said: the file must hold one image. */
  public static final PlaneChoice ONLY =
      new PlaneChoice(null, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());

  /** Numbers from 1; a page excludes the others. */
  public PlaneChoice {
    if (z.orElse(1) < 1 || time.orElse(1) < 1 || page.orElse(1) < 1) {
      throw new IllegalArgumentException("planes count from 1");
    }
    if (page.isPresent() && (channel != null || z.isPresent() || time.isPresent())) {
      throw new IllegalArgumentException("a page goes without channel, z and time");
    }
  }

  /** Such as "channel GFP, z 3"; empty where nothing is said. */
  public String label() {
    StringJoiner words = new StringJoiner(", ");
    if (channel != null) {
      words.add("channel " + channel);
    }
    z.ifPresent(number -> words.add("z " + number));
    time.ifPresent(number -> words.add("time " + number));
    page.ifPresent(number -> words.add("page " + number));
    return words.toString();
  }
}
