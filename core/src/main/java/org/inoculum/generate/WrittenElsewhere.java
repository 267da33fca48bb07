package org.inoculum.generate;

/**
 * Files of a set that others write, on other machines perhaps: whoever writes the manifest knows
 * their lengths only.
 */
public interface WrittenElsewhere {
  /** Whether others write the file of this name, relative to the set's folder. */
  boolean holds(String name);

  /** The SHA-256 of one of those; asked when all is written. */
  String sha256(String name);
}
