package org.inoculum.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.inoculum.UserException;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Label masks: each value is an object. */
class MaskBoxesTest {
  /** 8 x 6 with objects 1, 2 and 300; 16 bits, as Pillow writes what Cellpose gives it. */
  private static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAGEAAAAACL/lxkAAAAHElEQVR4nGNgQAOMSCQDw38GBiYMSQKAUQdDCABLrgEyoPl4WwAAAABJRU5ErkJggg==";

  /**
   * The same as tifffile writes it for ImageJ, which StarDist's save_tiff_imagej_compatible does.
   */
  private static final String TIFF =
      "SUkqAAgAAAAOAAABBAABAAAACAAAAAEBBAABAAAABgAAAAIBAwABAAAAEAAAAAMBAwABAAAAAQAAAAYBAwABAAAAAQAAAA4BAgA2AAAAtgAAABEBBAABAAAAUAEAABUBAwABAAAAAQAAABYBBAABAAAABgAAABcBBAABAAAAYAAAABoBBQABAAAALAEAABsBBQABAAAANAEAACgBAwABAAAAAQAAADEBAgAMAAAAPAEAAAAAAABJbWFnZUo9MS4xMWEKaW1hZ2VzPTEKaHlwZXJzdGFjaz10cnVlCm1vZGU9Z3JheXNjYWxlCgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAAAAEAAAABAAAAAQAAAHRpZmZmaWxlLnB5AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABAAEAAQABAAAAAAAAAAAAAQABAAEAAgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAALAEAAAAAAAAAAAAAAAAAAAAA";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "set/a_cp_masks.png, cell",
    "set/a_masks.tif, cell",
    "set/a_label.png, cell",
    "masks/a.tif, cell",
    "labels/a.PNG, cell"
  })
  void asToolsWriteThem(String name, String label) throws IOException {
    String content = name.endsWith(".tif") ? TIFF : PNG;
    Path file = write(name, Base64.getDecoder().decode(content));
    if (name.startsWith("set")) {
      write("set/a.png", grey(8, 6, 7)); // the image itself
    }
    Annotations read = read(folder.resolve(name.substring(0, name.indexOf('/'))));
    assertThat(read.format()).isEqualTo(BoxFormat.MASKS);
    String place = file.getFileName() + ", object ";
    assertThat(read.boxes())
        .containsExactly(
            new Box("a", label, 2, 1, 4, 2, false, null, place + 1),
            new Box("a", label, 5, 2, 1, 1, false, null, place + 2),
            new Box("a", label, 7, 4, 1, 1, false, null, place + 300));
    assertThat(read.sizes()).isEqualTo(Map.of("a", new Annotations.Size(8, 6)));
    assertThat(read.notes())
        .containsExactly("each value of a mask is an object; all are called 'cell'");
  }

  @Test
  void theFolderNamesTheClass() throws IOException {
    write("neutrophil/a.png", grey(4, 4, 0, 0, 3, 3, 9));
    write("neutrophil/b.png", grey(4, 4));
    Annotations read =
        Annotations.read(folder.resolve("neutrophil"), BoxFormat.MASKS, null, BoxLimits.DEFAULT);
    assertThat(read.boxes().stream().map(Box::label)).containsOnly("neutrophil");
    assertThat(read.boxes().stream().map(Box::place))
        .containsExactly("a.png, object 3", "a.png, object 9");
    assertThatThrownBy(() -> read(folder.resolve("neutrophil")))
        .hasMessageContaining("--boxes-format masks");
  }

  @Test
  void aMaskThatTellsNoObjectsApart() throws IOException {
    write("masks/a.png", grey(4, 4, 0, 255, 0, 255));
    refused(folder.resolve("masks"), "a.png", "holds only 0 and 255");
    write("masks/a.png", grey(4, 4, 0, 1, 0, 1));
    assertThat(read(folder.resolve("masks")).notes())
        .contains("masks with one value besides 0, which is read as one object: 1");
  }

  @Test
  void masksOfNonsense() throws IOException {
    write("masks/a.png", Png.encode(new Image(2, 2, 3, 8, new short[12])));
    refused(folder.resolve("masks"), "a.png", "is coloured");
    write("masks/a.png", new byte[] {1, 2, 3, 4});
    refused(folder.resolve("masks"), "a.png");
    write("masks/a.png", grey(2, 2, 1));
    write("masks/a.tif", Base64.getDecoder().decode(TIFF));
    refused(folder.resolve("masks"), "are both of 'a'");
  }

  @Test
  void limitsAreNamed() throws IOException {
    short[] all = new short[100];
    for (int i = 0; i < all.length; i++) {
      all[i] = (short) i;
    }
    write("masks/a.png", Png.encode(new Image(10, 10, 1, 16, all)));
    assertThatThrownBy(
            () -> Annotations.read(folder.resolve("masks"), null, null, new BoxLimits(100_000, 98)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("more than 98 boxes");
    assertThat(
            Annotations.read(folder.resolve("masks"), null, null, new BoxLimits(100_000, 99))
                .boxes())
        .hasSize(99);
  }

  /** Valid masks with a few bytes changed: read or refused, nothing else. */
  @Test
  void damagedMasks() throws IOException {
    for (int n = 0; n < 400; n++) {
      RandomStream random = RandomStream.of(n, Purpose.CHECKING, 28);
      byte[] bytes = Base64.getDecoder().decode(n % 2 == 0 ? TIFF : PNG);
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      write("masks/a.tif", bytes);
      try {
        read(folder.resolve("masks"));
      } catch (UserException e) {
        assertThat(e.kind()).isEqualTo(UserException.Kind.BAD_DATA);
        assertThat(e).message().contains("a.tif");
      }
    }
  }

  private static Annotations read(Path source) {
    return Annotations.read(source, null, null, BoxLimits.DEFAULT);
  }

  private static void refused(Path source, String... words) {
    assertThatThrownBy(() -> read(source))
        .isInstanceOf(UserException.class)
        .message()
        .contains(words);
  }

  private static byte[] grey(int width, int height, int... first) {
    short[] samples = new short[width * height];
    for (int i = 0; i < first.length; i++) {
      samples[i] = (short) first[i];
    }
    return Png.encode(new Image(width, height, 1, 8, samples));
  }

  private Path write(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }
}
