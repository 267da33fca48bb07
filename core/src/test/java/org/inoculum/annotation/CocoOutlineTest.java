package org.inoculum.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.inoculum.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** COCO annotations whose box must be computed from their segmentation. */
class CocoOutlineTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Polygons: all of them, fractions too.
        "[[10, 20, 30.5, 20, 30, 44]] | 10,20,20.5,24",
        "[[10, 20, 30, 20, 30, 44], [2, 30, 3, 50, 4, 31]] | 2,20,28,30",
        // As pycocotools 2.0 wrote a mask of 50 x 70 with a step at its right; its toBbox says
        // this.
        "{'size': [50, 70], 'counts': 'T8:X1000000000000000000000000000000000000000000000000000000000000000000000000000002H6000000000000000000000000000X?'} | 5,10,55,10",
        "{'size': [9, 7], 'counts': 'm03>N2'} | 3,1,3,4",
        // Runs down the columns of 9 x 7 pixels, as numbers.
        "{'counts': [29, 3, 14, 1, 16], 'size': [9, 7]} | 3,1,3,4",
        "{'size': [4, 5], 'counts': [6, 4, 10]} | 1,0,2,4",
        "{'size': [4, 5], 'counts': [0, 20]} | 0,0,5,4"
      })
  void boxes(String segmentation, String box) throws IOException {
    Annotations read = read(segmentation);
    assertThat(read.bad()).isEmpty();
    Box found = read.boxes().get(0);
    assertThat(List.of(found.left(), found.top(), found.width(), found.height()))
        .isEqualTo(Arrays.stream(box.split(",")).map(Double::valueOf).toList());
    assertThat(read.notes())
        .containsExactly("annotations without a bbox, whose box is that of their segmentation: 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | neither a bbox nor a segmentation",
        "[[1, 2, 3]] | neither a bbox nor a segmentation",
        "[[1, 2, 'x', 4]] | neither a bbox nor a segmentation",
        "[[1, 2, NaN, 4, 5, 6]] | no box of finite numbers",
        "[[1, 2, 1e999, 4, 5, 6]] | no box of finite numbers",
        "[[1, 2]] | is empty",
        "7 | neither a bbox nor a segmentation",
        "null | four numbers",
        "{'size': [4, 5]} | is no mask",
        "{'counts': [20]} | is no mask",
        "{'size': [4], 'counts': [20]} | is no mask",
        "{'size': [4, 5, 6], 'counts': [20]} | is no mask",
        "{'size': [4, 5], 'counts': [-1, 21]} | is no mask",
        "{'size': [4, 5], 'counts': [1.5, 18.5]} | is no mask",
        "{'size': [4, 5], 'counts': [3, 4]} | do not fill 4 rows of 5 columns",
        "{'size': [2147483647, 2147483647], 'counts': [2147483647, 2147483647]} | do not fill",
        "{'size': [0, 0], 'counts': [0, 0]} | do not fill",
        "{'size': [4, 5], 'counts': [20]} | is empty",
        "{'size': [4, 5], 'counts': ''} | do not fill",
        "{'size': [4, 5], 'counts': 'oooooooooooooooo'} | do not fill",
        "{'size': [4, 5], 'counts': '~'} | do not fill",
        "{'size': [4, 5], 'counts': 'P'} | do not fill"
      })
  void outlinesOfNonsense(String segmentation, String reason) throws IOException {
    Annotations read = read(segmentation);
    assertThat(read.boxes()).isEmpty();
    assertThat(read.bad()).singleElement().asString().startsWith("annotation 3: ").contains(reason);
  }

  @Test
  void aBoxThatIsWrittenCounts() throws IOException {
    Annotations read = read("[[10, 20, 30, 20, 30, 44]], 'bbox': [1, 2, 3, 4]");
    assertThat(read.boxes().get(0).left()).isEqualTo(1);
    assertThat(read.notes()).isEmpty();
  }

  @Test
  void runsWithoutEnd() throws IOException {
    assertThat(read("{'size': [4, 5], 'counts': [0" + ",0".repeat(1_100_000) + "]}").bad())
        .singleElement()
        .asString()
        .contains("at most 1048576 runs");
    String text = "0".repeat(70_000);
    assertThatThrownBy(() -> read("{'size': [4, 5], 'counts': '" + text + "'}"))
        .isInstanceOf(UserException.class)
        .message()
        .contains("boxes.json")
        .hasSizeLessThan(700);
  }

  @Test
  void outlinesOfManyPoints() throws IOException {
    assertThat(read("[[1, 2" + ", 7, 9".repeat(100_000) + "]]").boxes().get(0).width())
        .isEqualTo(6);
  }

  private Annotations read(String segmentation) throws IOException {
    String json =
        "{'images': [{'id': 1, 'file_name': 'a.png'}], 'categories': [{'id': 1, 'name': 'rod'}], 'annotations': [{'id': 3, 'image_id': 1, 'category_id': 1, 'segmentation': "
            + segmentation
            + "}]}";
    Path file = folder.resolve("boxes.json");
    Files.write(file, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    return Annotations.read(file, null, null, BoxLimits.DEFAULT);
  }
}
