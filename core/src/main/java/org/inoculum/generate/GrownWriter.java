package org.inoculum.generate;

import java.io.IOException;
import java.util.List;
import java.util.function.BiConsumer;

/** Puts images where their format wants them. */
sealed interface GrownWriter permits FolderWriter, WebDatasetWriter {
  /**
   * Where an image will be, relative to the set's folder; asked before each is written.
   *
   * @param number in the set, which no other image has
   */
  String place(long number, String className, byte[] png);

  /** Writes an image, whose row names its place. */
  void write(GrownImage row, byte[] png);

  /** Hands back images that were written, in their order. */
  void replay(List<GrownImage> rows, BiConsumer<GrownImage, byte[]> each) throws IOException;

  /** Writes what tells other programs of the images, once all are there. */
  void finish() throws IOException;
}
