package org.inoculum.copies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.inoculum.data.Sample;
import org.inoculum.image.Image;
import org.inoculum.image.Symmetry;
import org.junit.jupiter.api.Test;

class RepeatsTest {
  private static final double LIMIT = 0.1;
  private static final List<Descriptor> IMAGES = images();

  /** 150 drawn bacilli, each third laid down otherwise and slightly brighter among them again. */
  private static List<Descriptor> images() {
    List<Image> images = new ArrayList<>();
    for (Sample sample : DetectionTest.drawn(0, 150).samples()) {
      images.add(sample.image());
    }
    for (int i = 0; i < 150; i += 3) {
      images.add(List.of(Symmetry.values()).get(i % 8).apply(brighter(images.get(i), i % 20)));
    }
    return images.stream().map(Descriptor::of).toList();
  }

  private static Image brighter(Image image, int levels) {
    short[] samples = image.samples().clone();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) Math.min(255, samples[i] + levels);
    }
    return new Image(image.width(), image.height(), image.channels(), 8, samples);
  }

  /** Whatever the limit, the grid finds exactly what a comparison with all finds. */
  @Test
  void nothingIsOverlooked() {
    List<Descriptor> images = IMAGES;
    for (double limit : new double[] {0.02, 0.06, LIMIT, 0.2, 0.5}) {
      Repeats repeats = new Repeats();
      List<Descriptor> taken = new ArrayList<>();
      int found = 0;
      for (Descriptor descriptor : images) {
        boolean repeated = taken.stream().anyMatch(before -> nearer(descriptor, before, limit));
        assertThat(repeats.accepts(descriptor, limit)).isEqualTo(!repeated);
        if (repeated) {
          found++;
        } else {
          taken.add(descriptor);
        }
      }
      assertThat(found).as("repeats within %s", limit).isGreaterThan(20);
    }
  }

  private static boolean nearer(Descriptor descriptor, Descriptor before, double limit) {
    for (Symmetry symmetry : Symmetry.values()) {
      if (descriptor.under(symmetry).distance(before, limit) < limit) {
        return true;
      }
    }
    return false;
  }

  /** The coordinates of two images are never farther apart than the images. */
  @Test
  void invariantsDoNotChangeAndAreNotFartherThanTheImages() {
    List<Descriptor> images = IMAGES;
    for (int i = 0; i + 1 < 100; i++) {
      Descriptor one = images.get(i);
      Descriptor other = images.get(i + 1);
      for (Symmetry symmetry : Symmetry.values()) {
        double distance = one.under(symmetry).distance(other, Double.POSITIVE_INFINITY);
        Invariants laid = Invariants.of(one.under(symmetry));
        assertThat(laid.areFarther(Invariants.of(one), 0)).isFalse();
        assertThat(laid.areFarther(Invariants.of(other), distance)).isFalse();
      }
      assertThat(Invariants.of(one).areFarther(Invariants.of(other), 0.01)).isTrue();
    }
  }

  @Test
  void theExactTextLosesNothing() {
    Descriptor descriptor = IMAGES.get(5);
    Descriptor read = Descriptor.ofExactText(descriptor.exactText(), "test");
    assertThat(read.distance(descriptor, 1)).isZero();
    assertThat(read.exactText()).isEqualTo(descriptor.exactText());
  }
}
