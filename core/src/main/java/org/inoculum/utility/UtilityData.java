package org.inoculum.utility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.data.DataSet;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.FolderOrigin;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.ReadOptions;
import org.inoculum.data.Reading;
import org.inoculum.data.Sample;
import org.inoculum.files.SystemFolders;

/**
 * The three sets of images, brought to 64 x 64 RGB, with the same classes.
 *
 * @param train real images to train on
 * @param heldOut real images to test on
 * @param synthetic synthetic images; its labels are those of {@code train}, and classes without
 *     images are allowed
 */
public record UtilityData(DataSet train, DataSet heldOut, DataSet synthetic) {
  static final int SIZE = 64;

  /** Checks that the classes agree and that there are at least two. */
  public UtilityData {
    if (train.classes().size() < 2) {
      throw UserException.badData(
          "a classifier tells classes apart, and "
              + train.root()
              + " has only "
              + train.classes()
              + "; expected one sub-folder for each of two or more classes, or images of what is none of it with --background DIR");
    }
    if (!heldOut.classes().equals(train.classes())
        || !synthetic.classes().equals(train.classes())) {
      throw new IllegalArgumentException("the sets do not have the same classes");
    }
    requireEveryClass(train);
    requireEveryClass(heldOut);
    if (synthetic.samples().isEmpty()) {
      throw UserException.badData(synthetic.root() + " has no image of any class");
    }
  }

  /**
   * Reads three folders with one sub-folder for each class. Images beside the sub-folders are not
   * looked at: a synthetic data set has its contact sheet there.
   *
   * @param reading of all the files; where it leaves the window open, one is used for all folders
   * @throws UserException of kind BAD_DATA, naming the folder, if the classes do not agree
   */
  public static UtilityData read(Path train, Path heldOut, Path synthetic, Reading reading) {
    Map<String, Path> trainFolders = classFolders(train);
    List<String> classes = List.copyOf(trainFolders.keySet());
    Map<String, Path> testFolders = classFolders(heldOut);
    if (!List.copyOf(testFolders.keySet()).equals(classes)) {
      throw UserException.badData(
          heldOut
              + " has the classes "
              + testFolders.keySet()
              + ", expected those of "
              + train
              + ", "
              + classes);
    }
    Map<String, Path> syntheticFolders = classFolders(synthetic);
    for (String name : syntheticFolders.keySet()) {
      if (!classes.contains(name)) {
        throw UserException.badData(
            synthetic
                + " has a class "
                + name
                + ", which the real images do not have; expected sub-folders among "
                + classes
                + ": rename or move it");
      }
    }
    Reading settled = DataSetReader.settled(reading, List.of(train, heldOut, synthetic));
    return new UtilityData(
        combined(train, trainFolders, classes, settled),
        combined(heldOut, testFolders, classes, settled),
        combined(synthetic, syntheticFolders, classes, settled));
  }

  /**
   * Reads three folders of one class, directly in them or in one sub-folder, and images of what is
   * none: they become a second class, half of them to train on and half to test on.
   *
   * @param background a folder of images, or of sub-folders of them, which are not told apart
   * @param reading of all the files; where it leaves the window open, one is used for all folders
   * @throws UserException of kind BAD_DATA, naming the folder, if there is more than one class, or
   *     less than {@value Background#LEAST} images of background
   */
  public static UtilityData readAgainst(
      Path train, Path heldOut, Path synthetic, Path background, Reading reading) {
    String name = Background.onlyClass(train, subFolders(train));
    Reading settled =
        DataSetReader.settled(reading, List.of(train, heldOut, synthetic, background));
    Background halves = Background.read(background, name, settled);
    return new UtilityData(
        halves.besideTraining(only(train, name, settled)),
        halves.besideHeldOut(only(heldOut, name, settled)),
        halves.besideSynthetic(only(synthetic, name, settled)));
  }

  private static DataSet only(Path root, String name, Reading wanted) {
    return combined(root, Background.only(root, subFolders(root), name), List.of(name), wanted);
  }

  private static void requireEveryClass(DataSet data) {
    for (int label = 0; label < data.classes().size(); label++) {
      if (count(data, label) == 0) {
        throw UserException.badData(data.root() + " has no image of " + data.classes().get(label));
      }
    }
  }

  static long count(DataSet data, int label) {
    return data.samples().stream().filter(sample -> sample.label() == label).count();
  }

  /** Sub-folders by name; those with a dot in front are not looked at. */
  private static Map<String, Path> classFolders(Path root) {
    Map<String, Path> folders = subFolders(root);
    if (folders.isEmpty()) {
      throw UserException.badData(root + " has no sub-folders; expected one for each class");
    }
    return folders;
  }

  private static Map<String, Path> subFolders(Path root) {
    Map<String, Path> folders = new TreeMap<>();
    try (Stream<Path> children = Files.list(root)) {
      children
          .filter(child -> Files.isDirectory(child))
          .filter(child -> !SystemFolders.contains(child.getFileName().toString()))
          .forEach(child -> folders.put(child.getFileName().toString(), child));
    } catch (IOException e) {
      throw UserException.badData(
          "cannot read the folder " + root + ": expected one sub-folder for each class", e);
    }
    return folders;
  }

  private static DataSet combined(
      Path root, Map<String, Path> folders, List<String> classes, Reading wanted) {
    Reading reading = FolderOrigin.of(root).reading(wanted);
    ReadOptions options = ReadOptions.DEFAULT.withSize(SIZE).with(reading);
    List<Sample> samples = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (var folder : folders.entrySet()) {
      int label = classes.indexOf(folder.getKey());
      DataSet one = DataSetReader.read(folder.getValue(), options);
      skipped.addAll(one.skipped());
      one.notes().forEach(note -> notes.add(folder.getKey() + ": " + note));
      for (Sample sample : one.samples()) {
        samples.add(
            new Sample(
                folder.getKey() + "/" + sample.source(), label, sample.image(), sample.sha256()));
      }
    }
    return new DataSet(
        root.toString(),
        classes,
        SIZE,
        3,
        samples,
        OfflineAugmentation.NONE,
        List.of(),
        reading,
        null,
        null,
        skipped,
        List.copyOf(notes));
  }
}
