package org.inoculum.release;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Archives that are the same from build to build: sorted, of one time, of two permissions. */
final class Archives {
  private static final int OPEN = 0755;
  private static final int CLOSED = 0644;

  private Archives() {}

  /**
   * A zip of a folder, which it unpacks to. Beside the local time of a zip each entry has the time
   * in UTC, which the archive of classes needs.
   */
  static Path zip(Path folder, Path file, FileTime time) throws IOException {
    String top = folder.getFileName() + "/";
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(file.toFile())) {
      out.setLevel(Deflater.DEFAULT_COMPRESSION);
      for (Path path : Tree.below(folder)) {
        boolean isFolder = Files.isDirectory(path);
        ZipArchiveEntry entry =
            new ZipArchiveEntry(top + Tree.nameIn(folder, path) + (isFolder ? "/" : ""));
        entry.setLastModifiedTime(time);
        entry.setUnixMode(mode(path));
        out.putArchiveEntry(entry);
        if (!isFolder) {
          Files.copy(path, out);
        }
        out.closeArchiveEntry();
      }
    }
    return file;
  }

  /** A gzipped tar of what is below a folder, owned by root; links stay links. */
  static void tarGz(Path folder, OutputStream to, FileTime time) throws IOException {
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(gzip(to))) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
      TarArchiveEntry top = new TarArchiveEntry("./");
      settle(top, OPEN, time);
      out.putArchiveEntry(top);
      out.closeArchiveEntry();
      for (Path path : Tree.below(folder)) {
        String name = "./" + Tree.nameIn(folder, path);
        if (Files.isSymbolicLink(path)) {
          TarArchiveEntry link = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
          link.setLinkName(Files.readSymbolicLink(path).toString());
          settle(link, 0777, time);
          out.putArchiveEntry(link);
        } else {
          boolean isFolder = Files.isDirectory(path);
          TarArchiveEntry entry = new TarArchiveEntry(name + (isFolder ? "/" : ""));
          settle(entry, mode(path), time);
          entry.setSize(isFolder ? 0 : Files.size(path));
          out.putArchiveEntry(entry);
          if (!isFolder) {
            Files.copy(path, out);
          }
        }
        out.closeArchiveEntry();
      }
    }
  }

  /** Compresses without a name and a time. */
  static OutputStream gzip(OutputStream to) throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setCompressionLevel(Deflater.DEFAULT_COMPRESSION);
    return new GzipCompressorOutputStream(to, parameters);
  }

  private static void settle(TarArchiveEntry entry, int mode, FileTime time) {
    entry.setIds(0, 0);
    entry.setNames("root", "root");
    entry.setMode(mode);
    entry.setModTime(time.toMillis());
  }

  private static int mode(Path path) throws IOException {
    return Files.isDirectory(path) || Tree.isExecuted(path) ? OPEN : CLOSED;
  }
}
