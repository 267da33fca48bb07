package org.inoculum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inoculum.bench.protocol.Work;
import org.inoculum.export.Export;
import org.inoculum.export.ExportFormat;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Sha256;
import org.inoculum.files.Sums;
import org.inoculum.model.ClassicGenerator;
import org.inoculum.model.ClassicShape;
import org.inoculum.model.GeneratorFile;
import org.inoculum.torch.CpuInfo;
import org.inoculum.torch.LibTorch;
import org.inoculum.train.ClassicIteration;
import org.inoculum.train.ClassicWork;

/**
 * The engines side by side, in one run: the classic iteration, and generation. Arguments: {@code
 * BENCH_FOLDER ROUNDS BATCH…}; docs/explanation/performance.md has what it printed.
 */
final class SideBySide {
  private static final int SIZE = 128;
  private static final int CHANNELS = 3;
  private static final int LATENT = 100;
  private static final ClassicShape SHAPE = new ClassicShape(SIZE, CHANNELS, LATENT);

  private SideBySide() {}

  public static void main(String[] arguments) throws IOException {
    int rounds = Integer.parseInt(arguments[1]);
    EngineCommands commands = new EngineCommands(Path.of(arguments[0]), LibTorch.defaultThreads());
    int[] batches = Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray();
    Path folder = Files.createTempDirectory("inoculum-bench");
    try {
      for (int batch : batches) {
        training(commands, folder.resolve("classic-" + batch), batch, rounds);
      }
      generation(commands, folder.resolve("generator"), rounds);
    } finally {
      deleteTree(folder);
    }
  }

  private static void training(EngineCommands commands, Path folder, int batch, int rounds)
      throws IOException {
    Files.createDirectories(folder);
    Work work = new Work(folder, SIZE, CHANNELS, LATENT, batch, SHAPE.blocks());
    ClassicIteration.write(work);
    String f32 = folder.toString();
    EngineComparison comparison =
        new EngineComparison(
            "The classic iteration, 128 x 128, batch " + batch,
            ClassicWork.ofIteration(SHAPE, batch),
            rounds);
    comparison.with("Inoculum, f32", commands.ours("classic", "f32", f32));
    if (CpuInfo.find().bf16()) {
      comparison.with("Inoculum, bf16", commands.ours("classic", "bf16", f32));
    }
    Optional<List<String>> tensorflow =
        commands.java("tensorflow", "org.inoculum.bench.tensorflow.ClassicTensorFlow", folder);
    tensorflow.ifPresent(command -> comparison.with("TensorFlow-Java 1.1.0, f32", command));
    Optional<List<String>> nd4j =
        commands.java("dl4j", "org.inoculum.bench.dl4j.ClassicNd4j", folder);
    nd4j.ifPresent(command -> comparison.with("ND4J 1.0.0-M2.1, f32", command));
    Optional<List<String>> torch = commands.python("classic_torch.py", folder);
    torch.ifPresent(command -> comparison.with("Debian's python3-torch, f32", command));
    comparison.run();
  }

  private static void generation(EngineCommands commands, Path folder, int rounds)
      throws IOException {
    Files.createDirectories(folder);
    LibTorch.load(1);
    try (ClassicGenerator generator = ClassicGenerator.initialise(SHAPE, 0)) {
      byte[] weights = GeneratorFile.encode(generator);
      Files.write(folder.resolve("generator.safetensors"), weights);
      String description =
          FormatVersion.document(GeneratorFile.describe(generator, 0, 0, Sha256.of(weights)));
      Files.writeString(folder.resolve("snapshot.json"), description);
      Files.writeString(
          folder.resolve("snapshot.sha256"),
          Sums.text(Map.of("snapshot.json", Sha256.ofText(description))));
    }
    Path onnx = folder.resolve("generator.onnx");
    Export.write(folder, Optional.empty(), ExportFormat.ONNX, onnx, false, warning -> {});
    EngineComparison comparison =
        new EngineComparison(
            "Generation, classic 128 x 128, 64 images",
            OurGeneration.BATCH * ClassicWork.ofGenerator(SHAPE),
            rounds);
    comparison.with("Inoculum, f32", commands.ours("generator", "f32", folder.toString()));
    if (CpuInfo.find().bf16()) {
      comparison.with("Inoculum, bf16", commands.ours("generator", "bf16", folder.toString()));
    }
    comparison.with("ONNX Runtime 1.29, f32", commands.ours("onnx", onnx.toString()));
    comparison.run();
  }

  static void deleteTree(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
