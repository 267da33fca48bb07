package org.inoculum.compose;

import java.util.List;

/**
 * The result of composing: {@code composition.json} of a set.
 *
 * @param program name and version
 * @param modality that was taken
 * @param fields that were composed
 * @param cells on them
 * @param objects that have a box
 * @param missing cells for which there was no room
 * @param ignored regions of all fields that may hold a cell of the ground
 * @param classes names
 * @param cut cells that were cut out of crops
 * @param rejected crops that gave no cell
 * @param ground fields that were laid on
 * @param replaced annotated objects that were removed from them
 * @param left annotated objects that could not be removed and are ignored
 * @param suspects what looks like a cell in them and is ignored
 * @param boxMargin from masks to boxes, in pixels
 * @param cellScale pixels of a field for each of a crop
 * @param seed decides everything
 * @param recipe the hyperparameters
 */
public record CompositionResult(
    String program,
    String modality,
    int fields,
    long cells,
    long objects,
    long missing,
    long ignored,
    List<String> classes,
    int cut,
    int rejected,
    int ground,
    int replaced,
    int left,
    int suspects,
    double boxMargin,
    double cellScale,
    long seed,
    ComposeRecipe recipe) {
  /** Keeps a copy of the list. */
  public CompositionResult {
    classes = List.copyOf(classes);
  }
}
