package org.inoculum.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.inoculum.Python;
import org.inoculum.UserException;
import org.inoculum.annotation.Annotations;
import org.inoculum.annotation.BoxLimits;
import org.inoculum.data.FileProgress;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.Png;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole sets: what is in them, that they are functions of the seed, and what is refused. */
class CompositionTest {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 360;

  @TempDir private Path folder;
  private Path cells;
  private Path ground;
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void drawn() throws IOException {
    cells = Files.createDirectories(folder.resolve("cells"));
    ground = Files.createDirectories(folder.resolve("ground"));
    for (String name : List.of("long", "short")) {
      Files.createDirectories(cells.resolve(name));
      for (int i = 0; i < 6; i++) {
        png(
            cells.resolve(name).resolve(i + ".png"),
            DrawnCell.crop(i + (name.equals("long") ? 0 : 10), 128, Modality.BRIGHTFIELD, 0.9)
                .image());
      }
    }
    for (int i = 0; i < 2; i++) {
      png(
          ground.resolve(i + ".png"),
          DrawnCell.field(i, WIDTH, HEIGHT, Modality.BRIGHTFIELD).image());
    }
  }

  private static void png(Path file, Image image) throws IOException {
    Files.write(file, Png.encode(image));
  }

  private ComposeOptions options(int count, int threads) {
    return new ComposeOptions(
        ground,
        Optional.empty(),
        null,
        count,
        Optional.of("4-9"),
        Optional.empty(),
        Map.of(),
        ComposeOptions.Clusters.ONE,
        true,
        ComposeOptions.Laying.CUT,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        16,
        3,
        threads,
        ComposeRecipe.DEFAULT);
  }

  private Optional<CompositionResult> compose(
      Path out, ComposeOptions options, BooleanSupplier stop) {
    return Composition.compose(
        cells, out, options, Optional.empty(), told::add, FileProgress.NONE, stop);
  }

  private static Map<String, String> contents(Path set) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    for (Path file : CellCutterTest.files(set)) {
      contents.put(set.relativize(file).toString(), Sha256.ofFile(file));
    }
    return contents;
  }

  @Test
  void aSetHoldsWhatItsReadersNeedForAnyNumberOfThreads() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    CompositionResult made = compose(one, options(6, 1), () -> false).orElseThrow();
    compose(two, options(6, 2), () -> false);
    assertThat(contents(one)).isEqualTo(contents(two));
    assertThat(contents(one).keySet())
        .contains(
            "README.md",
            "coco.json",
            "counts.csv",
            "cells.jsonl",
            "data.yaml",
            "composition.json",
            "contact-sheet.png",
            "images/000005.png",
            "masks/000005.png",
            "labels/000005.txt",
            "outlines/000005.txt")
        .noneMatch(name -> name.startsWith("records") || name.equals("progress.json"));
    assertThat(made.modality()).isEqualTo("brightfield");
    assertThat(made.classes()).containsExactly("long", "short");
    assertThat(made.cells()).isBetween(24L, 54L);
    assertThat(made.objects()).isLessThanOrEqualTo(made.cells());
    Annotations read = Annotations.read(one.resolve("coco.json"), null, null, BoxLimits.DEFAULT);
    assertThat(read.boxes()).hasSize((int) made.objects());
    assertThat(read.bad()).isEmpty();
    assertThat(Files.readAllLines(one.resolve("counts.csv"))).hasSize(7);
    assertThat(Files.readAllLines(one.resolve("cells.jsonl"))).hasSize((int) made.cells());
  }

  @Test
  void otherReadersFindTheSame() {
    Path out = folder.resolve("set");
    CompositionResult made = compose(out, options(4, 2), () -> false).orElseThrow();
    Map<?, ?> found =
        Json.parse(
            Python.runWhereFound("pycocotools", "read_composed.py", out).strip(),
            Map.class,
            "python");
    assertThat(found.get("images")).isEqualTo(4);
    assertThat(found.get("categories")).isEqualTo(List.of("long", "short"));
    assertThat(found.get("objects")).isEqualTo((int) made.objects());
    assertThat(found.get("yolo")).isEqualTo((int) made.objects());
    assertThat(found.get("outside")).isEqualTo(0);
    assertThat(found.get("differing")).isEqualTo(0);
  }

  @Test
  void aSmallerSetIsTheBeginningOfALargerOne() throws IOException {
    compose(folder.resolve("small"), options(2, 2), () -> false);
    compose(folder.resolve("large"), options(4, 2), () -> false);
    for (String name : List.of("images/000001.png", "masks/000001.png", "labels/000001.txt")) {
      assertThat(folder.resolve("small").resolve(name))
          .hasSameBinaryContentAs(folder.resolve("large").resolve(name));
    }
  }

  @Test
  void aStoppedSetGoesOnAndIsTheSameAsOneThatWasNotStopped() throws IOException {
    Path whole = folder.resolve("whole");
    Path stopped = folder.resolve("stopped");
    compose(whole, options(5, 1), () -> false);
    int[] asked = new int[1];
    assertThat(compose(stopped, options(5, 1), () -> ++asked[0] > 2)).isEmpty();
    assertThat(stopped).doesNotExist();
    // As if the process had been killed while it wrote the third field.
    Path part = folder.resolve(".stopped.part");
    assertThat(part.resolve("images/000001.png")).exists();
    Files.writeString(part.resolve("images/000002.png"), "torn");
    Files.writeString(part.resolve("records/000002.json"), "{\"index\":");
    assertThat(compose(stopped, options(5, 2), () -> false)).isPresent();
    assertThat(contents(stopped)).isEqualTo(contents(whole));
  }

  @Test
  void anotherCompositionIsNotGoneOnWith() {
    int[] asked = new int[1];
    compose(folder.resolve("set"), options(5, 1), () -> ++asked[0] > 1);
    assertRefused(options(6, 1), "was begun with other cells, ground or options");
  }

  @Test
  void annotatedCellsAreRemovedAndOthersAreIgnored() throws IOException {
    // Three rods: two are annotated, the third one nobody saw.
    png(
        ground.resolve("0.png"),
        DrawnCell.field(0, WIDTH, HEIGHT, Modality.BRIGHTFIELD, 100, 100, 300, 90, 350, 280)
            .image());
    Path boxes = folder.resolve("boxes.csv");
    Files.writeString(
        boxes, "image,label,x,y,width,height\n0.png,long,70,70,60,60\n0.png,long,270,60,60,60\n");
    Path out = folder.resolve("set");
    ComposeOptions plain = options(2, 1);
    ComposeOptions cleaned =
        new ComposeOptions(
            ground,
            Optional.of(boxes),
            null,
            2,
            Optional.of("0-1"),
            Optional.of(Modality.BRIGHTFIELD),
            Map.of("long", 1.0),
            ComposeOptions.Clusters.EACH,
            false,
            ComposeOptions.Laying.CUT,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            16,
            3,
            1,
            plain.recipe());
    CompositionResult made = compose(out, cleaned, () -> false).orElseThrow();
    assertThat(made.replaced()).isEqualTo(2);
    assertThat(made.left()).isZero();
    assertThat(made.suspects()).isEqualTo(1);
    assertThat(made.classes()).containsExactly("long");
    assertThat(out.resolve("replaced.png")).exists();
    Image field = ImageFiles.read(out.resolve("ground/000000.png"), DecodingLimits.DEFAULT);
    assertThat(darkest(field, 70, 70, 60)).isGreaterThan(150);
    assertThat(darkest(field, 320, 250, 60)).isLessThan(120);
    assertThat(Files.readString(out.resolve("coco.json"))).contains("\"iscrowd\":1");
    assertThat(told).anyMatch(line -> line.contains("1 places in the ground"));
  }

  private static int darkest(Image image, int left, int top, int side) {
    int darkest = 255;
    for (int y = top; y < top + side; y++) {
      for (int x = left; x < left + side; x++) {
        darkest = Math.min(darkest, image.sample(x, y, 1));
      }
    }
    return darkest;
  }

  @Test
  void fluorescenceOfSixteenBitsIsAdded() throws IOException {
    for (String name : List.of("long", "short")) {
      for (int i = 0; i < 6; i++) {
        png(
            cells.resolve(name).resolve(i + ".png"),
            sixteenBits(DrawnCell.crop(i, 128, Modality.FLUORESCENCE, 0.9).image()));
      }
    }
    for (int i = 0; i < 2; i++) {
      png(
          ground.resolve(i + ".png"),
          sixteenBits(DrawnCell.field(i, WIDTH, HEIGHT, Modality.FLUORESCENCE).image()));
    }
    Path out = folder.resolve("set");
    CompositionResult made = compose(out, options(1, 1), () -> false).orElseThrow();
    assertThat(made.modality()).isEqualTo("fluorescence");
    Image field = ImageFiles.read(out.resolve("images/000000.png"), DecodingLimits.DEFAULT);
    Image labels = ImageFiles.read(out.resolve("masks/000000.png"), DecodingLimits.DEFAULT);
    assertThat(field.bitDepth()).isEqualTo(16);
    double[] sums = new double[2];
    int[] counts = new int[2];
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int cell = labels.value(i) > 0 ? 1 : 0;
      sums[cell] += field.value(3 * i + 1);
      counts[cell]++;
    }
    assertThat(counts[1]).isPositive();
    assertThat(sums[1] / counts[1]).isGreaterThan(4 * sums[0] / counts[0]);
  }

  private static Image sixteenBits(Image image) {
    short[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (257 * samples[i]);
    }
    return new Image(image.width(), image.height(), image.channels(), 16, samples);
  }

  @Test
  void groundThatIsNoneOrTooSmallIsRefused() throws IOException {
    ground = folder.resolve("nowhere");
    assertRefused(options(1, 1), "is no folder of ground");
    ground = Files.createDirectories(folder.resolve("empty"));
    assertRefused(options(1, 1), "holds no PNG, JPEG or TIFF image");
    ground = Files.createDirectories(folder.resolve("tiny"));
    png(ground.resolve("a.png"), DrawnCell.field(0, 30, 30, Modality.BRIGHTFIELD).image());
    assertRefused(options(1, 1), "a.png is 30 x 30, and the largest cell needs");
  }

  @Test
  void cropsWithoutCellsAreRefusedWithASheet() throws IOException {
    for (String name : List.of("long", "short")) {
      for (int i = 0; i < 6; i++) {
        png(
            cells.resolve(name).resolve(i + ".png"),
            DrawnCell.field(i, 128, 128, Modality.BRIGHTFIELD).image());
      }
    }
    assertRefused(options(1, 1), "none of the 12 crops of");
    assertRefused(options(1, 1), "set-rejected.png shows them");
    assertThat(folder.resolve("set-rejected.png")).exists();
  }

  @Test
  void aClassWithoutCellsIsRefused() {
    ComposeOptions plain = options(1, 1);
    ComposeOptions wanted =
        new ComposeOptions(
            ground,
            Optional.empty(),
            null,
            1,
            plain.perField(),
            Optional.empty(),
            Map.of("round", 2.0),
            plain.clusters(),
            true,
            ComposeOptions.Laying.CUT,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            16,
            3,
            1,
            plain.recipe());
    assertRefused(wanted, "the class round has no cell: there is no crop of it");
  }

  @Test
  void anotherMagnificationIsRefused() throws IOException {
    Path boxes = folder.resolve("boxes.csv");
    Files.writeString(
        boxes,
        "image,label,x,y,width,height\n0.png,long,70,70,250,240\n1.png,long,80,60,260,240\n");
    ComposeOptions plain = options(1, 1);
    ComposeOptions cleaned =
        new ComposeOptions(
            ground,
            Optional.of(boxes),
            null,
            1,
            plain.perField(),
            Optional.empty(),
            Map.of(),
            plain.clusters(),
            true,
            ComposeOptions.Laying.CUT,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            16,
            3,
            1,
            plain.recipe());
    assertRefused(cleaned, "times as large as the cells");
  }

  private void assertRefused(ComposeOptions options, String words) {
    assertThatThrownBy(() -> compose(folder.resolve("set"), options, () -> false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(words)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void rectanglesLieWhereCutCellsLie() throws IOException {
    compose(folder.resolve("cut"), options(2, 1), () -> false);
    ComposeOptions plain = options(2, 1);
    ComposeOptions rectangles =
        new ComposeOptions(
            ground,
            Optional.empty(),
            null,
            2,
            plain.perField(),
            Optional.empty(),
            Map.of(),
            plain.clusters(),
            true,
            ComposeOptions.Laying.RECTANGLE,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            16,
            3,
            1,
            plain.recipe());
    compose(folder.resolve("pasted"), rectangles, () -> false);
    assertThat(contents(folder.resolve("pasted")).get("coco.json"))
        .isEqualTo(contents(folder.resolve("cut")).get("coco.json"));
    assertThat(contents(folder.resolve("pasted")).get("images/000000.png"))
        .isNotEqualTo(contents(folder.resolve("cut")).get("images/000000.png"));
  }
}
