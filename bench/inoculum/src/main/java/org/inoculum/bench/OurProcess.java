package org.inoculum.bench;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.inoculum.bench.protocol.Contestant;
import org.inoculum.run.Snapshot;
import org.inoculum.torch.Precision;
import org.inoculum.train.ClassicIteration;
import org.inoculum.train.ModernIterations;

/**
 * A process of the comparison: {@code classic|generator PRECISION FOLDER THREADS}, {@code modern
 * PRECISION SIZE THREADS}, or {@code onnx FILE THREADS}.
 */
final class OurProcess {
  private OurProcess() {}

  public static void main(String[] arguments) throws IOException, OrtException {
    String what = arguments[0];
    if (what.equals("onnx")) {
      try (OnnxGeneration onnx =
          new OnnxGeneration(Path.of(arguments[1]), Integer.parseInt(arguments[2]))) {
        Contestant.serve(onnx);
      }
      return;
    }
    Precision precision = Precision.valueOf(arguments[1].toUpperCase(Locale.ROOT));
    int threads = Integer.parseInt(arguments[3]);
    if (what.equals("modern")) {
      int size = Integer.parseInt(arguments[2]);
      try (ModernIterations modern = new ModernIterations(size, precision, threads)) {
        Contestant.serve(modern);
      }
      return;
    }
    Path folder = Path.of(arguments[2]);
    if (what.equals("classic")) {
      try (ClassicIteration classic = ClassicIteration.of(folder, precision, threads)) {
        Contestant.serve(classic);
      }
    } else {
      try (OurGeneration generation =
          new OurGeneration(Snapshot.open(folder), precision, threads)) {
        Contestant.serve(generation);
      }
    }
  }
}
