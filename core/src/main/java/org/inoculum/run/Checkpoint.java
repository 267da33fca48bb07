package org.inoculum.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.files.Storage;
import org.inoculum.files.StoredFile;

/**
 * A checkpoint that was found whole: every byte is what was written.
 *
 * @param iteration iterations done
 * @param files contents by name
 */
public record Checkpoint(long iteration, Map<String, byte[]> files) {
  static final String MANIFEST = "manifest.json";

  /**
   * The content of {@code manifest.json}, which is written last.
   *
   * @param iteration the folder's number, so that a folder that was renamed is found out
   * @param files all others
   */
  record Contents(long iteration, List<Item> files) {}

  /** A file with its length in bytes and its SHA-256. */
  record Item(String name, long bytes, String sha256) {
    /** Refuses a name that leads out of the folder, which only a forged manifest has. */
    Item {
      if (name == null || !name.matches("[a-z]+\\.[a-z]+") || sha256 == null) {
        throw UserException.badData(MANIFEST + " names a file that no checkpoint has: " + name);
      }
    }
  }

  /** A file's content. */
  public byte[] file(String name) {
    byte[] content = files.get(name);
    if (content == null) {
      throw UserException.badData(
          "the checkpoint " + RunDirectory.number(iteration) + " lacks " + name);
    }
    return content;
  }

  /** A file's content as text. */
  public String text(String name) {
    return new String(file(name), StandardCharsets.UTF_8);
  }

  /** Fills the folder, the manifest last. */
  static void write(Path folder, long iteration, Map<String, byte[]> files) {
    List<Item> items = new ArrayList<>();
    files.forEach(
        (name, content) -> {
          Storage.writeInto(folder.resolve(name), content);
          items.add(new Item(name, content.length, Sha256.of(content)));
        });
    Storage.writeInto(
        folder.resolve(MANIFEST),
        Json.document(new Contents(iteration, items)).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads a checkpoint and compares it with its manifest.
   *
   * @throws UserException of kind BAD_DATA that names what is missing or damaged
   */
  static Checkpoint open(Path folder) {
    String manifest = new String(bytes(folder.resolve(MANIFEST)), StandardCharsets.UTF_8);
    Contents contents = Json.parse(manifest, Contents.class, folder.resolve(MANIFEST).toString());
    // The text has one form, so that a change which means nothing to a JSON reader is found as
    // well.
    if (contents.files() == null
        || !Json.document(contents).equals(manifest)
        || !RunDirectory.number(contents.iteration())
            .equals(String.valueOf(folder.getFileName()))) {
      throw UserException.badData(
          folder.resolve(MANIFEST) + " is damaged, or that of another checkpoint");
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Item item : contents.files()) {
      Path file = folder.resolve(item.name());
      byte[] content = bytes(file);
      if (content.length != item.bytes()) {
        throw UserException.badData(
            file
                + " has "
                + content.length
                + " bytes, expected "
                + item.bytes()
                + "; it was cut short or replaced");
      }
      if (!Sha256.of(content).equals(item.sha256())) {
        throw UserException.badData(
            file + " is damaged: its SHA-256 is not the one in " + MANIFEST);
      }
      files.put(item.name(), content);
    }
    return new Checkpoint(contents.iteration(), files);
  }

  private static byte[] bytes(Path file) {
    try {
      return StoredFile.bytes(file, StoredFile.ARRAY);
    } catch (IOException e) {
      throw UserException.badData("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
