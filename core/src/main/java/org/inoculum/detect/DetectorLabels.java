package org.inoculum.detect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.inoculum.UserException;
import org.inoculum.annotation.Box;
import org.inoculum.data.AnnotatedField;

/**
 * The classes that a detector tells apart, and what annotators call them.
 *
 * @param classes in the order of their labels
 * @param names what is written beside a box, to its class
 * @param ignoredNames of boxes in which nobody can say what there is
 */
public record DetectorLabels(
    List<String> classes, Map<String, String> names, Set<String> ignoredNames) {
  /** Keeps copies. */
  public DetectorLabels {
    classes = List.copyOf(classes);
    names = Map.copyOf(names);
    ignoredNames = Set.copyOf(ignoredNames);
  }

  /**
   * Classes by what the boxes say.
   *
   * @param wanted what annotators write, to the class that it means; empty: every name is a class
   *     of its own
   * @param ignoredNames what annotators write where they do not know
   * @throws UserException of kind USAGE if a name is nowhere
   */
  public static DetectorLabels of(
      List<List<AnnotatedField>> sets, Map<String, String> wanted, Set<String> ignoredNames) {
    Set<String> written = new TreeSet<>();
    for (List<AnnotatedField> fields : sets) {
      for (AnnotatedField field : fields) {
        for (Box box : field.boxes()) {
          written.add(box.label());
        }
      }
    }
    for (Set<String> some : List.of(wanted.keySet(), ignoredNames)) {
      for (String name : some) {
        if (!written.contains(name)) {
          throw UserException.usage(
              "no box is called '" + name + "'; the boxes are called " + written);
        }
      }
    }
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : written) {
      if (ignoredNames.contains(name)) {
        continue;
      }
      if (wanted.isEmpty()) {
        names.put(name, name);
      } else if (wanted.containsKey(name)) {
        names.put(name, wanted.getOrDefault(name, name));
      } else if (wanted.containsValue(name)) {
        names.put(name, name); // a set that uses the class's own name
      }
    }
    List<String> classes = names.values().stream().distinct().sorted().toList();
    if (classes.isEmpty()) {
      throw UserException.badData("there is no box of any class; the boxes are called " + written);
    }
    return new DetectorLabels(classes, names, ignoredNames);
  }

  /** The label of the class that this name means; -1 for none. */
  int of(String name) {
    String meant = names.get(name);
    return meant == null ? -1 : classes.indexOf(meant);
  }

  boolean ignores(String name) {
    return ignoredNames.contains(name);
  }
}
