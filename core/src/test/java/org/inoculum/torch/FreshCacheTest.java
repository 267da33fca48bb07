package org.inoculum.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start on a new machine, which unpacks libtorch. */
class FreshCacheTest {
  @TempDir private Path folder;

  @Test
  void libtorchLoadsFromAnEmptyCacheFolder() throws IOException, InterruptedException {
    Path cache = Files.createDirectories(folder.resolve("cache with spaces"));
    assertThat(ChildJvm.run(folder, Started.class, "-Dorg.bytedeco.javacpp.cachedir=" + cache))
        .contains("self-check passed");
    assertThat(cache).isNotEmptyDirectory();
  }

  /** What the new process does. */
  static final class Started {
    public static void main(String[] arguments) {
      LibTorch.load(2);
      System.out.println(
          SelfCheck.run().passes(Precision.F32) ? "self-check passed" : "self-check failed");
    }
  }
}
