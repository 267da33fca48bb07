package org.inoculum.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TimeZone;

/** Makes all releases; Maven calls it when the jars are there. */
public final class Release {
  private Release() {}

  /**
   * Makes them.
   *
   * @param arguments the folder of the sources; the folder that holds jars/ and sbom.json and gets
   *     the releases; the version; the time that every file in them has (ISO 8601)
   * @throws IOException where a file cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    Path sources = Path.of(arguments[0]).normalize();
    Path target = Path.of(arguments[1]);
    String version = arguments[2];
    FileTime time = FileTime.from(OffsetDateTime.parse(arguments[3]).toInstant());
    TimeZone here = TimeZone.getDefault();
    // A zip holds local times too, and is the same in Novosibirsk.
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    try {
      List<Path> made = new ArrayList<>();
      Tree.delete(target.resolve("stage"));
      for (Platform platform : Platform.values()) {
        String name = "inoculum-" + version + "-" + platform.classifier();
        Path stage = target.resolve("stage").resolve(name);
        Stage.fill(stage, platform, sources, target, version, time);
        made.add(Archives.zip(stage, target.resolve(name + ".zip"), time));
        if (platform == Platform.LINUX) {
          made.add(DebianPackage.write(stage, target, version, time));
        }
      }
      writeSums(made, target.resolve("SHA256SUMS"));
    } finally {
      TimeZone.setDefault(here);
    }
  }

  private static void writeSums(List<Path> files, Path sums) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (Path file : files) {
      lines.append(digest("SHA-256", file)).append("  ").append(file.getFileName()).append('\n');
      System.out.printf("%s: %.1f MB%n", file.getFileName(), Files.size(file) / 1e6);
    }
    Files.writeString(sums, lines);
  }

  /** A file's digest as hexadecimal digits. */
  static String digest(String algorithm, Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
