package org.inoculum.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.image.Image;
import org.inoculum.model.ListedImages.SampleSpec;
import org.inoculum.torch.CpuInfo;
import org.inoculum.torch.Precision;
import org.inoculum.torch.Tensors;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An image of a list is the one of a whole batch of its seed, wherever it stands. */
class ListedImagesTest extends TorchTest {
  @ParameterizedTest
  @CsvSource({"true, F32", "true, BF16", "false, F32", "false, BF16"})
  void eachIsTheVeryImageOfItsSeedAndIndex(boolean modern, Precision precision) {
    assumeTrue(
        precision == Precision.F32 || CpuInfo.find().bf16(),
        "without 16-bit arithmetic in the CPU this takes minutes");
    try (Generator generator = drawn(modern)) {
      int classes = generator.classes();
      List<SampleSpec> wanted = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        // 5, 69 and 133 stand at the same place of their batches, some in two seeds.
        wanted.add(new SampleSpec(i % 2, 5 + 64 * (i % 3), i % classes, Latents.NO_TRUNCATION));
      }
      wanted.add(new SampleSpec(7, 130, 0, 0.5));
      wanted.add(new SampleSpec(7, 191, 0, Latents.NO_TRUNCATION));
      List<Image> listed =
          ListedImages.of(generator, precision, wanted).stream().map(Tensors::toEightBit).toList();
      for (int i = 0; i < wanted.size(); i++) {
        SampleSpec one = wanted.get(i);
        List<Image> batch =
            GeneratedImages.batch(
                generator,
                precision,
                one.seed(),
                one.truncation(),
                one.index() / 64 * 64,
                index -> one.label());
        assertThat(listed.get(i)).as("%s", one).isEqualTo(batch.get((int) (one.index() % 64)));
      }
      assertThat(new HashSet<>(listed)).as("different images").hasSizeGreaterThan(6);
    }
  }

  private static Generator drawn(boolean modern) {
    Generator generator =
        modern
            ? ModernGenerator.initialise(new ModernShape(32, 3, 3, 16, 32), 0)
            : ClassicGenerator.initialise(new ClassicShape(16, 3, 20), 0);
    try (AutoGradMode noGradients = new AutoGradMode(false)) {
      generator
          .weights()
          .all()
          .forEach(
              (name, weight) ->
                  weight.normal_(
                      0,
                      weight.dim() == 4 ? 0.05 : 0.2,
                      new GeneratorOptional(torch.make_generator_cpu(name.hashCode()))));
    }
    return generator;
  }
}
