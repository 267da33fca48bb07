package org.inoculum.spark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.inoculum.files.Sha256;
import org.inoculum.generate.Ustar;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.jspecify.annotations.Nullable;

/**
 * Some images of a synthetic data set, which one task reads: files of a folder, or of one tar, in
 * order.
 *
 * @param tar its name; empty for single files
 * @param images which
 */
record SyntheticImages(String tar, List<Entry> images) implements Serializable {
  private static final long serialVersionUID = 1;

  SyntheticImages {
    images = new ArrayList<>(images); // one that Java can send
  }

  /**
   * An image of the set.
   *
   * @param place its number in the order in which folders are read: by class, then by name
   * @param file relative to the set's folder
   * @param sha256 of the file
   */
  record Entry(int place, String file, String sha256) implements Serializable {
    private static final long serialVersionUID = 1;
  }

  /** Is given an image. */
  @FunctionalInterface
  interface Reader {
    void read(Entry entry, byte[] png) throws IOException;
  }

  /**
   * Reads them.
   *
   * @throws IOException if one is missing or is not the one that was generated
   */
  void read(HadoopFiles set, Reader reader) throws IOException {
    if (tar.isEmpty()) {
      for (Entry entry : images) {
        try (InputStream in = set.open(entry.file())) {
          reader.read(entry, checked(set, entry, in.readAllBytes()));
        }
      }
      return;
    }
    try (InputStream in = new BufferedInputStream(set.open(tar), 1 << 16)) {
      for (Entry entry : images) {
        byte @Nullable [] png = Ustar.next(in, entry.file().substring(tar.length() + 1));
        reader.read(entry, checked(set, entry, png == null ? new byte[0] : png));
      }
    }
  }

  private static byte[] checked(HadoopFiles set, Entry entry, byte[] png) throws IOException {
    if (!Sha256.of(png).equals(entry.sha256())) {
      throw new IOException(
          set + "/" + entry.file() + " is not the image that manifest.jsonl tells of");
    }
    return png;
  }

  static Image decode(Entry entry, byte[] png) {
    return ImageFiles.decode(png, entry.file(), DecodingLimits.DEFAULT);
  }
}
