package org.inoculum.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.inoculum.UserException;
import org.inoculum.image.Fit;
import org.inoculum.image.TestImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MNIST's format: sizes, counts and magic numbers are believed only when the bytes agree. */
class IdxTest {
  private static final int IMAGES = 0x0803;
  private static final int LABELS = 0x0801;

  @TempDir Path folder;

  @Test
  void readsImagesAndLabels() throws IOException {
    images(false, TestFolders.idx(IMAGES, new int[] {3, 2, 2}, counting(12)));
    labels(TestFolders.idx(LABELS, new int[] {3}, new byte[] {5, 0, 9}));
    DataSet data = DataSetReader.read(folder, ReadOptions.DEFAULT);
    assertThat(data.size()).isEqualTo(2);
    assertThat(data.channels()).isEqualTo(1);
    assertThat(data.classes()).containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertThat(data.samples()).extracting(Sample::label).containsExactly(5, 0, 9);
    assertThat(data.samples().get(2).source()).isEqualTo("idx#2");
    assertThat(data.samples().get(2).image().samples()).containsExactly(8, 9, 10, 11);
    assertThat(data.manifest().files())
        .extracting(SourceFile::source)
        .containsExactly("train-images-idx3-ubyte", "train-labels-idx1-ubyte");
  }

  @Test
  void readsPackedFilesWithoutLabelsAtAnySize() throws IOException {
    images(true, TestFolders.idx(IMAGES, new int[] {2, 4, 4}, counting(32)));
    ReadOptions options =
        new ReadOptions(OptionalInt.of(8), Fit.PAD, OptionalInt.of(3), Reading.DEFAULT);
    DataSet data = DataSetReader.read(folder, options);
    assertThat(data.samples()).extracting(Sample::label).containsExactly(0, 0);
    assertThat(data.classes()).containsExactly(String.valueOf(folder.getFileName()));
    assertThat(data.samples().get(0).image().width()).isEqualTo(8);
    assertThat(data.samples().get(0).image().channels()).isEqualTo(3);
  }

  @Test
  void refusesWhatDoesNotAddUp() throws IOException {
    images(false, TestFolders.idx(0x0D03, new int[] {3, 2, 2}, counting(12)));
    assertRefused("starts with 00000d03, expected 00000803");
    images(false, TestFolders.idx(IMAGES, new int[] {3, 2, 2}, counting(11)));
    assertRefused("promises 12 bytes of data, but there are only 11");
    images(false, TestFolders.idx(IMAGES, new int[] {3, 2, 2}, counting(13)));
    assertRefused("more data than the 12 bytes");
    images(false, new byte[] {0, 0, 8});
    assertRefused("ends too early");
    images(false, TestFolders.idx(IMAGES, new int[] {1, 2, 2}, counting(4)));
    assertRefused("holds 1 images; at least 2");
    images(false, TestFolders.idx(IMAGES, new int[] {4, 1, 1}, counting(4)));
    assertRefused("holds images of 1 x 1 pixels");
    images(false, TestFolders.idx(IMAGES, new int[] {-1, 28, 28}, counting(4)));
    assertRefused("dimension 0 is 4294967295");
    images(false, TestFolders.idx(IMAGES, new int[] {3, 2, 2}, counting(12)));
    labels(TestFolders.idx(LABELS, new int[] {2}, new byte[] {5, 0}));
    assertRefused("has 2 labels, but train-images-idx3-ubyte has 3 images");
    labels(TestFolders.idx(LABELS, new int[] {3}, new byte[] {5, 0, 10}));
    assertRefused("label 10 at position 2");
  }

  @Test
  void refusesBombsWithoutUnpackingThem() throws IOException {
    int most = Integer.MAX_VALUE;
    images(true, TestFolders.idx(IMAGES, new int[] {most, most, most}, new byte[0]));
    assertRefused("over the limit");
    // A header that promises little, before 64 MB of zeros in 64 kB.
    byte[] bomb = TestFolders.idx(IMAGES, new int[] {2, 2, 2}, new byte[1 << 26]);
    images(true, bomb);
    assertRefused("more data than the 8 bytes");
    images(true, new byte[0]);
    TestFolders.write(folder.resolve("train-images-idx3-ubyte.gz"), new byte[] {1, 2, 3});
    assertRefused("train-images-idx3-ubyte.gz: ");
  }

  @Test
  void refusesImagesBesideIdxFiles() throws IOException {
    images(false, TestFolders.idx(IMAGES, new int[] {3, 2, 2}, counting(12)));
    TestFolders.png(folder.resolve("a.png"), TestImages.waves(4, 4, 1));
    assertThatThrownBy(() -> DataSetReader.read(folder, ReadOptions.DEFAULT))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("both idx files (train-images-idx3-ubyte) and images (a.png)");
  }

  @Test
  void isInspectedLikeAFolder() throws IOException {
    images(false, TestFolders.idx(IMAGES, new int[] {3, 2, 2}, new byte[12]));
    labels(TestFolders.idx(LABELS, new int[] {3}, new byte[] {5, 0, 5}));
    Inspection.Report report = Inspection.inspect(folder, Reading.DEFAULT);
    assertThat(report.classes())
        .containsExactly(new Manifest.ClassCount("0", 1), new Manifest.ClassCount("5", 2));
    assertThat(report.sizes()).containsEntry("2 x 2", 3);
    assertThat(report.exactDuplicates()).containsExactly(List.of("idx#0", "idx#1", "idx#2"));
    assertThat(report.nearlyBlank()).hasSize(3);
    labels(new byte[3]);
    assertThat(Inspection.inspect(folder, Reading.DEFAULT).unreadable()).hasSize(1);
  }

  @Test
  void readsMnist() {
    Path mnist = DataSetReaderTest.realData().resolve("mnist");
    DataSet data = DataSetReader.read(mnist, ReadOptions.DEFAULT);
    assertThat(data.samples()).hasSize(60_000);
    assertThat(data.samples().get(0).label()).isEqualTo(5);
    assertThat(data.size()).isEqualTo(28);
    assertThat(data.manifest().files()).hasSize(2);
  }

  private void images(boolean packed, byte[] content) throws IOException {
    byte[] file = content;
    if (packed) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
        out.write(content);
      }
      file = bytes.toByteArray();
    }
    Files.write(folder.resolve("train-images-idx3-ubyte" + (packed ? ".gz" : "")), file);
  }

  private void labels(byte[] content) throws IOException {
    Files.write(folder.resolve("train-labels-idx1-ubyte"), content);
  }

  private static byte[] counting(int length) {
    byte[] values = new byte[length];
    for (int i = 0; i < length; i++) {
      values[i] = (byte) i;
    }
    return values;
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> DataSetReader.read(folder, ReadOptions.DEFAULT))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.BAD_DATA))
        .hasMessageContaining(message)
        .hasMessageContaining("train-");
  }
}
