package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.data.Manifest;
import org.inoculum.data.SourceFile;
import org.junit.jupiter.api.Test;

/** A changed data set is named by what has changed, whatever numbers its classes have now. */
class ResumeCheckTest {
  private static final Manifest SAVED = manifest("bacillus/1.png", "coccus/2.png");

  @Test
  void aClassAddedInFrontIsTheOnlyChange() {
    Manifest now = manifest("amoeba/0.png", "bacillus/1.png", "coccus/2.png");
    assertThatThrownBy(() -> ResumeCheck.requireSameData("images", SAVED, now))
        .hasMessageContaining("amoeba/0.png is new")
        .hasMessageNotContaining("has changed");
  }

  @Test
  void aClassTakenAwayInFrontIsTheOnlyChange() {
    assertThatThrownBy(() -> ResumeCheck.requireSameData("images", SAVED, manifest("coccus/2.png")))
        .hasMessageContaining("bacillus/1.png is missing")
        .hasMessageNotContaining("has changed");
  }

  @Test
  void anotherClassOfTheSameFileIsAChange() {
    Manifest now =
        new Manifest(
            "cells",
            16,
            3,
            2,
            List.of(new Manifest.ClassCount("bacillus", 1), new Manifest.ClassCount("rod", 1)),
            "none",
            List.of(
                new SourceFile("bacillus/1.png", "0 bacillus/1.png", 0),
                new SourceFile("coccus/2.png", "0 coccus/2.png", 1)),
            "");
    assertThatThrownBy(() -> ResumeCheck.requireSameData("images", SAVED, now))
        .hasMessageContaining("coccus/2.png has changed")
        .hasMessageNotContaining("bacillus/1.png");
  }

  @Test
  void theSameInAnotherOrderIsNoChange() {
    ResumeCheck.requireSameData("images", SAVED, manifest("coccus/2.png", "bacillus/1.png"));
  }

  /** One file of each class, whose numbers are those of the list. */
  private static Manifest manifest(String... files) {
    List<Manifest.ClassCount> classes = new ArrayList<>();
    List<SourceFile> sources = new ArrayList<>();
    for (String file : files) {
      sources.add(new SourceFile(file, "0 " + file, classes.size()));
      classes.add(new Manifest.ClassCount(file.substring(0, file.indexOf('/')), 1));
    }
    return new Manifest("cells", 16, 3, files.length, classes, "none", sources, "");
  }
}
