package example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.inoculum.data.DataSet;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.ReadOptions;
import org.inoculum.generate.GenerateOptions;
import org.inoculum.generate.Generation;
import org.inoculum.image.Png;
import org.inoculum.run.*;
import org.inoculum.torch.*;
import org.inoculum.train.*;

/** Trains a tiny generator for some seconds and generates a data set: arguments FOLDER. */
public final class TrainAndGenerate {
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Path cells = Files.createDirectories(folder.resolve("cells"));
    for (int i = 0; i < 32; i++) { // your own images in their place
      Files.write(cells.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(0, i, 32)));
    }
    DataSet images = DataSetReader.read(cells, ReadOptions.DEFAULT.withSize(32));
    TrainConfig config =
        new TrainConfig(
            Preset.TINY, new Budget(Budget.Unit.KIMG, 1), Preset.TINY.batch(), 32, 3, 0,
            LibTorch.defaultThreads(), PrecisionChoice.AUTO, Preset.TINY.recipe());
    RunTarget target = new RunTarget(folder.resolve("runs"), "cells", cells, List.of("example"));
    Listener listener = new Listener();
    RunStatus status =
        Training.train(config, images, target, CheckpointPlan.DEFAULT, listener, () -> false);
    System.out.println("training: " + status.state());
    GenerateOptions options =
        new GenerateOptions(
            16, 0, LibTorch.defaultThreads(), PrecisionChoice.AUTO, false, SnapshotChoice.BEST,
            Optional.empty());
    Generation.generate(
        listener.run, folder.resolve("synthetic"), options, Optional.of(images),
        System.err::println, (doing, done, total) -> {}, () -> false);
  }

  private static final class Listener implements TrainingListener {
    private RunDirectory run;

    @Override
    public void started(RunDirectory started) {
      run = started;
    }

    @Override
    public void line(String text) {
      System.err.println(text);
    }

    @Override
    public void progressed(Progress progress) {}
  }
}
