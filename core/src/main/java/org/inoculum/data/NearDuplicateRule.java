package org.inoculum.data;

import java.util.Arrays;
import java.util.Optional;

/** The rule for images that show nearly the same and would come to lie on both sides. */
public enum NearDuplicateRule {
  /** They are named, and nothing is written. */
  REFUSE("refuse"),
  /** Their groups become one, which comes to lie on one side. */
  TOGETHER("together"),
  /** They are not searched. */
  IGNORE("ignore");

  private final String label;

  NearDuplicateRule(String label) {
    this.label = label;
  }

  /** The name on the command line and in files. */
  public String label() {
    return label;
  }

  /** The constant of that name, if there is one. */
  public static Optional<NearDuplicateRule> ofLabel(String label) {
    return Arrays.stream(values()).filter(known -> known.label.equals(label)).findFirst();
  }
}
