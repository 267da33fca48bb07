package org.inoculum.train;

import org.inoculum.data.DataSet;
import org.inoculum.data.OfflineAugmentation;

/** The source of the validation set. */
public enum ValidationSource {
  /** Those of a folder of their own. */
  HELD_OUT_FOLDER,
  /** A part of the training folder, drawn by the seed, which is not trained on. */
  SPLIT,
  /**
   * The training images themselves: tells when a generator gets worse, and cannot tell whether it
   * has memorised them.
   */
  TRAINING_IMAGES;

  /** A folder has at least so many images before some of them are held out unasked. */
  public static final int LEAST_TO_SPLIT = 256;

  /** With fewer groups that must stay together, an eighth cannot be held out by whole ones. */
  static final int LEAST_GROUPS = 16;

  private static final int SHARE = 8;
  private static final int MOST_HELD_OUT = 256;

  /**
   * What a training is evaluated on where no held-out images are named: a split where there are
   * {@value #LEAST_TO_SPLIT} images or more. An eighth of fewer is below 32 images, which tell
   * snapshots apart badly (docs/explanation/metrics.md), and every image that the generator does
   * not see costs it. Nor is a folder split that {@code prepare} has augmented: turned copies of
   * one image would come to lie on both sides. What it has cut out of fields of view is split by
   * whole fields (or the groups that were asked for), if there are {@value #LEAST_GROUPS} or more.
   */
  public static ValidationSource unasked(DataSet data) {
    return data.samples().size() >= LEAST_TO_SPLIT
            && data.augmentation() == OfflineAugmentation.NONE
            && data.groups() >= LEAST_GROUPS
        ? SPLIT
        : TRAINING_IMAGES;
  }

  /** How many of so many images a split holds out: an eighth, and at most 256. */
  static int heldOut(int images) {
    return Math.min(MOST_HELD_OUT, images / SHARE);
  }
}
