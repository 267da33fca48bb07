package org.inoculum.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inoculum.Python;
import org.inoculum.files.Json;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScoredHitsTest {
  private static final double NEAR = 1e-9;

  @TempDir private Path folder;

  @Test
  void averagePrecisionByHand() {
    // Two fields with three cells; found, the surest first: hit, miss, hit. Recalls 1/3 and 2/3 at
    // precisions 1 and 2/3: of 101 recalls 34 (0 to 0.33) at 1, 33 (to 0.66) at 2/3, the rest at 0.
    ScoredHits hits =
        new ScoredHits(
            List.of(
                List.of(new Matching.Found(0.9, true), new Matching.Found(0.3, true)),
                List.of(new Matching.Found(0.5, false))),
            new int[] {2, 1});

    assertThat(hits.averagePrecision(hits.once()))
        .isCloseTo((34 + 33 * 2 / 3.0) / 101, within(NEAR));
    // The first field twice and the second never: as if only it were there.
    assertThat(hits.averagePrecision(new int[] {2, 0})).isCloseTo(1, within(NEAR));
    assertThat(hits.averagePrecision(new int[] {0, 1})).isZero();
    assertThat(hits.count(0, 0.4)).isEqualTo(1);
    assertThat(hits.count(0, 0.3)).isEqualTo(2);
  }

  @Test
  void theThresholdIsChosenOnTheGivenFieldsAlone() {
    ScoredHits hits =
        new ScoredHits(
            List.of(
                List.of(new Matching.Found(0.8, true), new Matching.Found(0.6, false)),
                List.of(new Matching.Found(0.4, true), new Matching.Found(0.2, false))),
            new int[] {1, 1});

    assertThat(hits.breakEven(new boolean[] {true, false})).isCloseTo(0.7, within(NEAR));
    assertThat(hits.breakEven(new boolean[] {false, true})).isCloseTo(0.3, within(NEAR));
    assertThat(hits.breakEven(new boolean[] {true, true})).isCloseTo(0.5, within(NEAR));
    ScoredHits tooFew =
        new ScoredHits(List.of(List.of(new Matching.Found(0.9, true))), new int[] {2});
    assertThat(tooFew.breakEven(new boolean[] {true})).isEqualTo(Peaks.FAINTEST);
    ScoredHits none =
        new ScoredHits(List.of(List.of(new Matching.Found(0.6, false))), new int[] {0});
    assertThat(none.breakEven(new boolean[] {true})).isCloseTo(0.8, within(NEAR));
  }

  @Test
  void ignoredRegionsAndSecondFindsDoNotCountAsCocoHasIt() {
    Rect cell = new Rect(10, 10, 10, 10);
    List<Detection> found =
        List.of(
            new Detection(0, new Rect(11, 10, 10, 10), 0.9),
            new Detection(0, new Rect(10, 11, 10, 10), 0.8),
            new Detection(0, new Rect(52, 50, 10, 10), 0.7),
            new Detection(0, new Rect(80, 80, 10, 10), 0.6));
    List<Rect> ignored = List.of(new Rect(40, 40, 30, 30));

    for (Matching matching : Matching.values()) {
      assertThat(matching.match(found, List.of(cell), ignored, 5))
          .extracting(Matching.Found::hit)
          .containsExactly(true, false, false);
    }
  }

  @Test
  void aCentreInTheBoxOrNearTheCentreIsAMatch() {
    Rect cell = new Rect(0, 0, 40, 6);
    assertThat(Matching.CENTRE.quality(new Rect(30, 0, 4, 6), cell, 5)).isPositive(); // in the box
    assertThat(Matching.CENTRE.quality(new Rect(18, 6, 4, 2), cell, 5)).isPositive(); // near
    assertThat(Matching.CENTRE.quality(new Rect(30, 6, 4, 6), cell, 5)).isZero();
  }

  /** pycocotools evaluates the same made-up boxes: AP at an IoU of 0.5, with ignored regions. */
  @Test
  void averagePrecisionIsThatOfPycocotools() throws IOException {
    List<Map<String, Object>> images = new ArrayList<>();
    List<Map<String, Object>> truth = new ArrayList<>();
    List<Map<String, Object>> results = new ArrayList<>();
    List<List<Matching.Found>> found = new ArrayList<>();
    int[] truths = new int[12];
    for (int i = 0; i < truths.length; i++) {
      RandomStream random = RandomStream.of(7, Purpose.CHECKING, i);
      images.add(Map.of("id", i + 1, "width", 400, "height", 300, "file_name", i + ".png"));
      List<Rect> cells = new ArrayList<>();
      List<Detection> guesses = new ArrayList<>();
      truths[i] = random.nextInt(9);
      for (int k = 0; k < truths[i]; k++) {
        Rect cell = any(random);
        cells.add(cell);
        truth.add(annotation(truth.size() + 1, i + 1, cell, 0));
        for (int n = random.nextInt(3); n > 0; n--) {
          guesses.add(new Detection(0, near(random, cell), random.nextDouble()));
        }
      }
      for (int n = random.nextInt(5); n > 0; n--) {
        guesses.add(new Detection(0, any(random), random.nextDouble()));
      }
      List<Rect> ignored = new ArrayList<>();
      if (i % 3 == 0) {
        Rect region = new Rect(150, 100, 140, 120);
        ignored.add(region);
        truth.add(annotation(truth.size() + 1, i + 1, region, 1));
      }
      for (Detection guess : guesses) {
        Map<String, Object> result = annotation(0, i + 1, guess.box(), 0);
        result.put("score", guess.score());
        results.add(result);
      }
      found.add(Matching.IOU.match(guesses, cells, ignored, 0));
    }
    Path truthFile = folder.resolve("truth.json");
    Path resultFile = folder.resolve("results.json");
    Files.writeString(
        truthFile,
        Json.line(
            Map.of(
                "info",
                Map.of(),
                "images",
                images,
                "annotations",
                truth,
                "categories",
                List.of(Map.of("id", 1, "name", "cell")))));
    Files.writeString(resultFile, Json.line(results));

    ScoredHits hits = new ScoredHits(found, truths);
    double own = hits.averagePrecision(hits.once());
    assertThat(own).isBetween(0.2, 0.9);
    String theirs =
        Python.runWhereFound("pycocotools", "coco_ap.py", truthFile, resultFile).strip();
    assertThat(own).isCloseTo(Double.parseDouble(theirs), within(1e-6));
  }

  private static Rect any(RandomStream random) {
    return new Rect(
        random.nextDouble(0, 360),
        random.nextDouble(0, 260),
        random.nextDouble(5, 40),
        random.nextDouble(5, 40));
  }

  private static Rect near(RandomStream random, Rect cell) {
    return new Rect(
        cell.left() + cell.width() * random.nextDouble(-0.35, 0.35),
        cell.top() + cell.height() * random.nextDouble(-0.35, 0.35),
        cell.width() * random.nextDouble(0.8, 1.2),
        cell.height() * random.nextDouble(0.8, 1.2));
  }

  private static Map<String, Object> annotation(int id, int image, Rect box, int crowd) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("id", id);
    one.put("image_id", image);
    one.put("category_id", 1);
    one.put("bbox", List.of(box.left(), box.top(), box.width(), box.height()));
    one.put("area", box.width() * box.height());
    one.put("iscrowd", crowd);
    return one;
  }
}
