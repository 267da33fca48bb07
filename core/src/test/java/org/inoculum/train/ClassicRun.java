package org.inoculum.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.inoculum.data.DataSet;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.ReadOptions;
import org.inoculum.files.Storage;
import org.inoculum.image.Png;
import org.inoculum.run.RunDirectory;
import org.inoculum.torch.PrecisionChoice;

/** The smallest trainings of the presets: images of 8 or 32 pixels, batches of 2 or 4. */
final class ClassicRun {
  static final int SIZE = 8;

  private ClassicRun() {}

  static TrainConfig config(int iterations, PrecisionChoice precision) {
    ClassicRecipe article = ClassicRecipe.ARTICLE;
    return new TrainConfig(
        Preset.CLASSIC,
        new Budget(Budget.Unit.ITERATIONS, iterations),
        2,
        SIZE,
        3,
        1,
        2,
        precision,
        new ClassicRecipe(
            4,
            article.learningRate(),
            article.beta1(),
            article.beta2(),
            article.epsilon(),
            article.dropout(),
            article.loss(),
            article.augmentation(),
            2,
            4,
            4));
  }

  /** The same of the tiny preset. */
  static TrainConfig tiny(int iterations, PrecisionChoice precision) {
    return new TrainConfig(
        Preset.TINY,
        new Budget(Budget.Unit.ITERATIONS, iterations),
        4,
        Preset.TINY.size(),
        3,
        1,
        2,
        precision,
        Preset.TINY.recipe());
  }

  static RunDirectory train(
      Path folder,
      String name,
      TrainConfig config,
      CheckpointPlan plan,
      List<String> lines,
      BooleanSupplier stop) {
    Path runs = folder.resolve(name);
    Training.train(
        config,
        data(folder, config.size()),
        new RunTarget(runs, name, drawn(folder), List.of("train")),
        plan,
        listener(lines),
        stop);
    return RunDirectory.open(runs.resolve("00000-" + name + "-" + config.preset().label()));
  }

  static DataSet data(Path folder) {
    return data(folder, SIZE);
  }

  static DataSet data(Path folder, int size) {
    return DataSetReader.read(drawn(folder), ReadOptions.DEFAULT.withSize(size));
  }

  static Path drawn(Path folder) {
    Path drawn = folder.resolve("drawn");
    if (!Files.exists(drawn)) {
      Storage.newFolder(
          drawn,
          part -> {
            for (int i = 0; i < 4; i++) {
              Storage.writeInto(
                  part.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(0, i, 2 * SIZE)));
            }
          });
    }
    return drawn;
  }

  static TrainingListener listener(List<String> lines) {
    return new TrainingListener() {
      @Override
      public void started(RunDirectory run) {}

      @Override
      public void line(String text) {
        lines.add(text);
      }

      @Override
      public void progressed(Progress progress) {}
    };
  }
}
