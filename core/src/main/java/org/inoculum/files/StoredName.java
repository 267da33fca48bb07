package org.inoculum.files;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.inoculum.UserException;

/**
 * Names that come out of a document, such as a class in {@code part.json}, made to paths. Whoever
 * changed the document must not lead a reader or a writer out of the folder, so nothing else joins
 * such a name to a path.
 */
public final class StoredName {
  private static final int LONGEST = 255;
  private static final int SHOWN = 80;

  private StoredName() {}

  /**
   * A name by itself, such as a class, which will be a file or folder.
   *
   * @param source of the name, for the error
   * @throws UserException of kind BAD_DATA if it cannot be one
   */
  public static String require(String name, String source) {
    boolean usable =
        name != null
            && !name.isEmpty()
            && name.length() <= LONGEST
            && !name.equals(".")
            && !name.equals("..")
            && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c));
    if (!usable) {
      throw refused(name, source);
    }
    return name;
  }

  /**
   * A file or folder right below a folder.
   *
   * @throws UserException of kind BAD_DATA if the name leads anywhere else
   */
  public static Path child(Path folder, String name, String source) {
    require(name, source);
    try {
      Path path = folder.resolve(name);
      if (folder.equals(path.getParent())) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw refused(name, source);
    }
    throw refused(name, source);
  }

  /**
   * A file below a folder, whose name may hold slashes.
   *
   * @throws UserException of kind BAD_DATA if the name leads anywhere else
   */
  public static Path below(Path folder, String name, String source) {
    if (name == null) {
      throw refused(name, source);
    }
    Path path = folder;
    for (String part : name.split("/", -1)) {
      path = child(path, part, source);
    }
    return path;
  }

  private static UserException refused(String name, String source) {
    String text = String.valueOf(name);
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    return UserException.badData(
        "%s holds the name '%s', which leads out of its folder or can be no file's name"
            .formatted(source, shown.replaceAll("\\p{Cc}", "?")));
  }
}
