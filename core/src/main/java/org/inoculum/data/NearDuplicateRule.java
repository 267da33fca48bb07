package org.inoculum.data;

import java.util.Arrays;
import java.util.Optional;

/** What is done about images that show nearly the same and would come to lie on both sides. */
public enum NearDuplicateRule {
  /** They are named, and nothing is written. */
  REFUSE("refuse"),
  /** Their groups become one, which comes to lie on one side. */
  TOGETHER("together"),
  /** They are not searched. */
  IGNORE("ignore");

  private final String word;

  NearDuplicateRule(String word) {
    this.word = word;
  }

  /** The name on the command line and in files. */
  public String word() {
    return word;
  }

  /** The constant of that name, if there is one. */
  public static Optional<NearDuplicateRule> ofWord(String word) {
    return Arrays.stream(values()).filter(known -> known.word.equals(word)).findFirst();
  }
}
