package org.inoculum.report;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.inoculum.copies.NearestSheet;
import org.inoculum.copies.TrainingImages;
import org.inoculum.data.DataSet;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.ReadOptions;
import org.inoculum.data.Sample;
import org.inoculum.evaluate.RunImages;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.run.SnapshotInfo;
import org.inoculum.torch.Engine;

/** Generated images beside the training images that they resemble most. */
final class NearestImages {
  private static final String TITLE = "Nearest training images";

  private NearestImages() {}

  static ReportSection of(Subject subject, ReportSources sources, Consumer<String> warn) {
    Path sheet = subject.run().path().resolve("samples/nearest.png");
    if (Files.exists(sheet)) {
      return shown(
          SampleGrids.figure(
              sheet,
              "Pairs: a generated image left, its nearest training image right, turned and mirrored to fit. Written by generate."));
    }
    String command = subject.command("generate", "--count 64 --out generated --train DIR");
    if (subject.snapshot().isEmpty()) {
      return ReportSection.missing(
          TITLE, "the run has no whole snapshot yet", subject.command("resume", ""));
    }
    if (subject.trainingFolder().isEmpty()) {
      return ReportSection.missing(
          TITLE,
          "the images that the run was trained on are not where they were, or have changed",
          command);
    }
    warn.accept("looking for the nearest training images");
    return shown(
        SampleGrids.figure(
            Png.encode(
                made(
                    subject,
                    subject.trainingFolder().get(),
                    subject.snapshot().get().info(),
                    sources,
                    warn)),
            "Pairs: a generated image left, its nearest training image right, turned and mirrored to fit. Made for this report, before any filter."));
  }

  private static ReportSection shown(Html figure) {
    return new ReportSection(
        TITLE,
        "look at the pairs: a pair that shows the same cell is a copy",
        Html.all(
            Html.of(
                "p",
                "No published number finds every copy, so look: a pair that shows the same cell is a copy."),
            figure));
  }

  private static Image made(
      Subject subject,
      Path folder,
      SnapshotInfo shape,
      ReportSources sources,
      Consumer<String> warn) {
    ReadOptions options = ReadOptions.DEFAULT.withSize(shape.size()).withChannels(shape.channels());
    DataSet data = DataSetReader.read(folder, options.with(subject.reading()));
    List<Image> generated =
        RunImages.generate(
                subject.run(),
                sources.snapshot(),
                NearestSheet.PAIRS,
                Engine.start(sources.threads(), sources.precision()),
                warn)
            .images();
    TrainingImages training = TrainingImages.of(data);
    return NearestSheet.of(
        generated,
        generated.stream().map(training::nearest).toList(),
        data.samples().stream().map(Sample::image).toList());
  }
}
