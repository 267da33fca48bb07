package org.inoculum.copies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.image.Image;
import org.inoculum.image.Symmetry;
import org.inoculum.image.TestImages;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.Test;

/** The short way to tell images apart says what all eight comparisons would say. */
class InvariantsTest {
  @Test
  void theyStayTheSameInEveryWayToLayAPictureDown() {
    for (Image image : List.of(DrawnBacilli.draw(3, 1, 64), TestImages.noise(40, 40, 3, 8, 1))) {
      Descriptor descriptor = Descriptor.of(image);
      Invariants invariants = Invariants.of(descriptor);
      for (Symmetry symmetry : Symmetry.values()) {
        Invariants laid = Invariants.of(descriptor.under(symmetry));
        assertThat(laid.areFarther(invariants, 1e-4)).as("%s", symmetry).isFalse();
      }
    }
  }

  /** Of noise, whose pairs lie at all distances once the one is mixed with the other. */
  @Test
  void noPairIsCalledFartherThanItIs() {
    int farther = 0;
    for (int i = 0; i < 300; i++) {
      RandomStream random = RandomStream.of(5, Purpose.CHECKING, i);
      Image one = TestImages.noise(16, 16, 1, 8, 2L * i);
      Image other = mixed(one, TestImages.noise(16, 16, 1, 8, 2L * i + 1), random.nextInt(100));
      Descriptor descriptor = Descriptor.of(one);
      Symmetry symmetry = Symmetry.ofExif(1 + random.nextInt(8));
      Descriptor moved = Descriptor.of(symmetry.apply(other));
      double distance = least(descriptor, moved);
      Invariants invariants = Invariants.of(descriptor);
      assertThat(invariants.areFarther(Invariants.of(moved), distance)).isFalse();
      farther += invariants.areFarther(Invariants.of(moved), distance / 2) ? 1 : 0;
    }
    assertThat(farther).isGreaterThan(250);
  }

  @Test
  void theNearestIsFoundWithItsSymmetry() {
    List<Descriptor> drawn = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      drawn.add(Descriptor.of(DrawnBacilli.draw(1, i, 64)));
    }
    for (Descriptor descriptor : drawn) {
      for (Descriptor other : drawn) {
        double least = least(descriptor, other);
        Query query = new Query(descriptor);
        Query.Nearness found = query.nearerThan(Double.POSITIVE_INFINITY, KnownImage.of(other));
        assertThat(Objects.requireNonNull(found).distance()).isCloseTo(least, within(1e-6));
        assertThat(descriptor.distance(other.under(found.symmetry()), 9))
            .isCloseTo(least, within(1e-6));
        assertThat(query.isNearerThan(least * 0.999, KnownImage.of(other))).isFalse();
        assertThat(query.isNearerThan(least * 1.001 + 1e-6, KnownImage.of(other))).isTrue();
      }
    }
  }

  private static double least(Descriptor descriptor, Descriptor other) {
    double least = Double.POSITIVE_INFINITY;
    for (Symmetry symmetry : Symmetry.values()) {
      least = Math.min(least, descriptor.distance(other.under(symmetry), 9));
    }
    return least;
  }

  private static Image mixed(Image one, Image other, int percent) {
    short[] samples = one.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (((100 - percent) * one.value(i) + percent * other.value(i)) / 100);
    }
    return new Image(one.width(), one.height(), one.channels(), 8, samples);
  }
}
