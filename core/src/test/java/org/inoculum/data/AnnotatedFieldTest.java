package org.inoculum.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.inoculum.UserException;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnotatedFieldTest {
  private static final String COCO =
      """
      {"images": [{"id": 1, "file_name": "images/a.png", "width": 20, "height": 10},
                  {"id": 2, "file_name": "images/b.png", "width": 20, "height": 10}],
       "categories": [{"id": 1, "name": "cell"}],
       "annotations": [
         {"id": 1, "image_id": 1, "category_id": 1, "bbox": [2, 3, 4, 5], "area": 20, "iscrowd": 0},
         {"id": 2, "image_id": 1, "category_id": 1, "bbox": [9, 1, 6, 6], "area": 36, "iscrowd": 1}]}
      """;

  @TempDir private Path folder;
  private final List<String> notes = new ArrayList<>();

  @BeforeEach
  void draw() throws IOException {
    byte[] image = Png.encode(new Image(20, 10, 1, 8, new short[200]));
    for (String name : List.of("images/a.png", "images/b.png", "labels/a.png")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, image);
    }
  }

  @Test
  void anImageThatCocoListsWithoutCellsIsAFieldWithoutCellsAndCrowdsAreIgnored()
      throws IOException {
    Files.writeString(folder.resolve("coco.json"), COCO);

    List<AnnotatedField> fields = AnnotatedField.read(folder, null, null, notes::add);

    assertThat(fields)
        .extracting(AnnotatedField::source)
        .containsExactly("images/a.png", "images/b.png"); // and no label mask
    assertThat(fields.get(0).boxes()).hasSize(1);
    assertThat(fields.get(0).ignored()).hasSize(1);
    assertThat(fields.get(0).ignored().get(0).left()).isEqualTo(9);
    assertThat(fields.get(1).boxes()).isEmpty();
    assertThat(notes).isEmpty();
  }

  @Test
  void anImageThatATableDoesNotNameIsLeftOutAndTold() throws IOException {
    Files.writeString(
        folder.resolve("boxes.csv"), "image,label,x,y,width,height\nb.png,c,1,1,3,3\n");

    assertThat(AnnotatedField.read(folder, null, "([a-z])[.]png", notes::add))
        .singleElement()
        .satisfies(field -> assertThat(field.group()).isEqualTo("b"));
    assertThat(notes).singleElement().asString().contains("2 images", "left out");
  }

  @Test
  void whatCannotBeUsedIsRefusedByName() throws IOException {
    assertRefused("holds no coco.json");
    Files.writeString(folder.resolve("coco.json"), COCO.replace("images/b.png", "images/c.png"));
    assertRefused("images/c.png");
    Files.writeString(folder.resolve("coco.json"), COCO.replace("[2, 3, 4, 5]", "[2, 3, 0, 5]"));
    assertRefused("annotation 1");
  }

  private void assertRefused(String because) {
    assertThatThrownBy(() -> AnnotatedField.read(folder, null, null, notes::add))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(because);
  }
}
