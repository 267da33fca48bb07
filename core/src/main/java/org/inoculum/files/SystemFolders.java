package org.inoculum.files;

import java.util.Locale;
import java.util.Set;

/**
 * The folders that operating systems, storage servers and browsers of images put beside what a user
 * keeps: small copies of images, deleted files.
 */
public final class SystemFolders {
  private static final Set<String> NAMES =
      Set.of(
          "@eadir",
          "@recently-snapshot",
          "@recycle",
          "@sharebin",
          "@tmp",
          "#recycle",
          "#snapshot",
          "~snapshot",
          "__macosx",
          "$recycle.bin",
          "recycler",
          "system volume information",
          "lost+found",
          "network trash folder",
          "temporary items");

  private SystemFolders() {}

  /** Whether a folder of that name is one of them, or hidden. */
  public static boolean contains(String name) {
    return name.startsWith(".") || NAMES.contains(name.toLowerCase(Locale.ROOT));
  }
}
