package org.inoculum.generate;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.inoculum.UserException;
import org.inoculum.data.Manifest;
import org.inoculum.files.StoredName;

/**
 * The class of each image of a synthetic data set: all the same, or one after the other, so that
 * every class has as many images, which is what a classifier is best trained with.
 *
 * @param labels numbers of the classes that take turns, as the generator knows them
 * @param names what each number is called
 */
record ClassChoice(List<Integer> labels, List<String> names) {
  /** Refuses names that could be no folders, which only a changed document has. */
  ClassChoice {
    labels = List.copyOf(labels);
    names = List.copyOf(names);
    names.forEach(name -> StoredName.require(name, "the list of classes"));
    int count = names.size();
    if (labels.stream().anyMatch(label -> label < 0 || label >= count)) {
      throw UserException.badData("the list of classes names classes that it does not have");
    }
  }

  /** Where images of a generator without classes go when the training data had several. */
  static final String UNLABELLED = "unlabelled";

  /**
   * The choice.
   *
   * @param wanted name of the only class to generate, or nothing for all
   * @param known how many classes the generator knows
   * @param manifest of the training data
   * @param warn is told where the images cannot be labelled
   * @throws UserException of kind USAGE if the wanted class does not exist
   */
  static ClassChoice of(
      Optional<String> wanted, int known, Manifest manifest, Consumer<String> warn) {
    List<String> names = manifest.classes().stream().map(Manifest.ClassCount::name).toList();
    if (known != names.size()) {
      warn.accept(
          "the preset of this run knows no classes, so its images of "
              + names.size()
              + " classes go to the folder "
              + UNLABELLED
              + "; the preset modern makes labelled images");
      names = List.of(UNLABELLED);
    }
    if (wanted.isEmpty()) {
      return new ClassChoice(IntStream.range(0, names.size()).boxed().toList(), names);
    }
    int label = names.indexOf(wanted.get());
    if (label < 0) {
      throw UserException.usage("--class must be one of " + names + ", was " + wanted.get());
    }
    return new ClassChoice(List.of(label), names);
  }

  /** The class of image {@code index}. */
  int label(long index) {
    return labels.get((int) (index % labels.size()));
  }

  /** Its name. */
  String name(long index) {
    return names.get(label(index));
  }

  /** Names of the classes that there will be images of. */
  List<String> generated() {
    return labels.stream().map(names::get).toList();
  }
}
