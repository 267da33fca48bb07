package org.inoculum.run;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inoculum.UserException;
import org.inoculum.files.Protobuf;
import org.inoculum.files.Storage;
import org.inoculum.files.StoredFile;

/**
 * A run as TensorBoard reads it: {@code tensorboard/events.out.tfevents.000001}, … A training that
 * begins or goes on begins the next file with a session start, by which a TensorBoard that is
 * looking on forgets what the last session did after the point where this one goes on; and those
 * events are cut from the earlier files as well, so that no reader sees an iteration twice.
 *
 * <p>Events carry the time of day, so these files are not the same from training to training.
 */
public final class EventFiles {
  private static final String NAME = "events.out.tfevents.";

  // Fields of Event, Summary, Summary.Value, Summary.Image and SessionLog in TensorFlow's protos.
  private static final int FILE_VERSION = 3;
  private static final int SUMMARY = 5;
  private static final int SESSION_LOG = 7;
  private static final int VALUE = 1;
  private static final int TAG = 1;
  private static final int SIMPLE_VALUE = 2;
  private static final int IMAGE = 4;
  private static final int HEIGHT = 1;
  private static final int WIDTH = 2;
  private static final int CHANNELS = 3;
  private static final int ENCODED = 4;
  private static final int STATUS = 1;
  private static final int START = 1;

  private final Path folder;
  private Path file;
  private long lastImageAt = -1;

  /** The event files of a run; {@link #begin} comes before anything is written. */
  public EventFiles(RunDirectory run) {
    folder = run.path().resolve("tensorboard");
    file = folder;
  }

  /**
   * An image in an event.
   *
   * @param tag what it is called
   * @param channels 1 for grey, 3 for colours
   * @param png the file
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once; never compared
  public record TaggedImage(String tag, int width, int height, int channels, byte[] png) {}

  /**
   * Begins a file.
   *
   * @param iteration after which the training goes on; 0 for a training that begins, which shows
   *     its image of iteration 0 again
   */
  public void begin(long iteration) {
    long first = iteration == 0 ? 0 : iteration + 1;
    List<Path> before = files();
    before.forEach(earlier -> cut(earlier, first));
    int number =
        before.isEmpty()
            ? 1
            : 1 + Integer.parseInt(name(before.get(before.size() - 1)).substring(NAME.length()));
    Storage.createFolders(folder);
    file = folder.resolve(String.format(Locale.ROOT, "%s%06d", NAME, number));
    lastImageAt = -1;
    ByteArrayOutputStream start = new ByteArrayOutputStream();
    start.writeBytes(EventRecord.framed(EventRecord.event().text(FILE_VERSION, "brain.Event:2")));
    start.writeBytes(
        EventRecord.framed(
            EventRecord.event(first).message(SESSION_LOG, new Protobuf().number(STATUS, START))));
    Storage.append(file, start.toByteArray());
  }

  /** Appends numbers of an iteration, by their tags. */
  public void scalars(long iteration, Map<String, Double> numbers) {
    Protobuf summary = new Protobuf();
    numbers.forEach(
        (tag, number) ->
            summary.message(
                VALUE, new Protobuf().text(TAG, tag).decimal(SIMPLE_VALUE, number.floatValue())));
    append(iteration, summary);
  }

  /** Appends the image of an iteration, once. */
  public void image(long iteration, TaggedImage tagged) {
    if (lastImageAt == iteration) {
      return;
    }
    lastImageAt = iteration;
    Protobuf image =
        new Protobuf()
            .number(HEIGHT, tagged.height())
            .number(WIDTH, tagged.width())
            .number(CHANNELS, tagged.channels())
            .bytes(ENCODED, tagged.png());
    append(
        iteration,
        new Protobuf()
            .message(VALUE, new Protobuf().text(TAG, tagged.tag()).message(IMAGE, image)));
  }

  /** Waits until all is on the disk: a checkpoint must not be newer than what is told of it. */
  public void force() {
    Storage.force(file);
  }

  private void append(long iteration, Protobuf summary) {
    Storage.append(
        file, EventRecord.framed(EventRecord.event(iteration).message(SUMMARY, summary)));
  }

  /** Those there are, in their order. */
  private List<Path> files() {
    return NumberedFolders.children(folder).stream()
        .filter(path -> name(path).matches(NAME.replace(".", "\\.") + "\\d{6}"))
        .sorted()
        .toList();
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  /** Cuts off events of this iteration and later ones, and a torn one. */
  private static void cut(Path file, long first) {
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(StoredFile.open(file)))) {
      long size = Files.size(file);
      long kept = 0;
      Optional<EventRecord> event = EventRecord.next(in, size);
      while (event.isPresent() && (event.get().step() < first || kept == 0)) {
        kept += event.get().length();
        event = EventRecord.next(in, size - kept);
      }
      if (kept < size) {
        Storage.truncate(file, kept);
      }
    } catch (IOException e) {
      throw UserException.badData("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
