package org.inoculum.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The licences of everything inside a release. */
final class Licences {
  private static final Pattern TEXT =
      Pattern.compile("(.*/)?([\\w-]*(licen[cs]e|notice|copying)s?)(\\.(txt|md))?");

  private Licences() {}

  /**
   * Writes {@code THIRD-PARTY.txt}, the list; the texts that this project keeps; and those of the
   * jars, in a folder for each.
   */
  static void collect(Path jars, Path texts, String list, Path to) throws IOException {
    Files.createDirectories(to);
    Tree.copy(texts, to, name -> !name.equals("natives.txt"));
    Files.writeString(
        to.resolve("THIRD-PARTY.txt"),
        list + "\n" + Files.readString(texts.resolve("natives.txt")));
    for (Path jar : Tree.below(jars)) {
      String name = jar.getFileName().toString();
      Path folder = to.resolve(name.substring(0, name.length() - ".jar".length()));
      try (ZipFile in = new ZipFile(jar.toFile())) {
        for (ZipEntry entry : Collections.list(in.entries())) {
          String file = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
          if (TEXT.matcher(file.toLowerCase(Locale.ROOT)).matches()) {
            Files.createDirectories(folder);
            Path copy = folder.resolve(file);
            if (!Files.exists(copy)) {
              Files.copy(in.getInputStream(entry), copy);
            }
          }
        }
      }
    }
  }
}
