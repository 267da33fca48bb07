package org.inoculum.train;

/**
 * A batch in parts that threads compute side by side, and each part in pieces that are computed one
 * after the other and fit the memory. Both follow from the batch alone, so that sums have the same
 * last bits on any number of threads.
 *
 * @param images of the batch
 * @param count of parts
 */
record Parts(int images, int count) {
  /** Each part has gradients of its own to add up, so there are not more than this many. */
  private static final int MOST = 8;

  /** Images of a piece. */
  private static final int CHUNK = 4;

  /** Some images. */
  record Range(int from, int count) {}

  static Parts of(int images) {
    return new Parts(images, Math.max(1, Math.min(MOST, images / CHUNK)));
  }

  /** How many pieces a part has. */
  int chunks(int part) {
    return (size(part) + CHUNK - 1) / CHUNK;
  }

  /** The images of a piece. */
  Range chunk(int part, int chunk) {
    int chunks = chunks(part);
    int from = begin(part) + size(part) * chunk / chunks;
    int to = begin(part) + size(part) * (chunk + 1) / chunks;
    return new Range(from, to - from);
  }

  private int begin(int part) {
    return images * part / count;
  }

  private int size(int part) {
    return begin(part + 1) - begin(part);
  }
}
