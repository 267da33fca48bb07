package org.inoculum.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Fit;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.TestImages;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {
  @TempDir Path temporary;
  private Path source;
  private Path out;

  @BeforeEach
  void folders() {
    source = temporary.resolve("source");
    out = temporary.resolve("made/out");
    TestFolders.png(source.resolve("b.png"), TestImages.blobs(40, 1));
    TestFolders.png(source.resolve("c.png"), TestImages.noise(30, 20, 1, 16, 1));
  }

  @Test
  void writesSquaresUnderTheirNames() throws IOException {
    TestFolders.write(source.resolve("a.jpg"), TestImages.jpeg(TestImages.blobs(20, 1), 1, false));
    Preparation.Report report = prepare(OfflineAugmentation.NONE);
    assertThat(names(out)).containsExactly("a.png", "b.png", "c.png", "prepare.json");
    assertThat(report.images()).isEqualTo(3);
    Image grey = ImageFiles.read(out.resolve("c.png"), DecodingLimits.DEFAULT);
    assertThat(grey.toString()).isEqualTo("16 x 16 x 1, 16 bit");
    PreparationRecord record = PreparationRecord.read(out.resolve("prepare.json"));
    assertThat(record.program()).isEqualTo(Inoculum.program());
    assertThat(record.fit()).isEqualTo("crop");
    assertThat(record.files()).hasSize(3);
  }

  @Test
  void writesTenOfEachInTheirClass() throws IOException {
    Path classes = temporary.resolve("classes");
    TestFolders.png(classes.resolve("x/a.png"), TestImages.blobs(16, 1));
    TestFolders.png(classes.resolve("y/a.png"), TestImages.blobs(16, 2));
    Preparation.Report report =
        Preparation.prepare(classes, out, options(OfflineAugmentation.ARTICLE));
    assertThat(names(out)).containsExactly("prepare.json", "x", "y");
    assertThat(names(out.resolve("x"))).hasSize(10).contains("a_00.png", "a_09.png");
    assertThat(ImageFiles.read(out.resolve("y/a_00.png"), DecodingLimits.DEFAULT))
        .isEqualTo(TestImages.blobs(16, 2));
    assertThat(report.images()).isEqualTo(20);
    assertThat(report.classes()).contains(new Manifest.ClassCount("x", 10));
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    prepare(OfflineAugmentation.ANY_ANGLE);
    Path again = temporary.resolve("again");
    Preparation.prepare(source, again, options(OfflineAugmentation.ANY_ANGLE));
    assertThat(names(again)).isEqualTo(names(out)).hasSize(9);
    for (String name : names(out)) {
      assertThat(again.resolve(name)).hasSameBinaryContentAs(out.resolve(name));
    }
  }

  @Test
  void namesThatDifferInEndingOrCaseOnlyStayApart() {
    UniqueNames names = new UniqueNames();
    assertThat(
            Stream.of("A.png", "a.jpg", "a.png", "a~2.png", "é.png", "e\u0301.png", "b.c.png")
                .map(name -> names.of(Path.of(name))))
        .containsExactly("A", "a~2", "a~3", "a~2~2", "é", "e\u0301~2", "b.c");
  }

  @Test
  void refusesToWriteIntoTheSourceOrOverAnything() throws IOException {
    for (Path place : List.of(source, source.resolve("deep/out"), source.resolve("../source/x"))) {
      assertThatThrownBy(
              () -> Preparation.prepare(source, place, options(OfflineAugmentation.NONE)))
          .isInstanceOfSatisfying(
              UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.USAGE))
          .hasMessageContaining("lies in the source");
    }
    Files.createDirectories(out);
    assertThatThrownBy(() -> prepare(OfflineAugmentation.NONE))
        .isInstanceOfSatisfying(
            UserException.class, e -> assertThat(e.kind()).isEqualTo(UserException.Kind.USAGE))
        .hasMessageContaining("exists already");
  }

  @Test
  void leavesNothingBehindWhenAFileIsBad() throws IOException {
    TestFolders.write(source.resolve("z.png"), "text".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(() -> prepare(OfflineAugmentation.ARTICLE))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("z.png: not a PNG, JPEG or TIFF");
    assertThat(out).doesNotExist();
    assertThat(names(temporary.resolve("made"))).isEmpty();
  }

  private Preparation.Report prepare(OfflineAugmentation augmentation) {
    return Preparation.prepare(source, out, options(augmentation));
  }

  private static PrepareOptions options(OfflineAugmentation augmentation) {
    return new PrepareOptions(16, Fit.CROP, augmentation, 4, 7, Reading.DEFAULT);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    }
  }
}
