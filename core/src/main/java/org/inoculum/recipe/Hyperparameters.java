package org.inoculum.recipe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inoculum.files.Json;

/**
 * The hyperparameters of a method: names, defaults, ranges and meanings, read from a resource.
 *
 * @param list in the order of the recipe's fields
 */
public record Hyperparameters(List<Hyperparameter> list) {
  /** Keeps a copy of the list. */
  public Hyperparameters {
    list = List.copyOf(list);
  }

  /**
   * Reads those of a recipe.
   *
   * @param recipe the record whose fields they are; the resource lies beside it
   */
  public static Hyperparameters of(Class<?> recipe, String resource) {
    try (InputStream in = recipe.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from the jar");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new Hyperparameters(List.of(Json.parse(text, Hyperparameter[].class, resource)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A recipe of the defaults. */
  public <T> T defaults(Class<T> recipe) {
    Map<String, Object> values = new LinkedHashMap<>();
    list.forEach(one -> values.put(one.name(), one.defaultValue()));
    return Json.ofTree(values, recipe, "the hyperparameters of " + recipe.getSimpleName());
  }

  /**
   * Refuses a value that is out of range.
   *
   * @throws org.inoculum.UserException of kind USAGE
   */
  public void check(String name, Number found) {
    for (Hyperparameter one : list) {
      if (one.name().equals(name)) {
        one.check(found);
        return;
      }
    }
    throw new IllegalArgumentException("no hyperparameter " + name);
  }
}
