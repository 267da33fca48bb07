package org.inoculum.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.image.Image;
import org.junit.jupiter.api.Test;

class SplitTest {
  /** 60 images of one class, 18 of another, 2 of a third. */
  private final DataSet data = data(60, 18, 2);

  @Test
  void everyImageIsOnOneSideAndClassesKeepTheirShares() {
    Split split = Split.of(data, 8, 3);
    List<String> all = new ArrayList<>();
    split.training().samples().forEach(sample -> all.add(sample.source()));
    split.heldOut().samples().forEach(sample -> all.add(sample.source()));
    assertThat(all)
        .containsExactlyInAnyOrderElementsOf(data.samples().stream().map(Sample::source).toList());
    assertThat(counts(split.heldOut())).containsExactly(6, 2, 0);
    assertThat(split.heldOut().files()).hasSize(8);
    assertThat(split.training().classes()).isEqualTo(data.classes());
  }

  @Test
  void theSeedDecidesWhichOnes() {
    assertThat(Split.of(data, 8, 3)).isEqualTo(Split.of(data, 8, 3));
    assertThat(Split.of(data, 8, 4)).isNotEqualTo(Split.of(data, 8, 3));
  }

  @Test
  void everyClassKeepsOneToTrainOn() {
    assertThat(counts(Split.of(data, 79, 0).training())).allMatch(count -> count >= 1);
  }

  @Test
  void groupsStayTogether() {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String source = i + ".png";
      samples.add(
          new Sample(source, i % 2, new Image(1, 1, 1, 8, new short[1]), source, "field " + i / 5));
    }
    DataSet grouped =
        new DataSet(
            "made up", List.of("a", "b"), 1, 1, samples, OfflineAugmentation.NONE, List.of());
    assertThat(grouped.groups()).isEqualTo(12);
    Split split = Split.of(grouped, 15, 3);
    assertThat(split.heldOut().samples()).hasSize(15);
    assertThat(split.heldOut().groups()).isEqualTo(3);
    assertThat(split.training().samples().stream().map(Sample::group))
        .doesNotContainAnyElementsOf(
            split.heldOut().samples().stream().map(Sample::group).toList());
    assertThat(split.heldOut().files()).hasSize(15);
  }

  private static List<Integer> counts(DataSet part) {
    return part.manifest().classes().stream().map(Manifest.ClassCount::images).toList();
  }

  private static DataSet data(int... counts) {
    List<Sample> samples = new ArrayList<>();
    List<String> classes = new ArrayList<>();
    for (int label = 0; label < counts.length; label++) {
      classes.add("class " + label);
      for (int i = 0; i < counts[label]; i++) {
        String source = label + "/" + i + ".png";
        samples.add(new Sample(source, label, new Image(1, 1, 1, 8, new short[1]), source));
      }
    }
    return new DataSet("made up", classes, 1, 1, samples, OfflineAugmentation.NONE, List.of());
  }
}
