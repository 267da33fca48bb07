package org.inoculum.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.annotation.BoxLimits;
import org.inoculum.files.Json;
import org.inoculum.image.Effort;
import org.inoculum.image.Fit;
import org.inoculum.image.Image;
import org.inoculum.image.Symmetry;
import org.inoculum.image.TestImages;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A data set in two, from whole images and from fields of view. */
class HoldOutTest {
  @TempDir Path temporary;

  @Test
  void writesTwoDataSetsOfTheWantedShares() throws IOException {
    Path source = temporary.resolve("cells");
    for (int i = 0; i < 20; i++) {
      TestFolders.png(source.resolve("x/P%02d.png".formatted(i)), TestImages.blobs(16, i));
      TestFolders.png(source.resolve("y/P%02d.png".formatted(i)), TestImages.blobs(16, 100 + i));
    }
    Path out = temporary.resolve("out");
    Preparation.Report report =
        prepare(source, out, new Cutting.Whole(), null, 0.25, NearDuplicateRule.REFUSE);
    SplitRecord split = java.util.Objects.requireNonNull(report.split());
    assertThat(split.heldOut())
        .isEqualTo(
            new SplitRecord.Side(
                10, 10, List.of(new Manifest.ClassCount("x", 5), new Manifest.ClassCount("y", 5))));
    assertThat(split.training().images()).isEqualTo(30);
    assertThat(split.reached()).isEqualTo(0.25);
    assertThat(Json.read(out.resolve("split.json"), SplitRecord.class)).isEqualTo(split);
    assertThat(names(out)).containsExactly("held-out", "split.json", "train");
    assertThat(names(out.resolve("held-out"))).containsExactly("prepare.json", "x", "y");
    Set<String> all = new HashSet<>(files(out.resolve("train")));
    assertThat(all).hasSize(30).doesNotContainAnyElementsOf(files(out.resolve("held-out")));
    all.addAll(files(out.resolve("held-out")));
    assertThat(all).isEqualTo(files(source));
    PreparationRecord record = PreparationRecord.read(out.resolve("held-out/prepare.json"));
    assertThat(record.side()).isEqualTo("held-out");
    assertThat(record.files()).hasSize(10);
    assertThat(record.files().stream().map(SourceFile::label)).containsOnly(0, 1);
    refused(
        () -> DataSetReader.read(out, ReadOptions.DEFAULT),
        "out is a data set in two; name train or held-out in it");
    assertThat(DataSetReader.read(out.resolve("train"), ReadOptions.DEFAULT.withSize(16)).classes())
        .containsExactly("x", "y");
  }

  @Test
  void whatIsHeldOutIsNotAugmented() throws IOException {
    Path source = temporary.resolve("cells");
    for (int i = 0; i < 8; i++) {
      TestFolders.png(source.resolve(i + ".png"), TestImages.blobs(16, i));
    }
    Path out = temporary.resolve("out");
    Preparation.Report report =
        Preparation.prepare(
            source,
            out,
            new PrepareOptions(
                16,
                Fit.CROP,
                OfflineAugmentation.ARTICLE,
                10,
                0,
                Reading.DEFAULT,
                new Cutting.Whole(),
                "[0-9]",
                new HoldOut(0.25, NearDuplicateRule.REFUSE)));
    assertThat(report.images()).isEqualTo(62);
    assertThat(files(out.resolve("held-out"))).hasSize(2);
    assertThat(FolderOrigin.of(out.resolve("held-out")).augmentation())
        .isEqualTo(OfflineAugmentation.NONE);
    assertThat(FolderOrigin.of(out.resolve("train")).augmentation())
        .isEqualTo(OfflineAugmentation.ARTICLE);
    assertThat(Json.readLines(out.resolve("train/origins.jsonl"), ImageOrigin.class)).hasSize(60);
  }

  /** Random fields of random patients with random boxes: no patient is ever on both sides. */
  @Test
  void aGroupIsNeverOnBothSides() throws IOException {
    for (int n = 0; n < 40; n++) {
      RandomStream random = RandomStream.of(n, Purpose.CHECKING, 5);
      Path source = temporary.resolve("fields" + n);
      StringBuilder boxes = new StringBuilder("image,x,y,width,height,label,slide\n");
      int count = 4 + random.nextInt(8);
      int patients = 2 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        int patient = i < patients ? i : random.nextInt(patients);
        String name = "P%d_%d.png".formatted(patient, i);
        TestFolders.png(source.resolve(name), TestImages.noise(24, 24, 3, 8, 100L * n + i));
        for (int b = 1 + random.nextInt(3); b > 0; b--) {
          boxes.append(
              "%s,%d,%d,8,8,%s,S%d%n"
                  .formatted(
                      name, random.nextInt(16), random.nextInt(16), b == 1 ? "a" : "b", patient));
        }
      }
      Path csv = text("boxes" + n + ".csv", boxes.toString().replace("\r", ""));
      int way = n % 4;
      Cutting cutting =
          way == 3
              ? new Cutting.Tiles(8, 8, 1000)
              : new Cutting.Boxes(csv, null, 0, BoxLimits.DEFAULT, way == 1 ? "slide" : null);
      String groupBy = way == 0 || way == 3 ? "^(P[0-9]+)_" : null;
      Path out = temporary.resolve("out" + n);
      try {
        prepare(source, out, cutting, groupBy, 0.3, NearDuplicateRule.IGNORE);
      } catch (UserException e) {
        assertThat(e).hasMessageContaining("has all images of a class");
        continue;
      }
      List<ImageOrigin> training =
          Json.readLines(out.resolve("train/origins.jsonl"), ImageOrigin.class);
      List<ImageOrigin> heldOut =
          Json.readLines(out.resolve("held-out/origins.jsonl"), ImageOrigin.class);
      assertThat(training).isNotEmpty();
      assertThat(heldOut).isNotEmpty();
      assertThat(keys(training, way)).doesNotContainAnyElementsOf(keys(heldOut, way));
      assertThat(sources(training)).doesNotContainAnyElementsOf(sources(heldOut));
      for (ImageOrigin origin : training) {
        assertThat(out.resolve("train").resolve(origin.file())).exists();
      }
    }
  }

  /** The patient where patients are groups, else the field. */
  private static Set<String> keys(List<ImageOrigin> origins, int way) {
    Set<String> keys = new HashSet<>();
    for (ImageOrigin origin : origins) {
      keys.add(way == 2 ? origin.source() : origin.source().substring(0, 2));
    }
    return keys;
  }

  private static Set<String> sources(List<ImageOrigin> origins) {
    Set<String> sources = new HashSet<>();
    origins.forEach(origin -> sources.add(origin.source()));
    return sources;
  }

  @Test
  void nearDuplicatesOnBothSidesAreRefusedOrJoined() throws IOException {
    Path source = temporary.resolve("cells");
    for (int i = 0; i < 12; i++) {
      TestFolders.png(source.resolve("c%02d.png".formatted(i)), TestImages.blobs(32, i));
    }
    // The one half in file after file turned and brighter, so that some pair lies across any split.
    for (int i = 0; i < 12; i++) {
      Image turned =
          Symmetry.ofExif(1 + i % 8).apply(TestImages.brighter(TestImages.blobs(32, i), 12));
      TestFolders.png(source.resolve("d%02d.png".formatted(i)), turned);
    }
    Path out = temporary.resolve("out");
    refused(
        () -> prepare(source, out, new Cutting.Whole(), null, 0.5, NearDuplicateRule.REFUSE),
        "pairs of images across the split show nearly the same: ",
        ".png and ",
        "--group-by",
        "--near-duplicates together");
    assertThat(out).doesNotExist();
    Preparation.Report joined =
        prepare(source, out, new Cutting.Whole(), null, 0.5, NearDuplicateRule.TOGETHER);
    for (String side : List.of("train", "held-out")) {
      Set<String> files = files(out.resolve(side));
      assertThat(files).hasSize(12);
      for (String file : files) {
        String name = file.substring("cells/".length()); // the class of the folder that was split
        String twin = "cells/" + (name.startsWith("c") ? "d" : "c") + name.substring(1);
        assertThat(files).contains(twin);
      }
    }
    assertThat(joined.notes())
        .contains("12 groups were joined to others, since they show nearly the same");
    assertThat(
            prepare(
                    source,
                    temporary.resolve("by"),
                    new Cutting.Whole(),
                    "[0-9]+",
                    0.5,
                    NearDuplicateRule.REFUSE)
                .images())
        .isEqualTo(24);
    assertThat(
            prepare(
                    source,
                    temporary.resolve("ignored"),
                    new Cutting.Whole(),
                    null,
                    0.5,
                    NearDuplicateRule.IGNORE)
                .images())
        .isEqualTo(24);
  }

  @Test
  void plainTilesAreNoDuplicates() throws IOException {
    Path source = temporary.resolve("fields");
    for (int i = 0; i < 6; i++) {
      short[] ground = TestImages.blobs(32, i).samples();
      short[] field = new short[64 * 32 * 3]; // a cell on the left, plain ground on the right
      java.util.Arrays.fill(field, (short) (200 + i));
      for (int y = 0; y < 32; y++) {
        System.arraycopy(ground, y * 96, field, y * 192, 96);
      }
      TestFolders.png(source.resolve(i + ".png"), new Image(64, 32, 3, 8, field));
    }
    Preparation.Report report =
        prepare(
            source,
            temporary.resolve("out"),
            new Cutting.Tiles(32, 32, 100),
            null,
            0.34,
            NearDuplicateRule.REFUSE);
    assertThat(report.images()).isEqualTo(12);
  }

  @Test
  void whatWasCutIsSplitByItsFieldsLater() throws IOException {
    Path source = temporary.resolve("fields");
    for (int i = 0; i < 6; i++) {
      TestFolders.png(source.resolve(i + ".png"), TestImages.noise(32, 32, 3, 8, i));
    }
    Path cut = temporary.resolve("cut");
    Preparation.prepare(
        source,
        cut,
        new PrepareOptions(
            16,
            Fit.CROP,
            OfflineAugmentation.NONE,
            1,
            0,
            Reading.DEFAULT,
            new Cutting.Tiles(16, 16, 100),
            null,
            null));
    Path out = temporary.resolve("out");
    Preparation.Report report =
        prepare(cut, out, new Cutting.Whole(), null, 0.3, NearDuplicateRule.REFUSE);
    assertThat(java.util.Objects.requireNonNull(report.split()).heldOutGroups()).hasSize(2);
    assertThat(files(out.resolve("held-out"))).hasSize(8);
    Set<String> groups = new HashSet<>();
    Json.readLines(out.resolve("train/origins.jsonl"), ImageOrigin.class)
        .forEach(origin -> groups.add(origin.group()));
    assertThat(groups).hasSize(4).doesNotContainAnyElementsOf(report.split().heldOutGroups());
  }

  @Test
  void whatCannotBeSplitIsRefused() throws IOException {
    Path source = temporary.resolve("cells");
    for (int i = 0; i < 6; i++) {
      TestFolders.png(
          source.resolve((i < 3 ? "x" : "y") + "/S1_" + i + ".png"), TestImages.blobs(16, i));
    }
    Path out = temporary.resolve("out");
    Cutting whole = new Cutting.Whole();
    refused(
        () -> prepare(source, out, whole, "S1", 0.5, NearDuplicateRule.REFUSE),
        "all images are of one group, which cannot be split");
    refused(
        () -> prepare(source, out, whole, "^(x|y)/", 0.5, NearDuplicateRule.REFUSE),
        "each of the 2 groups has all images of a class");
    Preparation.Report little = prepare(source, out, whole, null, 0.01, NearDuplicateRule.REFUSE);
    assertThat(java.util.Objects.requireNonNull(little.split()).heldOut().images()).isEqualTo(1);
    assertThat(little.notes())
        .singleElement()
        .asString()
        .matches("none of the 3 images of class [xy] is held out");
  }

  @Test
  void anImageCannotBelongToTwoGroups() throws IOException {
    Path source = temporary.resolve("fields");
    TestFolders.png(source.resolve("a.png"), TestImages.blobs(32, 1));
    Path csv = text("b.csv", "image,x,y,width,height,slide\na.png,0,0,8,8,S1\na.png,8,8,8,8,S2\n");
    refused(
        () ->
            prepare(
                source,
                temporary.resolve("out"),
                new Cutting.Boxes(csv, null, 0, BoxLimits.DEFAULT, "slide"),
                null,
                0.5,
                NearDuplicateRule.REFUSE),
        "a.png belongs to the group 'S1' (line 2) and to 'S2' (line 3)");
  }

  /**
   * The figures in docs/guide/fields.md are of tiles of real smears, which are not in the project.
   */
  @Test
  @Tag("slow")
  void manyImagesAreSearchedInSeconds() {
    List<Thumbnail> thumbnails = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      thumbnails.add(Thumbnail.of(TestImages.blobs(24, i)));
    }
    int[] asked = new int[1];
    Effort effort =
        Effort.of(
            () ->
                NearDuplicates.search(
                    thumbnails,
                    new NearDuplicates.Pairs() {
                      @Override
                      public boolean matter(int one, int other) {
                        asked[0]++;
                        return one % 5 == 0 != (other % 5 == 0);
                      }

                      @Override
                      public void near(int one, int other, double distance) {}
                    }));
    assertThat(asked[0]).isGreaterThan(100_000);
    assertThat(effort.cpuSeconds()).isLessThan(5);
  }

  private static Preparation.Report prepare(
      Path source,
      Path out,
      Cutting cutting,
      @Nullable String groupBy,
      double share,
      NearDuplicateRule near) {
    return Preparation.prepare(
        source,
        out,
        new PrepareOptions(
            16,
            Fit.CROP,
            OfflineAugmentation.NONE,
            1,
            0,
            Reading.DEFAULT,
            cutting,
            groupBy,
            new HoldOut(share, near)));
  }

  private Path text(String name, String content) {
    return TestFolders.write(temporary.resolve(name), content.getBytes(StandardCharsets.UTF_8));
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable work, String... words) {
    assertThatThrownBy(work)
        .isInstanceOf(UserException.class)
        .message()
        .contains(words)
        .doesNotContain("\n");
  }

  /** Paths of all PNG files below a folder. */
  private static Set<String> files(Path folder) throws IOException {
    try (Stream<Path> below = Files.walk(folder)) {
      Set<String> files = new HashSet<>();
      below
          .filter(file -> file.toString().endsWith(".png"))
          .forEach(file -> files.add(folder.relativize(file).toString()));
      return files;
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).sorted().toList();
    }
  }
}
