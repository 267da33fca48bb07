package org.inoculum.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inoculum.data.DataSetReader;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.data.ReadOptions;
import org.inoculum.files.Json;
import org.inoculum.image.Png;
import org.inoculum.run.Provenance;
import org.inoculum.run.RunDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunImagesTest {
  @TempDir private Path folder;

  @Test
  void theTrainingFolderIsWhereTheProvenanceSaysAsLongAsItIsUnchanged() throws IOException {
    Path data = Files.createDirectories(folder.resolve("cells"));
    for (int i = 0; i < 2; i++) {
      Files.write(data.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(0, i, 16)));
    }
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.writeString(run.resolve("config.json"), "{}");
    Files.writeString(
        run.resolve("dataset.json"),
        Json.document(DataSetReader.read(data, ReadOptions.DEFAULT).manifest()));
    Files.writeString(
        run.resolve("provenance.json"),
        Json.document(
            new Provenance(
                "", List.of("demo"), data.toString(), "", "", "", "", "", 1, "f32", 0, 0, true)));
    assertThat(RunImages.trainingFolder(RunDirectory.open(run))).contains(data);

    Files.write(data.resolve("1.png"), Png.encode(DrawnBacilli.draw(0, 9, 16)));
    assertThat(RunImages.trainingFolder(RunDirectory.open(run))).isEmpty();
  }
}
