package org.inoculum;

/** How large a test is: in every build, or before a release (profile {@code release-tests}). */
public final class Sizes {
  private Sizes() {}

  /** One of the two. */
  public static int of(int inEveryBuild, int beforeARelease) {
    return Boolean.getBoolean("inoculum.release-tests") ? beforeARelease : inEveryBuild;
  }
}
