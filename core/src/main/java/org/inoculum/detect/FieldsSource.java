package org.inoculum.detect;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the fields of the test are.
 *
 * @param train folder of annotated fields to train on; null for none
 * @param trainBoxes their annotations; null: the usual file in the folder
 * @param heldOut folder of annotated fields to test on
 * @param heldOutBoxes their annotations; null: the usual file in the folder
 * @param synthetic folder of composed fields; null for none
 * @param syntheticBoxes their annotations; null: the usual file in the folder
 * @param others folders of further sets of composed fields, by what they are called; each holds its
 *     usual file of annotations
 * @param labels what annotators write, to the class that it means; empty: each is a class
 * @param ignoredLabels what annotators write where they do not know
 */
public record FieldsSource(
    @Nullable Path train,
    @Nullable Path trainBoxes,
    Path heldOut,
    @Nullable Path heldOutBoxes,
    @Nullable Path synthetic,
    @Nullable Path syntheticBoxes,
    Map<String, Path> others,
    Map<String, String> labels,
    Set<String> ignoredLabels) {
  /** Keeps copies. */
  public FieldsSource {
    others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    labels = Map.copyOf(labels);
    ignoredLabels = Set.copyOf(ignoredLabels);
  }
}
