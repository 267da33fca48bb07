package org.inoculum.generate;

import java.io.Closeable;
import java.io.IOException;

/** Puts images where their format wants them. */
sealed interface SyntheticSetWriter permits FolderWriter, WebDatasetWriter {
  /**
   * Where an image will be, relative to the set's folder; asked before each is written.
   *
   * @param number in the set, which no other image has
   */
  String place(long number, String className, byte[] png);

  /** Writes an image, whose row names its place. */
  void write(GeneratedImage row, byte[] png);

  /**
   * Hands images back that were written, in their order and one at a time: there may be millions.
   */
  Written written();

  /** Images that were written. */
  interface Written extends Closeable {
    /** The file of the next row of the manifest; missing ones are an error. */
    byte[] next(GeneratedImage row) throws IOException;
  }

  /** Writes what tells other programs of the images, once all are there. */
  void finish() throws IOException;
}
