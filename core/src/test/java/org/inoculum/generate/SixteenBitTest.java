package org.inoculum.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.inoculum.Python;
import org.inoculum.data.DataSet;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.FileProgress;
import org.inoculum.data.HighBitDepthFiles;
import org.inoculum.data.ReadOptions;
import org.inoculum.data.Reading;
import org.inoculum.data.Sample;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.image.FloatImage;
import org.inoculum.image.Image;
import org.inoculum.image.Window;
import org.inoculum.model.GeneratedImages;
import org.inoculum.model.Generator;
import org.inoculum.model.GeneratorFile;
import org.inoculum.model.Latents;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.Snapshot;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.torch.Precision;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.Safetensors;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a run that was trained on high-bit-depth files writes: 16 bits that stand for measured
 * values.
 */
class SixteenBitTest extends TorchTest {
  private static final Window WINDOW = new Window(100, 4095);

  @TempDir private Path folder;

  @Test
  void pillowReadsTheMeasuredValues() {
    RunDirectory run =
        MadeRun.deep(folder, 3, 1, WINDOW, new HighBitDepthFiles(true, true), "cells");
    Path generated = generate(run, "generated", 3, OptionalInt.of(16));
    Map<?, ?> found =
        Json.parse(Python.run("read_sixteen.py", generated.resolve("cells")), Map.class, "python");
    List<FloatImage> made = made(run);
    assertThat(found).hasSize(3);
    for (int n = 0; n < 3; n++) {
      Map<?, ?> image =
          (Map<?, ?>) Objects.requireNonNull(found.get(RunDirectory.number(n) + ".png"));
      assertThat(String.valueOf(image.get("mode"))).startsWith("I"); // not cut to 8 bits
      assertThat(String.valueOf(image.get("text")))
          .endsWith("; samples are measured values; black and white are 100,4095");
      List<?> values = (List<?>) Objects.requireNonNull(image.get("values"));
      assertThat(values).hasSize(16 * 16);
      for (int i = 0; i < values.size(); i++) {
        double expected = 100 + 3995 * (made.get(n).value(i) + 1.0) / 2;
        assertThat(values.get(i)).isEqualTo((int) Math.floor(expected + 0.5));
      }
    }
  }

  @Test
  void theNotesSayWhatSamplesMean() {
    RunDirectory run =
        MadeRun.deep(folder, 3, 3, WINDOW, new HighBitDepthFiles(false, true), "cells");
    Path generated = generate(run, "generated", 2, OptionalInt.of(16));
    SyntheticSet set = FormatVersion.read(generated.resolve("generation.json"), SyntheticSet.class);
    assertThat(set.bits()).isEqualTo(16);
    assertThat(set.window()).isEqualTo(WINDOW);
    assertThat(set.samples()).isEqualTo(WINDOW);
    assertThat(set.precision()).isEqualTo("f32");
    assertThat(generated.resolve("README.md"))
        .content()
        .contains("| grey levels | 16 bits: samples 0 and 65535 stand for the measured values")
        .contains("| reading them | many programs show 16 bits as white or black");
    Path eight = generate(run, "eight", 2, OptionalInt.of(8));
    set = FormatVersion.read(eight.resolve("generation.json"), SyntheticSet.class);
    assertThat(set.bits()).isEqualTo(8);
    assertThat(set.samples()).isNull();
    assertThat(eight.resolve("README.md"))
        .content()
        .contains("| grey levels | 8 bits: 0 and 255 stand for the measured values 100,4095 |");
  }

  /** Another reader than ours, since Pillow reads 16-bit colours as 8. */
  @Test
  void coloursAreWrittenInSixteenBitsToo() throws IOException {
    RunDirectory run =
        MadeRun.deep(folder, 3, 3, WINDOW, new HighBitDepthFiles(true, false), "cells");
    Path generated = generate(run, "generated", 1, OptionalInt.of(16));
    Raster raster = ImageIO.read(generated.resolve("cells/000000.png").toFile()).getRaster();
    FloatImage made = made(run).get(0);
    assertThat(raster.getNumBands()).isEqualTo(3);
    assertThat(raster.getSampleModel().getSampleSize(0)).isEqualTo(16);
    for (int i = 0; i < 16 * 16 * 3; i++) {
      int sample = raster.getSample(i / 3 % 16, i / 3 / 16, i % 3);
      assertThat(sample).isEqualTo((int) Math.floor(100 + 3995 * (made.value(i) + 1.0) / 2 + 0.5));
    }
  }

  /**
   * What evaluate, utility and train see of such a set is what they see of one of 8 bits, if that
   * is not made in bfloat16, as 16 bits never are.
   */
  @Test
  void readBackItIsTheEightBitSetUpToALevel() {
    for (boolean whole : new boolean[] {true, false}) {
      String name = whole ? "whole" : "fractions";
      RunDirectory run =
          MadeRun.deep(
              folder.resolve(name),
              3,
              1,
              WINDOW,
              new HighBitDepthFiles(whole, true),
              "cells",
              "other");
      Path deep = generate(run, name + "16", 20, OptionalInt.of(16));
      Path flat = generate(run, name + "8", 20, OptionalInt.of(8));
      DataSet sixteen = read(deep, Reading.DEFAULT);
      DataSet eight = read(flat, Reading.DEFAULT);
      assertThat(sixteen.window()).isEqualTo(WINDOW);
      assertThat(sixteen.highBitDepth()).isEqualTo(new HighBitDepthFiles(whole, true));
      assertThat(eight.window()).isEqualTo(WINDOW);
      assertThat(eight.highBitDepth()).isNull();
      int different = 0;
      for (int i = 0; i < 20; i++) {
        Image one = sixteen.samples().get(i).image();
        Image other = eight.samples().get(i).image();
        for (int at = 0; at < 16 * 16; at++) {
          int apart = Math.abs((int) one.value(at) - (int) other.value(at));
          assertThat(apart).isLessThanOrEqualTo(1);
          different += apart;
        }
      }
      assertThat(different).isLessThan(20 * 16 * 16 / 10);
      // Together with other folders: their window is the set's, and the set is read the same.
      Reading settled = DataSetReader.settled(Reading.DEFAULT, List.of(deep, flat));
      assertThat(read(deep, settled).samples())
          .extracting(Sample::image)
          .isEqualTo(sixteen.samples().stream().map(Sample::image).toList());
    }
  }

  private static DataSet read(Path generated, Reading reading) {
    return DataSetReader.read(
        generated, ReadOptions.DEFAULT.withSize(16).withChannels(1).with(reading));
  }

  /** What the generator of the run makes of seed 1. */
  private static List<FloatImage> made(RunDirectory run) {
    Snapshot snapshot = SnapshotChoice.BEST.in(run, warning -> {});
    try (Generator generator =
        GeneratorFile.decode(
            snapshot.info(), Safetensors.read(snapshot.weights()), snapshot.weights().toString())) {
      return GeneratedImages.floatImages(
          generator, Precision.F32, 1, Latents.NO_TRUNCATION, 0, index -> 0);
    }
  }

  private Path generate(RunDirectory run, String name, int count, OptionalInt bits) {
    Path out = folder.resolve(name);
    GenerateOptions options =
        new GenerateOptions(
            count,
            1,
            2,
            bits.equals(OptionalInt.of(8)) ? PrecisionChoice.F32 : PrecisionChoice.AUTO,
            false,
            SnapshotChoice.BEST,
            Optional.empty(),
            SyntheticFormat.FOLDER,
            Shard.WHOLE,
            false,
            GenerateOptions.TAR_BYTES,
            bits,
            Latents.NO_TRUNCATION);
    Generation.generate(
        run, out, options, Optional.empty(), w -> {}, FileProgress.NONE, () -> false);
    return out;
  }
}
