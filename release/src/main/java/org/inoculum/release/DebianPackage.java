package org.inoculum.release;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveOutputStream;

/**
 * The release as a Debian package: the program below /usr/lib/inoculum, and the command, its
 * completion, manual pages and licences where Debian has such things.
 */
final class DebianPackage {
  private DebianPackage() {}

  /** Writes {@code inoculum_VERSION_amd64.deb} beside the zips. */
  static Path write(Path release, Path target, String version, FileTime time) throws IOException {
    Path root = release.resolveSibling("deb");
    lay(release, root, time);
    String debianVersion = version.replace("-SNAPSHOT", "~snapshot");
    StringBuilder sums = new StringBuilder();
    long bytes = 0;
    for (Path path : Tree.below(root)) {
      if (Files.isRegularFile(path) && !Files.isSymbolicLink(path)) {
        bytes += Files.size(path);
        sums.append(Release.digest("MD5", path))
            .append("  ")
            .append(Tree.nameIn(root, path))
            .append('\n');
      }
    }
    Path control = release.resolveSibling("deb-control");
    Files.createDirectories(control);
    Files.writeString(control.resolve("control"), control(debianVersion, (bytes + 1023) / 1024));
    Files.writeString(control.resolve("md5sums"), sums);
    Tree.settle(control, time);
    Path data = release.resolveSibling("data.tar.gz");
    try (OutputStream out = Files.newOutputStream(data)) {
      Archives.tarGz(root, out, time);
    }
    ByteArrayOutputStream controlTar = new ByteArrayOutputStream();
    Archives.tarGz(control, controlTar, time);
    Path file = target.resolve("inoculum_" + debianVersion + "_amd64.deb");
    try (ArArchiveOutputStream out = new ArArchiveOutputStream(Files.newOutputStream(file))) {
      byte[] format = "2.0\n".getBytes(StandardCharsets.US_ASCII);
      add(out, "debian-binary", format.length, time);
      out.write(format);
      out.closeArchiveEntry();
      add(out, "control.tar.gz", controlTar.size(), time);
      controlTar.writeTo(out);
      out.closeArchiveEntry();
      add(out, "data.tar.gz", Files.size(data), time);
      Files.copy(data, out);
      out.closeArchiveEntry();
    }
    Files.delete(data);
    return file;
  }

  /** It depends on what libtorch's and the runtime's libraries ask for (objdump -T). */
  private static String control(String version, long kibibytes) {
    return """
      Package: inoculum
      Version: VERSION
      Architecture: amd64
      Maintainer: the Inoculum authors
      Installed-Size: SIZE
      Depends: libc6 (>= 2.35), libstdc++6 (>= 12)
      Section: science
      Priority: optional
      Description: makes labelled synthetic data sets from a handful of microscope images
       Inoculum trains a small GAN on some 20 to 2,000 images of single cells, on an
       ordinary CPU, and generates cells, masks and whole fields of view. It brings
       its own Java runtime.
      """
        .replace("VERSION", version)
        .replace("SIZE", String.valueOf(kibibytes));
  }

  private static void lay(Path release, Path root, FileTime time) throws IOException {
    Path program = root.resolve("usr/lib/inoculum");
    Tree.copy(
        release,
        program,
        name -> name.equals("inoculum") || name.startsWith("lib/") || name.startsWith("runtime/"));
    Path doc = root.resolve("usr/share/doc/inoculum");
    Tree.copy(
        release,
        doc,
        name ->
            name.endsWith(".md")
                || name.startsWith("docs/")
                || name.startsWith("licences/")
                || name.equals("NOTICE")
                || name.equals("sbom.cdx.json"));
    Files.copy(release.resolve("LICENSE"), doc.resolve("copyright"));
    Path completion = root.resolve("usr/share/bash-completion/completions");
    Files.createDirectories(completion);
    Files.copy(release.resolve("completion/inoculum.bash"), completion.resolve("inoculum"));
    Path pages = root.resolve("usr/share/man/man1");
    Files.createDirectories(pages);
    for (Path page : Tree.below(release.resolve("man/man1"))) {
      try (OutputStream out =
          Archives.gzip(Files.newOutputStream(pages.resolve(page.getFileName() + ".gz")))) {
        Files.copy(page, out);
      }
    }
    Tree.settle(root, time);
    Path commands = root.resolve("usr/bin");
    Files.createDirectories(commands);
    Files.createSymbolicLink(commands.resolve("inoculum"), Path.of("../lib/inoculum/inoculum"));
  }

  private static void add(ArArchiveOutputStream out, String name, long size, FileTime time)
      throws IOException {
    out.putArchiveEntry(new ArArchiveEntry(name, size, 0, 0, 0100644, time.toMillis() / 1000));
  }
}
