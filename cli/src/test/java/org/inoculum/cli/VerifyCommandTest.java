package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.inoculum.cli.CommandLineTest.assertOneLine;
import static org.inoculum.cli.CommandLineTest.inoculum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.inoculum.cli.CommandLineTest.Result;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.files.Json;
import org.inoculum.image.Png;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify} on runs and sets, whole and damaged. */
class VerifyCommandTest {
  @TempDir private Path folder;
  private Path run = Path.of("");

  @BeforeEach
  void train() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    for (int i = 0; i < 5; i++) {
      Files.write(data.resolve(i + ".png"), Png.encode(DrawnBacilli.draw(0, i, 32)));
    }
    run = CommandLineTest.trained(data, folder.resolve("runs"));
  }

  @Test
  void aWholeRunIsSoundAndEveryHashedFileIsWatched() throws IOException {
    assertSound(run, "a run");
    int flipped = 0;
    for (Path file : files(run)) {
      String name = run.relativize(file).toString();
      boolean hashed =
          name.matches("(snapshots|checkpoints)/.*") || name.startsWith("training-descriptors");
      if (!hashed) {
        continue;
      }
      byte[] before = Files.readAllBytes(file);
      byte[] after = before.clone();
      after[RandomStream.of(5, Purpose.CHECKING, flipped++).nextInt(after.length)] ^= 4;
      Files.write(file, after);
      Result damaged = inoculum("verify", run);
      assertThat(damaged.exitCode()).as(name).isEqualTo(3);
      assertThat(damaged.out()).as(name).contains("damaged: 1 of ");
      Files.delete(file);
      assertThat(inoculum("verify", run).exitCode()).as(name + " missing").isEqualTo(3);
      Files.write(file, before);
    }
    assertThat(flipped).isGreaterThan(8);
    assertSound(run, "mended");
  }

  @Test
  void documentsThatAreGoneOrTornAreTold() throws IOException {
    Files.writeString(run.resolve("dataset.json"), "{");
    Files.delete(run.resolve("config.json"));
    Result found = inoculum("verify", run, "--json");
    assertThat(found.exitCode()).isEqualTo(3);
    Map<?, ?> result = Json.parse(found.out(), Map.class, "stdout");
    assertThat(result.get("sound")).isEqualTo(false);
    assertThat((List<?>) result.get("parts"))
        .extracting(part -> ((Map<?, ?>) part).get("name"), part -> ((Map<?, ?>) part).get("state"))
        .contains(
            tuple("dataset.json", "damaged"),
            tuple("config.json", "damaged"),
            tuple("status.json", "readable"));
    assertThat(Files.exists(run.resolve("config.json"))).as("nothing is mended").isFalse();
  }

  @Test
  void setsOfBothFormatsAndPartsOfThem() throws IOException {
    for (String format : List.of("folder", "webdataset")) {
      Path set = generated("a " + format, "--format", format);
      assertSound(set, format);
      Path image =
          files(set).stream()
              .filter(file -> file.toString().matches(".*(\\.png|\\.tar)"))
              .filter(file -> !file.endsWith("contact-sheet.png"))
              .findFirst()
              .orElseThrow();
      byte[] content = Files.readAllBytes(image);
      int within = format.equals("folder") ? content.length / 2 : 3000; // inside the first image
      content[within] ^= 1;
      Files.write(image, content);
      Result damaged = inoculum("verify", set);
      assertThat(damaged.exitCode()).as(format).isEqualTo(3);
      assertThat(damaged.out()).contains("damaged", "000000.png", "generate --seeds-file");
      Files.delete(image);
      assertThat(inoculum("verify", set).exitCode()).as(format).isEqualTo(3);
    }
    Path part = generated("part", "--shard", "1/2");
    assertSound(part, "part");
    Files.writeString(part.resolve("rejected.jsonl"), "{}\n");
    assertThat(inoculum("verify", part).out()).contains("merge refuses this part");
  }

  @Test
  void aStrangersImageInASetIsTold() throws IOException {
    Path set = generated("set");
    Path one =
        files(set).stream().filter(file -> file.endsWith("000000.png")).findFirst().orElseThrow();
    Files.copy(one, one.resolveSibling("000077.png"));
    assertThat(inoculum("verify", set).out()).contains("1 images that the manifest does not have");
    Files.writeString(set.resolve("manifest.jsonl"), "{\"file\":\"../x.png\",\"sha256\":\"a\"}\n");
    assertThat(inoculum("verify", set).exitCode()).isEqualTo(3);
    assertOneLine(inoculum("verify", folder.resolve("data")), 3, "neither a run nor");
  }

  private Path generated(String name, Object... options) {
    Path out = folder.resolve(name);
    Result result =
        inoculum(
            Stream.concat(
                    Stream.of("generate", run, "--count", 4, "--out", out, "--no-filter"),
                    Stream.of(options))
                .toArray());
    assertThat(result.exitCode()).as(result.err()).isZero();
    return out;
  }

  private static void assertSound(Path folder, String what) {
    Result result = inoculum("verify", folder);
    assertThat(result.exitCode()).as(what + result.out() + result.err()).isZero();
    assertThat(result.out()).contains("sound: ").doesNotContain("damaged  ");
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
