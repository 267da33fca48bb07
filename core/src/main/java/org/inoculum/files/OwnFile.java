package org.inoculum.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.inoculum.UserException;

/**
 * A place for a file of a kind that this program may have written there before, and replaces if it
 * is told to.
 *
 * @param path where it goes
 * @param kind what it is, with its article, such as "a report"
 * @param mark a text that every file of this kind holds
 * @param within bytes from the beginning in which the mark stands
 */
public record OwnFile(Path path, String kind, String mark, int within) {
  /**
   * Says no, before any work is done, if something else is in the way.
   *
   * @param overwrite whether an earlier file of this kind may be replaced
   * @throws UserException of kind USAGE
   */
  public void requireFree(boolean overwrite) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!overwrite) {
      throw UserException.usage(
          path + " exists already; name another file with --out, or replace it with --overwrite");
    }
    if (!isOwn()) {
      throw UserException.usage(
          path
              + " is not "
              + kind
              + " of this program, so it is not overwritten; name another file with --out");
    }
  }

  private boolean isOwn() {
    if (!Files.isRegularFile(path)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path)) {
      return new String(in.readNBytes(within), StandardCharsets.UTF_8).contains(mark);
    } catch (IOException e) {
      throw UserException.storage("cannot read " + path + ": " + e.getMessage(), e);
    }
  }
}
