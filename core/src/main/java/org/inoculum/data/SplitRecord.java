package org.inoculum.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The record of how a data set was split: the file {@value #FILE} beside its two folders.
 *
 * @param wanted share of the images that was to be held out
 * @param reached share that is held out
 * @param groupBy the expression or column that names groups; null where each file is one
 * @param nearDuplicates word of the {@link NearDuplicateRule}
 * @param joined groups that became part of another because they show nearly the same
 * @param seed that the choice was drawn with
 * @param training what is trained on
 * @param heldOut what is held out
 * @param heldOutGroups names of the groups that are held out
 */
public record SplitRecord(
    double wanted,
    double reached,
    @Nullable String groupBy,
    String nearDuplicates,
    int joined,
    long seed,
    Side training,
    Side heldOut,
    List<String> heldOutGroups) {
  /** Name of the file. */
  public static final String FILE = "split.json";

  /** Folder of what is trained on. */
  public static final String TRAINING = "train";

  /** Folder of what is held out. */
  public static final String HELD_OUT = "held-out";

  /** Keeps a copy of the list. */
  public SplitRecord {
    heldOutGroups = List.copyOf(heldOutGroups);
  }

  /** What a user should know of it, a sentence each. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (joined > 0) {
      notes.add(joined + " groups were joined to others, since they show nearly the same");
    }
    Set<String> there = new HashSet<>();
    heldOut.classes().forEach(count -> there.add(count.name()));
    for (Manifest.ClassCount count : training.classes()) {
      if (!there.contains(count.name())) {
        notes.add(
            "none of the %d images of class %s is held out"
                .formatted(count.images(), count.name()));
      }
    }
    return notes;
  }

  /**
   * One side, before any augmentation.
   *
   * @param images how many
   * @param groups how many
   * @param classes images of each
   */
  public record Side(int images, int groups, List<Manifest.ClassCount> classes) {
    /** Keeps a copy of the list. */
    public Side {
      classes = List.copyOf(classes);
    }
  }
}
