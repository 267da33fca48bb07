package org.inoculum.spark;

import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files of this module: to any file system of Hadoop's, each file whole under its name
 * or not at all, however often it is written and by how many at once. A file is written under a
 * name of its own, read back, compared, and renamed.
 *
 * <p>{@code files.Storage}, by which everything else writes, is for local disks.
 */
final class HadoopFiles implements Serializable {
  private static final long serialVersionUID = 1;

  private final String root;
  private final TreeMap<String, String> settings = new TreeMap<>();
  private transient @Nullable FileSystem known;

  /**
   * Files below a folder.
   *
   * @param root with or without a scheme, such as {@code hdfs:} or {@code file:}
   * @param configuration that knows the file system
   */
  HadoopFiles(String root, Configuration configuration) {
    this.root = root;
    for (Map.Entry<String, String> entry : configuration) {
      settings.put(entry.getKey(), entry.getValue());
    }
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * A file that was written.
   *
   * @param bytes of the file
   * @param sha256 of them
   */
  record Written(long bytes, String sha256) {}

  /**
   * Writes a file. One that is there already under this name is left: it was written by another
   * attempt at the same.
   *
   * @throws IOException if it cannot be written, or holds something else when it is read back
   */
  Written write(String name, Content content) throws IOException {
    FileSystem system = system();
    Path target = path(name);
    Path temporary = path("attempts/" + UUID.randomUUID());
    try {
      MessageDigest digest = sha256();
      try (OutputStream file = system.create(temporary, true);
          OutputStream out =
              new BufferedOutputStream(new DigestOutputStream(file, digest), 1 << 16)) {
        content.writeTo(out);
      }
      String wanted = HexFormat.of().formatHex(digest.digest());
      Written found = stored(system, temporary);
      if (!found.sha256.equals(wanted)) {
        throw new IOException(
            temporary
                + " does not hold what was written: its SHA-256 is "
                + found.sha256
                + ", expected "
                + wanted);
      }
      system.mkdirs(target.getParent());
      if (!rename(system, temporary, target)) {
        Written before = stored(system, target);
        if (!before.equals(found)) {
          throw new IOException(
              target
                  + " is there and holds something else: SHA-256 "
                  + before.sha256
                  + ", expected "
                  + wanted
                  + "; remove it and start again");
        }
      }
      return found;
    } finally {
      system.delete(temporary, false);
    }
  }

  /** Writes a file in the place of the one that is there, if one is: for the driver only. */
  void replace(String name, Content content) throws IOException {
    delete(name);
    write(name, content);
  }

  /** Writes a text. */
  void write(String name, String text) throws IOException {
    write(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** False where there is something under the new name, and the old one is still there. */
  private static boolean rename(FileSystem system, Path from, Path to) throws IOException {
    try {
      return !system.exists(to) && system.rename(from, to);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static Written stored(FileSystem system, Path path) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[1 << 16];
    long bytes = 0;
    try (InputStream in = new DigestInputStream(system.open(path), digest)) {
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        bytes += length;
      }
    }
    return new Written(bytes, HexFormat.of().formatHex(digest.digest()));
  }

  /** A file's length and SHA-256. */
  Written stored(String name) throws IOException {
    return stored(system(), path(name));
  }

  /** How long a file is; -1 where there is none. */
  long length(String name) throws IOException {
    try {
      FileStatus status = system().getFileStatus(path(name));
      return status.isFile() ? status.getLen() : -1;
    } catch (FileNotFoundException e) {
      return -1;
    }
  }

  /** Opens a file. */
  InputStream open(String name) throws IOException {
    return system().open(path(name), 1 << 16);
  }

  /** Reads a text. */
  String text(String name) throws IOException {
    try (InputStream in = open(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  boolean exists(String name) throws IOException {
    return system().exists(path(name));
  }

  /** Removes a file or a folder with everything in it; one that is not there is fine. */
  void delete(String name) throws IOException {
    system().delete(path(name), true);
  }

  /** Moves a folder of these to a place where nothing is. */
  void moveTo(String name, String target) throws IOException {
    FileSystem system = system();
    Path to = new Path(target);
    if (system.exists(to) || !system.rename(path(name), to)) {
      throw new IOException("cannot move " + path(name) + " to " + to + ": is something there?");
    }
  }

  @Override
  public String toString() {
    return root;
  }

  private Path path(String name) {
    return name.isEmpty() ? new Path(root) : new Path(root, name);
  }

  private synchronized FileSystem system() throws IOException {
    FileSystem system = known;
    if (system == null) {
      Configuration configuration = new Configuration(false);
      settings.forEach(configuration::set);
      system = new Path(root).getFileSystem(configuration);
      if (system instanceof LocalFileSystem) {
        FileSystem disk = new LocalDisk();
        disk.initialize(system.getUri(), configuration);
        system = disk;
      }
      known = system;
    }
    return system;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
