package org.inoculum.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.inoculum.UserException;
import org.inoculum.data.Manifest;
import org.inoculum.data.SourceFile;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.jspecify.annotations.Nullable;

/** Checks that a training would go on as the one that was stopped, and names what has changed. */
final class ResumeCheck {
  private static final int SHOWN = 10;

  private ResumeCheck() {}

  /**
   * Refuses another configuration; the budget and the number of threads may change.
   *
   * @param saved {@code config.json} as the checkpoint has it
   * @param now {@code config.json} of the run
   */
  static void requireSameConfig(String saved, TrainConfig now) {
    Map<String, Object> before =
        flat(
            FormatVersion.fields(
                Json.parse(saved, Map.class, "config.json of the checkpoint"),
                "config.json of the checkpoint"));
    Map<String, Object> after = flat(Json.tree(now));
    List<String> changes = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      if (!name.startsWith("budget.") && !name.equals("threads")) {
        compare(changes, name, before.get(name), after.get(name));
      }
    }
    refuse(
        "its configuration was changed",
        changes,
        "put config.json back, or remove it, and that of the checkpoint is used, or train a new run");
  }

  /**
   * Refuses other images.
   *
   * @param role what they are, such as "training images"
   */
  static void requireSameData(String role, Manifest saved, Manifest now) {
    List<String> changes = new ArrayList<>();
    compare(changes, "size", saved.size(), now.size());
    compare(changes, "channels", saved.channels(), now.channels());
    compare(changes, "images", saved.images(), now.images());
    compare(changes, "augmentation", saved.augmentation(), now.augmentation());
    Map<String, String> before = files(saved);
    Map<String, String> after = files(now);
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      if (!Objects.equals(before.get(name), after.get(name))) {
        String what =
            !before.containsKey(name)
                ? " is new"
                : after.containsKey(name) ? " has changed" : " is missing";
        changes.add(name + what);
      }
    }
    refuse("its " + role + " were changed", changes, "put them back, or train a new run");
  }

  /**
   * Refuses other images, where only their SHA-256 is left to compare with.
   *
   * @param saved the SHA-256 that the checkpoint has
   */
  static void requireSameHash(String saved, Manifest now) {
    List<String> changes = new ArrayList<>();
    compare(changes, "the SHA-256 of their list", saved, now.sha256());
    refuse("its training images were changed", changes, "put them back, or train a new run");
  }

  private static void compare(
      List<String> changes, String name, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      changes.add(name + " was " + before + " and is " + after);
    }
  }

  private static void refuse(String what, List<String> changes, String advice) {
    if (changes.isEmpty()) {
      return;
    }
    String more = changes.size() > SHOWN ? " and " + (changes.size() - SHOWN) + " more" : "";
    throw UserException.usage(
        "this run cannot be resumed, because "
            + what
            + ": "
            + String.join("; ", changes.subList(0, Math.min(SHOWN, changes.size())))
            + more
            + "; "
            + advice);
  }

  private static Map<String, String> files(Manifest manifest) {
    Map<String, String> files = new LinkedHashMap<>();
    for (SourceFile file : manifest.files()) {
      // A class that is added in front gives the others new numbers, but no new names.
      int label = file.label();
      String name =
          label >= 0 && label < manifest.classes().size()
              ? manifest.classes().get(label).name()
              : String.valueOf(label);
      files.put(file.source(), file.sha256() + " " + name);
    }
    return files;
  }

  /** Nested names joined by dots. */
  private static Map<String, Object> flat(Map<?, ?> tree) {
    Map<String, Object> flat = new LinkedHashMap<>();
    tree.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> inner) {
            flat(inner).forEach((below, leaf) -> flat.put(name + "." + below, leaf));
          } else {
            flat.put(String.valueOf(name), String.valueOf(value));
          }
        });
    return flat;
  }
}
