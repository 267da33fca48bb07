package org.inoculum.generate;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.model.Latents;
import org.jspecify.annotations.Nullable;

/**
 * A list of images to generate, such as those that somebody liked: JSON lines like {@code {"seed":
 * 0, "index": 17, "class": "bacillus", "truncation": 1.0}}, of which the last two may be missing.
 *
 * @param entries the images, in their order
 * @param source errors call it so
 */
public record SeedList(List<Entry> entries, String source) {
  /** The name of the list that a set was generated from, in its folder. */
  static final String FILE = "seeds.jsonl";

  private static final Set<String> NAMES = Set.of("seed", "index", "class", "truncation");

  /**
   * An image.
   *
   * @param line in the file, from 1
   * @param seed of the latents
   * @param index number of the image, at least 0
   * @param className the class; where it is missing, that which {@code generate} gives to this
   *     index
   * @param truncation largest number of the latent; {@link Latents.NO_TRUNCATION} where it is
   *     missing
   */
  public record Entry(
      int line, long seed, long index, Optional<String> className, double truncation) {}

  /** Keeps a copy. */
  public SeedList {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a list; lines of blanks are passed over.
   *
   * @throws UserException of kind BAD_DATA, with the number of the line, for anything else than a
   *     list of images
   */
  public static SeedList read(Path file) {
    List<Entry> entries = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!line.isBlank()) {
          entries.add(entry(line, number, file + ", line " + number));
        }
      }
    } catch (CharacterCodingException e) {
      throw UserException.badData(file + " is not a text in UTF-8", e);
    } catch (IOException e) {
      throw UserException.badData("cannot read " + file + ": " + e.getMessage(), e);
    }
    if (entries.isEmpty()) {
      throw UserException.badData(
          file + " lists no image; expected lines like {\"seed\": 0, \"index\": 17}");
    }
    return new SeedList(entries, file.toString());
  }

  private static Entry entry(String line, int number, String source) {
    Map<?, ?> json = Json.parse(line, Map.class, source);
    for (Object name : json.keySet()) {
      if (!NAMES.contains(String.valueOf(name))) {
        throw UserException.badData(
            source + ": unknown name '" + name + "'; expected seed, index, class and truncation");
      }
    }
    long index = whole(json.get("index"), "index", source);
    if (index < 0) {
      throw UserException.badData(source + ": index must not be negative, was " + index);
    }
    return new Entry(
        number,
        whole(json.get("seed"), "seed", source),
        index,
        className(json.get("class"), source),
        truncation(json.get("truncation"), source));
  }

  private static long whole(@Nullable Object value, String name, String source) {
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw UserException.badData(
        source
            + ": "
            + name
            + (value == null ? " is missing" : " must be a whole number, was " + value));
  }

  private static Optional<String> className(@Nullable Object value, String source) {
    if (value == null || value instanceof String) {
      return Optional.ofNullable((String) value);
    }
    throw UserException.badData(source + ": class must be a name, was " + value);
  }

  private static double truncation(@Nullable Object value, String source) {
    if (value == null) {
      return Latents.NO_TRUNCATION;
    }
    if (value instanceof Number number && number.doubleValue() >= Latents.MIN_TRUNCATION) {
      return number.doubleValue();
    }
    throw UserException.badData(
        source
            + ": truncation must be a number of at least "
            + Latents.MIN_TRUNCATION
            + ", was "
            + value);
  }

  /** The list as it would be read again. */
  String document() {
    StringBuilder text = new StringBuilder();
    for (Entry entry : entries) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("seed", entry.seed());
      line.put("index", entry.index());
      entry.className().ifPresent(name -> line.put("class", name));
      if (entry.truncation() != Latents.NO_TRUNCATION) {
        line.put("truncation", entry.truncation());
      }
      text.append(Json.line(line)).append('\n');
    }
    return text.toString();
  }

  /** What tells two lists apart. */
  String sha256() {
    return Sha256.of(document().getBytes(StandardCharsets.UTF_8));
  }
}
