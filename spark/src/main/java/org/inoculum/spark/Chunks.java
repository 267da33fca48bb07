package org.inoculum.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.generate.CandidateImages;
import org.inoculum.generate.CopyCheckResult;
import org.inoculum.generate.Ustar;
import org.jspecify.annotations.Nullable;

/**
 * Candidates on disk, some batches in a chunk: a tar with the files of those that may be taken, and
 * the list of all, which is written last: a chunk is there when its list is. Chunk k holds the same
 * images whoever draws it and however often, so that every retry, every speculative twin and every
 * resumed generation writes the same two files.
 *
 * @param files below the folder of a generation that is not whole yet
 * @param batches of {@link CandidateImages#BATCH} images in a chunk
 */
record Chunks(HadoopFiles files, int batches) implements Serializable {
  private static final long serialVersionUID = 1;

  /** How many images a chunk has. */
  int images() {
    return batches * CandidateImages.BATCH;
  }

  private static String tar(int chunk) {
    return String.format(Locale.ROOT, "chunks/%08d.tar", chunk);
  }

  private static String list(int chunk) {
    return String.format(Locale.ROOT, "chunks/%08d.jsonl", chunk);
  }

  boolean isThere(int chunk) throws IOException {
    return files.exists(list(chunk));
  }

  /** SamplingPlan a chunk, unless it is there. */
  void draw(int chunk, CandidateImages candidates, FaultPoint fault) throws IOException {
    if (isThere(chunk)) {
      return;
    }
    List<ChunkRow> rows = new ArrayList<>();
    files.write(
        tar(chunk),
        out -> {
          rows.clear();
          for (int batch = 0; batch < batches; batch++) {
            long first = (long) chunk * images() + (long) batch * CandidateImages.BATCH;
            for (CandidateImages.Drawn drawn : candidates.batch(first)) {
              CopyCheckResult copyCheckResult = drawn.candidate().copyCheckResult();
              boolean mayBeTaken = copyCheckResult == null || copyCheckResult.rejected() == null;
              if (mayBeTaken) {
                byte[] png = candidates.png(drawn);
                out.write(Ustar.entry(name(drawn.candidate().index()), png));
                rows.add(ChunkRow.of(drawn.candidate(), png.length, Sha256.of(png)));
              } else {
                rows.add(ChunkRow.of(drawn.candidate(), null, null));
              }
            }
            fault.at(FaultPoint.Place.DRAWING, chunk);
          }
          out.write(Ustar.end());
        });
    fault.at(FaultPoint.Place.BETWEEN_TAR_AND_LIST, chunk);
    files.write(
        list(chunk),
        out -> {
          for (ChunkRow row : rows) {
            out.write((Json.line(row) + "\n").getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  private static String name(long index) {
    return index + ".png";
  }

  /** Its candidates, in order. */
  List<ChunkRow> rows(int chunk) throws IOException {
    List<ChunkRow> rows = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(files.open(list(chunk)), StandardCharsets.UTF_8))) {
      for (@Nullable String line = reader.readLine(); line != null; line = reader.readLine()) {
        rows.add(Json.parse(line, ChunkRow.class, list(chunk) + ", line " + (rows.size() + 1)));
      }
    }
    return rows;
  }

  /** Is given the file of an image. */
  @FunctionalInterface
  interface Reader {
    void read(ChunkRow row, byte[] png) throws IOException;
  }

  /**
   * Reads the files of some candidates, in order.
   *
   * @param wanted which, counted from the chunk's first; those have a file
   * @throws IOException if one is not what was drawn
   */
  void read(int chunk, BitSet wanted, Reader reader) throws IOException {
    List<ChunkRow> rows = rows(chunk);
    try (InputStream in = files.open(tar(chunk))) {
      for (int i = wanted.nextSetBit(0); i >= 0; i = wanted.nextSetBit(i + 1)) {
        ChunkRow row = rows.get(i);
        byte @Nullable [] png = Ustar.next(in, name(row.index()));
        if (png == null || !Sha256.of(png).equals(row.sha256())) {
          throw new IOException(
              "image %d in %s/%s is not the one that was drawn; remove %s and %s there and start again with --resume"
                  .formatted(row.index(), files, tar(chunk), tar(chunk), list(chunk)));
        }
        reader.read(row, png);
      }
    }
  }
}
