package org.inoculum.utility;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.inoculum.UserException;
import org.inoculum.copies.Descriptor;
import org.inoculum.copies.TrainingImages;
import org.inoculum.data.DataSet;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.FolderOrigin;
import org.inoculum.data.ReadOptions;
import org.inoculum.data.Reading;
import org.inoculum.data.Sample;
import org.inoculum.data.Split;

/**
 * Images of what is none of the one class that there is: half of them to train on, half to test on.
 * Which ones is drawn by a fixed seed; groups stay together, and of two that show the same on both
 * sides the one to train on is left out.
 *
 * @param name of the class that they make
 * @param training to train on
 * @param heldOut to test on
 * @param notes how they were read
 */
record Background(String name, List<Sample> training, List<Sample> heldOut, List<String> notes) {
  /** With less, a half says nothing. */
  static final int LEAST = 8;

  private static final String NAME = "background";
  private static final long SEED = 0;

  /**
   * Reads the images.
   *
   * @param other the class that there is
   */
  static Background read(Path folder, String other, Reading wanted) {
    if (other.equals(NAME)) {
      throw UserException.badData(
          "the class of the training images is called " + NAME + " already; rename its folder");
    }
    DataSet all =
        DataSetReader.read(
            folder,
            ReadOptions.DEFAULT
                .withSize(UtilityData.SIZE)
                .with(FolderOrigin.of(folder).reading(wanted)));
    if (all.samples().size() < LEAST) {
      throw UserException.badData(
          "%s has %d images of background; at least %d are needed, half of them to test on"
              .formatted(folder, all.samples().size(), LEAST));
    }
    Split halves = Split.of(all, all.samples().size() / 2, SEED);
    TrainingImages tested = TrainingImages.of(halves.heldOut());
    List<Sample> training =
        halves.training().samples().stream()
            .filter(sample -> tested.nearest(sample.image()).distance() >= Descriptor.SAME)
            .toList();
    List<String> notes = new ArrayList<>(all.notes());
    int same = halves.training().samples().size() - training.size();
    if (same > 0) {
      notes.add(
          "%d images of background show what one on the other side shows; they are not trained on"
              .formatted(same));
    }
    return new Background(NAME, training, halves.heldOut().samples(), notes);
  }

  /** Images of the one class to train on, and the first half of these as the second class. */
  DataSet besideTraining(DataSet one) {
    return beside(one, training, notes);
  }

  /** Images of the one class to test on, and the second half of these. */
  DataSet besideHeldOut(DataSet one) {
    return beside(one, heldOut, List.of());
  }

  /** Images of the one class, and none of these. */
  DataSet besideSynthetic(DataSet one) {
    return beside(one, List.of(), List.of());
  }

  private DataSet beside(DataSet one, Collection<Sample> background, List<String> further) {
    List<Sample> samples = new ArrayList<>(one.samples());
    for (Sample sample : background) {
      samples.add(new Sample(NAME + "/" + sample.source(), 1, sample.image(), sample.sha256()));
    }
    List<String> all = new ArrayList<>(one.notes());
    all.addAll(further);
    return new DataSet(
        one.root(),
        List.of(one.classes().get(0), NAME),
        one.size(),
        one.channels(),
        samples,
        one.augmentation(),
        List.of(),
        one.reading(),
        null,
        null,
        one.skipped(),
        all);
  }

  /**
   * What the one class of a folder is called.
   *
   * @throws UserException of kind BAD_DATA if there are several
   */
  static String onlyClass(Path root, Map<String, Path> subFolders) {
    if (subFolders.size() > 1) {
      throw UserException.badData(
          root
              + " has the classes "
              + subFolders.keySet()
              + "; --background is for a single class: leave it out, or put those images into a class folder of their own");
    }
    return subFolders.isEmpty()
        ? String.valueOf(root.toAbsolutePath().normalize().getFileName())
        : subFolders.keySet().iterator().next();
  }

  /** The folder with the images of the one class, under the name that it has in the other sets. */
  static Map<String, Path> only(Path root, Map<String, Path> subFolders, String name) {
    onlyClass(root, subFolders);
    return Map.of(name, subFolders.isEmpty() ? root : subFolders.values().iterator().next());
  }
}
