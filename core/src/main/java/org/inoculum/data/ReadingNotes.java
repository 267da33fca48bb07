package org.inoculum.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.inoculum.image.DecodingNote;
import org.inoculum.image.Fit;
import org.inoculum.image.Image;

/** The facts of how images were read that a user should know, counted over a data set. */
final class ReadingNotes {
  private static final int SHOWN = 3;

  /** From here on a cell of a field of view is a few pixels. */
  private static final int STRONG_REDUCTION = 8;

  private final Map<DecodingNote, Set<String>> files = new EnumMap<>(DecodingNote.class);
  private final List<String> notSquare = new ArrayList<>();
  private final List<String> reduced = new ArrayList<>();
  private String oblong = "";
  private String large = "";

  /** Notes what was done to a file's image; once, however often it is read. */
  void add(String source, DecodingNote note) {
    files.computeIfAbsent(note, first -> new LinkedHashSet<>()).add(source);
  }

  /** Notes what is lost where a whole image becomes a square. */
  void addShape(String source, Image image, Fit fit, int size) {
    int shorter = Math.min(image.width(), image.height());
    if (fit == Fit.CROP && image.width() != image.height()) {
      oblong = notSquare.isEmpty() ? image.width() + " x " + image.height() : oblong;
      notSquare.add(source);
    }
    if (shorter >= (long) STRONG_REDUCTION * size) {
      large = reduced.isEmpty() ? image.width() + " x " + image.height() : large;
      reduced.add(source);
    }
  }

  /** A sentence for each fact. */
  List<String> sentences(int images) {
    List<String> sentences = new ArrayList<>();
    files.forEach(
        (note, some) ->
            sentences.add(
                "%d of %d images %s: %s"
                    .formatted(some.size(), images, note.sentence(), names(some))));
    if (!notSquare.isEmpty()) {
      sentences.add(
          "%d of %d images are not square (such as %s); their middle is taken and the ends of the longer side are cut off (prepare --fit pad keeps them): %s"
              .formatted(notSquare.size(), images, oblong, names(notSquare)));
    }
    if (!reduced.isEmpty()) {
      sentences.add(
          "%d of %d images are reduced to an eighth or less (such as %s); cells are cut out of fields of view with prepare --boxes or --tiles: %s"
              .formatted(reduced.size(), images, large, names(reduced)));
    }
    return sentences;
  }

  private static String names(Collection<String> some) {
    return some.stream().limit(SHOWN).collect(Collectors.joining(", "))
        + (some.size() > SHOWN ? ", …" : "");
  }
}
