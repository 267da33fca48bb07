package org.inoculum.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The images that one file holds.
 *
 * @param pages of the file; 1 in most
 * @param channels names of the channels, or their numbers; one where the file does not tell
 * @param slices along z
 * @param times frames of a time series
 * @param pixelMicrons side of a pixel in micrometres; null where the file does not say
 */
public record Planes(
    int pages, List<String> channels, int slices, int times, @Nullable Double pixelMicrons) {
  /** One image, of unknown scale. */
  public static final Planes ONE = new Planes(1, List.of("1"), 1, 1, null);

  /** Keeps a copy of the list. */
  public Planes {
    channels = List.copyOf(channels);
  }

  /** The position of one image along the three axes, from 0. */
  record Position(int channel, int slice, int time) {}

  /** Whether channels, z and time say more than the number of pages. */
  boolean isStack() {
    return (long) channels.size() * slices * times > 1;
  }

  /** Such as "2 channels (1 DAPI, 2 GFP), 5 z", or "3 pages". */
  public String description() {
    if (!isStack()) {
      return pages == 1 ? "1 image" : pages + " pages";
    }
    List<String> parts = new ArrayList<>();
    if (channels.size() > 1) {
      List<String> named = new ArrayList<>();
      for (int i = 0; i < Math.min(channels.size(), 16); i++) {
        String number = String.valueOf(i + 1);
        String name = channels.get(i);
        named.add(name.equals(number) ? number : number + " " + name);
      }
      parts.add(channels.size() + " channels (" + String.join(", ", named) + ")");
    }
    if (slices > 1) {
      parts.add(slices + " z");
    }
    if (times > 1) {
      parts.add(times + " times");
    }
    return String.join(", ", parts);
  }

  /** The page that is meant, from 0, where the file is no stack or a page was asked for. */
  int page(PlaneChoice choice) throws UnsupportedImageException {
    if (choice.page().isPresent()) {
      return within("page", choice.page(), pages);
    }
    if (choice.channel() != null) {
      position(choice); // one channel: says no to any but the first
    }
    within("z", choice.z(), 1);
    within("time", choice.time(), 1);
    if (pages > 1) {
      throw new UnsupportedImageException(
          "holds " + description() + "; choose one with --page 1 to --page " + pages);
    }
    return 0;
  }

  /** The image that is meant. */
  Position position(PlaneChoice choice) throws UnsupportedImageException {
    List<String> missing = new ArrayList<>();
    if (choice.channel() == null && channels.size() > 1) {
      missing.add("--channel");
    }
    if (choice.z().isEmpty() && slices > 1) {
      missing.add("--z");
    }
    if (choice.time().isEmpty() && times > 1) {
      missing.add("--time");
    }
    if (!missing.isEmpty()) {
      throw new UnsupportedImageException(
          "holds " + description() + "; choose with " + String.join(", ", missing));
    }
    return new Position(
        choice.channel() == null ? 0 : channel(choice.channel()),
        within("z", choice.z(), slices),
        within("time", choice.time(), times));
  }

  private int channel(String wanted) throws UnsupportedImageException {
    for (int i = 0; i < channels.size(); i++) {
      if (channels.get(i).equalsIgnoreCase(wanted)) {
        return i;
      }
    }
    if (wanted.matches("\\d{1,9}")
        && Integer.parseInt(wanted) >= 1
        && Integer.parseInt(wanted) <= channels.size()) {
      return Integer.parseInt(wanted) - 1;
    }
    throw new UnsupportedImageException(
        "has no channel '" + wanted.toLowerCase(Locale.ROOT) + "'; it holds " + description());
  }

  private int within(String axis, OptionalInt choice, int count) throws UnsupportedImageException {
    int number = choice.orElse(1);
    if (number > count) {
      throw new UnsupportedImageException(
          "has no " + axis + " " + number + "; it holds " + description());
    }
    return number - 1;
  }
}
