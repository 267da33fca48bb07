package org.inoculum.spark;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.inoculum.generate.GenerationOrigin;
import org.inoculum.generate.Ustar;

/**
 * The part of the finished set that one task writes: the images of a chunk that were taken, as
 * files, or one tar. It depends on which images were taken and on nothing else, so that it may be
 * written twice.
 *
 * @param tar its name; empty for single files
 * @param slices where its images are, in order
 */
record OutputSlice(String tar, List<Slice> slices) implements Serializable {
  private static final long serialVersionUID = 1;

  /** Where the finished set generates. */
  static final String SET = "set/";

  OutputSlice {
    slices = new ArrayList<>(slices); // one that Java can send
  }

  /**
   * Some images of a chunk.
   *
   * @param chunk its number
   * @param images which, counted from the chunk's first
   */
  record Slice(int chunk, BitSet images) implements Serializable {
    private static final long serialVersionUID = 1;
  }

  /**
   * The result of a task.
   *
   * @param name of the tar; empty for single files
   * @param bytes of it
   * @param sha256 of it
   */
  record Done(String name, long bytes, String sha256) implements Serializable {
    private static final long serialVersionUID = 1;
  }

  Done write(Chunks chunks, GenerationOrigin origin, FaultPoint fault) throws IOException {
    return tar.isEmpty() ? files(chunks, origin, fault) : tar(chunks, origin, fault);
  }

  private Done files(Chunks chunks, GenerationOrigin origin, FaultPoint fault) throws IOException {
    for (Slice slice : slices) {
      chunks.read(
          slice.chunk(),
          slice.images(),
          (row, png) -> {
            String name = SET + imageFile(origin, row.index());
            if (chunks.files().length(name) != png.length) {
              chunks.files().write(name, out -> out.write(png));
            }
            fault.at(FaultPoint.Place.ASSEMBLING, slice.chunk());
          });
    }
    return new Done("", 0, "");
  }

  private Done tar(Chunks chunks, GenerationOrigin origin, FaultPoint fault) throws IOException {
    String name = SET + tar;
    if (chunks.files().length(name) < 0) {
      chunks.files().write(name, out -> writeTar(out, chunks, origin, fault));
    }
    HadoopFiles.Written there = chunks.files().stored(name);
    return new Done(tar, there.bytes(), there.sha256());
  }

  private void writeTar(OutputStream out, Chunks chunks, GenerationOrigin origin, FaultPoint fault)
      throws IOException {
    for (Slice slice : slices) {
      chunks.read(
          slice.chunk(),
          slice.images(),
          (row, png) ->
              out.write(origin.tarEntries(row.index(), tar, String.valueOf(row.sha256()), png)));
      fault.at(FaultPoint.Place.ASSEMBLING, slice.chunk());
    }
    out.write(Ustar.end());
  }

  /** Where an image lies in a set of single files. */
  static String imageFile(GenerationOrigin origin, long index) {
    return origin.className(index) + "/" + String.format(Locale.ROOT, "%06d.png", index);
  }
}
