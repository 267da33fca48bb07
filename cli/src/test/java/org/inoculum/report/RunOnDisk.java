package org.inoculum.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.Manifest;
import org.inoculum.evaluate.Evaluation;
import org.inoculum.evaluate.Fault;
import org.inoculum.evaluate.Finding;
import org.inoculum.evaluate.Score;
import org.inoculum.evaluate.Verdict;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.generate.SyntheticSet;
import org.inoculum.image.Png;
import org.inoculum.run.Provenance;
import org.inoculum.run.RunStatus;
import org.inoculum.utility.LabelCheck;
import org.inoculum.utility.UtilityResult;

/** A run directory and the files beside it as the commands write them, made by hand. */
final class RunOnDisk {
  static final String EVIL = "<script>alert(1)</script>";

  private RunOnDisk() {}

  /** A folder with a configuration only. */
  static Path bare(Path folder) throws IOException {
    Path run = Files.createDirectories(folder.resolve("00003-cells-classic"));
    Files.writeString(
        run.resolve("config.json"),
        "{\"formatVersion\":"
            + org.inoculum.files.FormatVersion.CURRENT
            + ",\"preset\":\"classic\",\"seed\":7,\"recipe\":{\"learningRate\":2.0E-4}}");
    return run;
  }

  /** Everything that a training writes, but for snapshots. */
  static Path whole(Path folder) throws IOException {
    Path run = bare(folder);
    write(
        run.resolve("dataset.json"),
        new Manifest(
            "my cells",
            64,
            3,
            42,
            List.of(new Manifest.ClassCount(EVIL, 40), new Manifest.ClassCount("a & b", 2)),
            "none",
            List.of(),
            "0123abcd"));
    write(
        run.resolve("provenance.json"),
        new Provenance(
            "inoculum 9",
            List.of("train", EVIL),
            "nowhere",
            "2026-11-24T09:39:27Z",
            "17",
            "Linux",
            "a processor",
            "libtorch 2",
            2,
            "bf16",
            1e-7,
            1e-3,
            true));
    write(
        run.resolve("status.json"),
        new RunStatus(RunStatus.State.FINISHED, 1234, 56.78, 3723, 15.25, ""));
    StringBuilder stats = new StringBuilder();
    for (int i = 1; i <= 900; i++) {
      stats.append(
          Json.line(
                  Map.of(
                      "iteration",
                      i,
                      "kimg",
                      i / 10.0,
                      "imagesPerSecond",
                      15,
                      "loss/d_real",
                      1.0 / i,
                      "loss/g",
                      0.7,
                      "accuracy/real",
                      0.5))
              + "\n");
    }
    Files.writeString(run.resolve("stats.jsonl"), stats + "{\"torn");
    Files.writeString(
        run.resolve("metrics.jsonl"),
        "{\"iteration\":100,\"kimg\":10.0,\"validationSet\":\"split\",\"energyDistance\":0.0123,\"energyDistanceBaseline\":0.001,\"coverage\":0.5,\"nReal\":31}\n");
    Files.createDirectories(run.resolve("samples"));
    for (String name : List.of("reals", "000100", "001200", "nearest")) {
      Files.write(
          run.resolve("samples").resolve(name + ".png"),
          Png.encode(DrawnBacilli.draw(0, name.length(), 16)));
    }
    return run;
  }

  static Path evaluation(Path folder) throws IOException {
    Verdict verdict =
        new Verdict(
            Verdict.Conclusion.FAULTY,
            "They differ from real ones.",
            List.of(new Finding(Fault.BLURRED, "They are blurred.")),
            "train longer");
    Score score =
        new Score("kid", 0.125, 0.0625, 0.25, 31, 33, "scattering features", "all pairs", 0.03125);
    return write(
        folder.resolve("evaluation.json"),
        new Evaluation(
            List.of(score),
            verdict,
            List.of(new Evaluation.OfClass(EVIL, List.of(score), verdict)),
            List.of("a note")));
  }

  static Path synthetic(Path folder) throws IOException {
    Path synthetic = Files.createDirectories(folder.resolve("synthetic"));
    Files.writeString(
        synthetic.resolve("generation.json"),
        FormatVersion.document(
            new SyntheticSet(
                "inoculum 9",
                "2026-11-24T10:00:00Z",
                "00003-cells-classic",
                "001200",
                "beef",
                0L,
                null,
                1000,
                null,
                "bf16",
                8,
                null,
                null,
                new SyntheticSet.CopyCheckCounts(42, 0.2875, 17, 5, 1),
                "Synthetic images.")));
    return synthetic;
  }

  static Path utility(Path folder) throws IOException {
    return write(
        folder.resolve("utility.json"),
        new UtilityResult(
            "inoculum 9",
            List.of(EVIL),
            Map.of(EVIL, 40L),
            Map.of(EVIL, 20L),
            Map.of(EVIL, 100L),
            64,
            1,
            5,
            List.of(300),
            32,
            0,
            0.95,
            List.of(
                new UtilityResult.ConditionResult(
                    "real with 25 % synthetic",
                    "classical", 300, 0.875, 0.75, 0.9375, List.of(0.875), Map.of(EVIL, 0.5))),
            List.of(
                new UtilityResult.ConditionComparison(
                    "real + synthetic",
                    "real",
                    0.0625,
                    -0.01,
                    0.125,
                    UtilityResult.Outcome.NO_DIFFERENCE)),
            List.of(new LabelCheck(EVIL, 40, 0.85, 0.9)),
            UtilityResult.Outcome.NO_DIFFERENCE,
            "This test cannot tell.",
            List.of("a warning")));
  }

  private static Path write(Path file, Object record) throws IOException {
    return Files.writeString(file, Json.document(record));
  }
}
