package org.inoculum.generate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.copies.TrainingImages;
import org.inoculum.data.DataSet;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.FileProgress;
import org.inoculum.data.HighBitDepthFiles;
import org.inoculum.data.Manifest;
import org.inoculum.data.OfflineAugmentation;
import org.inoculum.data.Reading;
import org.inoculum.data.Sample;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.ImageFiles;
import org.inoculum.image.Window;
import org.inoculum.model.ClassicGenerator;
import org.inoculum.model.ClassicShape;
import org.inoculum.model.GeneratorFile;
import org.inoculum.model.Latents;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.torch.PrecisionChoice;
import org.inoculum.torch.Safetensors;
import org.inoculum.torch.Tensors;
import org.jspecify.annotations.Nullable;

/** A run that nobody trained. */
public final class MadeRun {
  private MadeRun() {}

  /** A run with fresh weights, times {@code gain}: above 1 the images differ more. */
  public static RunDirectory in(Path folder, float gain, String... classes) {
    return deep(folder, gain, 3, null, null, classes);
  }

  /** The same as if its images had had more than 8 bits. */
  public static RunDirectory deep(
      Path folder,
      float gain,
      int channels,
      @Nullable Window window,
      @Nullable HighBitDepthFiles deep,
      String... classes) {
    List<Manifest.ClassCount> counts = new ArrayList<>();
    for (String name : classes) {
      counts.add(new Manifest.ClassCount(name, 3));
    }
    Manifest manifest =
        new Manifest(
            "data",
            16,
            channels,
            3,
            counts,
            OfflineAugmentation.NONE.label(),
            List.of(),
            "",
            Reading.DEFAULT,
            window,
            deep,
            null);
    RunDirectory run =
        RunDirectory.create(
            folder.resolve("runs"),
            "made",
            Map.of("config.json", "{}", "dataset.json", Json.document(manifest)));
    try (ClassicGenerator generator =
        ClassicGenerator.initialise(new ClassicShape(16, channels, 100), 5)) {
      generator.weights().all().forEach((name, weight) -> amplify(generator, name, gain));
      run.writeSnapshot(
          100,
          GeneratorFile.encode(generator),
          sha256 -> GeneratorFile.describe(generator, 100, 0.1, sha256));
    }
    return run;
  }

  /**
   * A run that remembers drawn bacilli and its own image 2 as its training images. Its images are
   * so alike that some repeat others: of the first 128, one is a copy and 8 are repeats.
   */
  public static RunDirectory thatLearnedByHeart(Path folder, long seed) {
    return learningByHeart(folder, in(folder, 1.24f, "bacillus"), seed);
  }

  /** The same as if its images had had 16 bits and colours. */
  public static RunDirectory memorisingNetwork(Path folder, long seed) {
    Window window = new Window(100, 4095);
    HighBitDepthFiles deep = new HighBitDepthFiles(true, false);
    return learningByHeart(folder, deep(folder, 1.24f, 3, window, deep, "bacillus"), seed);
  }

  private static RunDirectory learningByHeart(Path folder, RunDirectory run, long seed) {
    Path all = folder.resolve("drawn first");
    GenerateOptions options =
        new GenerateOptions(
            64,
            seed,
            1,
            PrecisionChoice.F32,
            false,
            SnapshotChoice.BEST,
            Optional.empty(),
            SyntheticFormat.FOLDER,
            Shard.WHOLE,
            false,
            GenerateOptions.TAR_BYTES,
            OptionalInt.of(8),
            Latents.NO_TRUNCATION);
    Generation.generate(
        run, all, options, Optional.empty(), w -> {}, FileProgress.NONE, () -> false);
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      samples.add(new Sample("drawn" + i, 0, DrawnBacilli.draw(0, i, 16), ""));
    }
    Path learned = all.resolve("bacillus/000002.png");
    samples.add(new Sample("learned", 0, ImageFiles.read(learned, DecodingLimits.DEFAULT), ""));
    DataSet data =
        new DataSet("d", List.of("bacillus"), 16, 3, samples, OfflineAugmentation.NONE, List.of());
    remember(run, data);
    return run;
  }

  private static void amplify(ClassicGenerator generator, String name, float gain) {
    Tensor weight = generator.weights().get(name);
    float[] values = Tensors.toFloats(weight);
    for (int i = 0; i < values.length; i++) {
      values[i] *= gain;
    }
    generator.weights().set(name, new Safetensors.Entry(weight.shape(), values), "test");
  }

  /** As if it had been trained on these. */
  public static void remember(RunDirectory run, DataSet training) {
    Path file = run.path().resolve(TrainingImages.FILE);
    Storage.deleteTree(file);
    TrainingImages.write(training, file, FileProgress.NONE);
  }
}
