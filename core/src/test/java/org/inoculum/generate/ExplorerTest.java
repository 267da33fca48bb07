package org.inoculum.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.inoculum.UserException;
import org.inoculum.data.FileProgress;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.model.Latents;
import org.inoculum.model.SeedAndIndex;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.torch.Engine;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplorerTest extends TorchTest {
  private static final Optional<String> ALL = Optional.empty();

  @TempDir private Path folder;

  private static Explorer open(RunDirectory run) {
    return Explorer.open(
        run, SnapshotChoice.BEST, Engine.start(1, PrecisionChoice.F32), warning -> {});
  }

  @Test
  void whatIsDrawnIsWhatWouldBeGenerated() {
    RunDirectory run = MadeRun.in(folder, 3, "bacillus");
    for (double truncation : new double[] {Latents.NO_TRUNCATION, 0.5}) {
      Path out = folder.resolve("generated" + truncation);
      GenerateOptions options =
          new GenerateOptions(
              70,
              9,
              1,
              PrecisionChoice.F32,
              false,
              SnapshotChoice.BEST,
              ALL,
              SyntheticFormat.FOLDER,
              Shard.WHOLE,
              false,
              GenerateOptions.TAR_BYTES,
              OptionalInt.empty(),
              truncation);
      Generation.generate(
          run, out, options, Optional.empty(), warning -> {}, FileProgress.NONE, () -> false);
      try (Explorer explorer = open(run)) {
        List<Image> drawn = explorer.draw(9, 64, ALL, truncation);
        assertThat(drawn).hasSize(Explorer.IMAGES);
        for (int i = 64; i < 70; i++) {
          assertThat(drawn.get(i - 64))
              .isEqualTo(
                  ImageFiles.read(
                      out.resolve(String.format("bacillus/%06d.png", i)), DecodingLimits.DEFAULT));
        }
      }
    }
  }

  @Test
  void aWalkBeginsAndEndsAtItsImages() {
    try (Explorer explorer = open(MadeRun.in(folder, 3, "bacillus"))) {
      SeedAndIndex from = new SeedAndIndex(1, 5);
      SeedAndIndex to = new SeedAndIndex(2, 70);
      List<Image> way = explorer.walk(from, to, ALL, Latents.NO_TRUNCATION);
      assertThat(way).hasSize(Explorer.IMAGES).doesNotHaveDuplicates();
      Image first = explorer.draw(1, 0, ALL, Latents.NO_TRUNCATION).get(5);
      Image last = explorer.draw(2, 64, ALL, Latents.NO_TRUNCATION).get(6);
      assertThat(difference(way.get(0), first)).isLessThanOrEqualTo(1);
      assertThat(difference(way.get(way.size() - 1), last)).isLessThanOrEqualTo(1);
      // No step is a leap: each is far smaller than from end to end.
      for (int i = 1; i < way.size(); i++) {
        assertThat(mean(way.get(i - 1), way.get(i))).isLessThan(mean(first, last) / 4);
      }
      // To itself and back nothing moves.
      assertThat(explorer.walk(from, from, ALL, Latents.NO_TRUNCATION))
          .allSatisfy(image -> assertThat(difference(image, first)).isLessThanOrEqualTo(1));
    }
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    try (Explorer explorer = open(MadeRun.in(folder, 1, "bacillus"))) {
      assertThat(explorer.classes()).containsExactly("bacillus");
      assertThatThrownBy(() -> explorer.draw(0, 1, ALL, Latents.NO_TRUNCATION))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("multiple of 64");
      assertThatThrownBy(() -> explorer.draw(0, -64, ALL, Latents.NO_TRUNCATION))
          .isInstanceOf(UserException.class);
      for (double truncation : new double[] {0, -1, Double.NaN, 0.05}) {
        assertThatThrownBy(() -> explorer.draw(0, 0, ALL, truncation))
            .isInstanceOf(UserException.class)
            .hasMessageContaining("truncation");
      }
      assertThatThrownBy(() -> explorer.draw(0, 0, Optional.of("nobody"), Latents.NO_TRUNCATION))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("must be one of [bacillus]");
      SeedAndIndex wrong = new SeedAndIndex(0, -1);
      assertThatThrownBy(() -> explorer.walk(wrong, wrong, ALL, Latents.NO_TRUNCATION))
          .isInstanceOf(UserException.class);
    }
  }

  private static int difference(Image one, Image other) {
    short[] a = one.samples();
    short[] b = other.samples();
    int most = 0;
    for (int i = 0; i < a.length; i++) {
      most = Math.max(most, Math.abs(a[i] - b[i]));
    }
    return most;
  }

  private static double mean(Image one, Image other) {
    short[] a = one.samples();
    short[] b = other.samples();
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum / a.length;
  }
}
