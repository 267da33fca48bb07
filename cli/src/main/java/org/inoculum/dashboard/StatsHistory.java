package org.inoculum.dashboard;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.files.NumberLines;

/**
 * One {@code stats.jsonl}, of which only what is new is read again. Resuming cuts the file and a
 * training that goes back does as well: then it is read from its beginning.
 */
final class StatsHistory {
  private static final int CHUNK = 1 << 20;

  /** A line without its end that is longer is not one of ours. */
  private static final int LONGEST_LINE = 1 << 16;

  /** Bytes before the place reached, by which it is known that they are still the same. */
  private static final int MARK = 64;

  /** Bytes that are read for one answer at most; the page asks again. */
  private static final long MOST_AT_ONCE = 64L << 20;

  private Buckets buckets = new Buckets();
  private long offset;
  private byte[] mark = new byte[0];
  private int answeredPoints;
  private long answeredOffset = -1;
  private String answered = "";

  /**
   * The curves that are drawn.
   *
   * @param lines of the file that were read
   * @param whole whether that is all of them
   * @param curves by the name of the number; iteration, kimg and seconds among them
   */
  record Curves(long lines, boolean whole, Map<String, Buckets.Curve> curves) {}

  /** As {@link #read}, as JSON; made anew only when there is something new. */
  synchronized String json(Path file, int points) {
    Curves curves = read(file, points);
    if (answeredOffset != offset || answeredPoints != points) {
      answered = Json.line(curves);
      answeredOffset = offset;
      answeredPoints = points;
    }
    return answered;
  }

  /** Reads what is new, and gives so many points of each curve at most. */
  synchronized Curves read(Path file, int points) {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long length = in.length();
      if (length < offset || !marked(in)) {
        buckets = new Buckets();
        offset = 0;
        mark = new byte[0];
        answeredOffset = -1;
      }
      long until = Math.min(length, offset + MOST_AT_ONCE);
      catchUp(in, until);
      return new Curves(buckets.lines(), until == length, buckets.curves(points));
    } catch (IOException e) {
      throw UserException.badData("cannot read stats.jsonl: " + e.getMessage(), e);
    }
  }

  private boolean marked(RandomAccessFile in) throws IOException {
    byte[] there = new byte[mark.length];
    in.seek(offset - mark.length);
    in.readFully(there);
    return Arrays.equals(there, mark);
  }

  private void catchUp(RandomAccessFile in, long until) throws IOException {
    byte[] chunk = new byte[(int) Math.min(CHUNK, Math.max(0, until - offset))];
    while (offset < until) {
      in.seek(offset);
      int length = (int) Math.min(chunk.length, until - offset);
      in.readFully(chunk, 0, length);
      int taken = lines(chunk, length);
      if (taken == 0) {
        if (length < LONGEST_LINE) {
          return; // the last line is being written
        }
        taken = length;
      }
      offset += taken;
      mark = Arrays.copyOfRange(chunk, Math.max(0, taken - MARK), taken);
    }
  }

  /** Takes the whole lines; the number of bytes that they are. */
  private int lines(byte[] chunk, int length) {
    int start = 0;
    for (int end = 0; end < length; end++) {
      if (chunk[end] == '\n') {
        if (NumberLines.read(chunk, start, end - start, buckets::number)) {
          buckets.endLine();
        }
        start = end + 1;
      }
    }
    return start;
  }
}
