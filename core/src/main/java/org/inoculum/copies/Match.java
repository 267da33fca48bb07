package org.inoculum.copies;

import org.inoculum.image.Image;
import org.inoculum.image.Rotation;
import org.inoculum.image.Symmetry;

/**
 * The training image that is nearest to an image.
 *
 * @param training its number
 * @param name its file, relative to the training folder
 * @param diagonal whether it must first be turned by 45 degrees, which the article's augmentation
 *     does
 * @param symmetry how it then lies to look most like the image
 * @param distance between the two descriptors, at least 0; {@link Descriptor#SAME} says how near is
 *     near
 * @param ratio the distance in the training image's own distance to its nearest different
 *     neighbour: rho of docs/explanation/copies.md
 */
public record Match(
    int training, String name, boolean diagonal, Symmetry symmetry, double distance, double ratio) {

  /** The training image laid down as the image shows it. */
  public Image lay(Image trainingImage) {
    return symmetry.apply(diagonal ? Rotation.by(trainingImage, 45) : trainingImage);
  }
}
