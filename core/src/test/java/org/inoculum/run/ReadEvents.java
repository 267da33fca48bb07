package org.inoculum.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;

/**
 * The event files of a run as TensorFlow's own messages. The frames are read by what
 * tensorflow.org/tutorials/load_data/tfrecord says, with a checksum bit by bit.
 */
public final class ReadEvents {
  private ReadEvents() {}

  /** All events, file after file. */
  public static List<Event> of(RunDirectory run) {
    List<Event> events = new ArrayList<>();
    for (Path file : files(run)) {
      events.addAll(in(file));
    }
    return events;
  }

  /** In the order of their names, which is TensorBoard's. */
  static List<Path> files(RunDirectory run) {
    try (Stream<Path> files = Files.list(run.path().resolve("tensorboard"))) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static List<Event> in(Path file) {
    List<Event> events = new ArrayList<>();
    try {
      ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
      while (in.hasRemaining()) {
        byte[] length = new byte[Long.BYTES];
        in.get(length);
        assertThat(in.getInt()).isEqualTo(masked(length));
        byte[] message =
            new byte
                [Math.toIntExact(ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong())];
        in.get(message);
        assertThat(in.getInt()).isEqualTo(masked(message));
        events.add(Event.parseFrom(message));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return events;
  }

  /** Iterations of which a number was told, in the order of the files. */
  public static List<Long> steps(RunDirectory run, String tag) {
    return of(run).stream()
        .filter(event -> values(event).stream().anyMatch(value -> value.getTag().equals(tag)))
        .map(Event::getStep)
        .toList();
  }

  static List<Summary.Value> values(Event event) {
    return event.getSummary().getValueList();
  }

  private static int masked(byte[] bytes) {
    int crc = ~0;
    for (byte one : bytes) {
      crc ^= one & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) == 0 ? 0 : 0x82f63b78); // Castagnoli's polynomial, mirrored
      }
    }
    crc = ~crc;
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }
}
