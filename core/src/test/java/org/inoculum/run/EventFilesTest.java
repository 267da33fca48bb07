package org.inoculum.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;
import org.tensorflow.util.SessionLog.SessionStatus;

/** What TensorBoard finds in a run, read with TensorFlow's own classes. */
class EventFilesTest {
  @TempDir private Path folder;
  private RunDirectory run;

  @BeforeEach
  void aRun() {
    run = RunDirectory.create(folder, "events", Map.of("config.json", "{}"));
  }

  @Test
  void aFileBeginsAsAllOfThemDo() throws IOException {
    new EventFiles(run).begin(0);
    byte[] bytes = Files.readAllBytes(ReadEvents.files(run).get(0));
    // The length 24 and its checksum, then the tag of the time: in files of TensorFlow's own.
    assertThat(Arrays.copyOf(bytes, 13))
        .containsExactly(0x18, 0, 0, 0, 0, 0, 0, 0, 0xa3, 0x7f, 0x4b, 0x22, 0x09);
    List<Event> events = ReadEvents.of(run);
    assertThat(events).hasSize(2);
    assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(events.get(0).getWallTime()).isBetween(1.7e9, 1e10);
    assertThat(events.get(1).getSessionLog().getStatus()).isEqualTo(SessionStatus.START);
  }

  @Test
  void numbersAndImagesAreReadBack() {
    EventFiles files = new EventFiles(run);
    files.begin(0);
    files.scalars(300, Map.of("loss/d", 0.25));
    byte[] png = Png.encode(new Image(2, 1, 1, 8, new short[] {0, 255}));
    EventFiles.TaggedImage decoded = new EventFiles.TaggedImage("samples", 2, 1, 1, png);
    files.image(300, decoded);
    files.image(300, decoded); // at the end of a training, perhaps
    List<Event> events = ReadEvents.of(run).subList(2, 4);
    assertThat(events).extracting(Event::getStep).containsExactly(300L, 300L);
    Summary.Value number = ReadEvents.values(events.get(0)).get(0);
    assertThat(number.getTag()).isEqualTo("loss/d");
    assertThat(number.getSimpleValue()).isEqualTo(0.25f);
    Summary.Value image = ReadEvents.values(events.get(1)).get(0);
    assertThat(image.getTag()).isEqualTo("samples");
    assertThat(image.getImage().getWidth()).isEqualTo(2);
    assertThat(image.getImage().getHeight()).isEqualTo(1);
    assertThat(image.getImage().getColorspace()).isEqualTo(1);
    assertThat(image.getImage().getEncodedImageString().toByteArray()).isEqualTo(png);
    assertThat(ReadEvents.of(run)).hasSize(4);
  }

  @Test
  void aTrainingThatGoesOnShowsNoIterationTwice() {
    write(0, 1, 200);
    write(150, 151, 180);
    write(160, 161, 162);
    write(100, 101, 105);
    assertThat(ReadEvents.files(run)).hasSize(4);
    List<Long> steps = ReadEvents.steps(run, "n");
    assertThat(steps).hasSize(105).doesNotHaveDuplicates().isSorted();
    // By these a TensorBoard that has read the rest already forgets it.
    assertThat(ReadEvents.of(run).stream().filter(Event::hasSessionLog).map(Event::getStep))
        .containsExactly(0L, 101L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 30})
  void anEndThatACrashHasTornIsCutOff(int torn) throws IOException {
    write(0, 1, 9);
    Path file = ReadEvents.files(run).get(0);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - torn));
    write(9, 10, 11);
    assertThat(ReadEvents.steps(run, "n")).contains(1L, 7L, 10L, 11L).doesNotContain(9L);

    Files.write(file, new byte[40], StandardOpenOption.APPEND); // as some file systems leave it
    write(11, 12, 12);
    assertThat(ReadEvents.steps(run, "n")).contains(7L, 12L).doesNotHaveDuplicates();
  }

  private void write(long after, long first, long last) {
    EventFiles files = new EventFiles(run);
    files.begin(after);
    for (long step = first; step <= last; step++) {
      files.scalars(step, Map.of("n", 1.0));
    }
    files.force();
  }
}
