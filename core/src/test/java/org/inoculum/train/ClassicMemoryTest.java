package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.inoculum.model.ClassicShape;
import org.inoculum.model.Latents;
import org.inoculum.torch.Adam;
import org.inoculum.torch.ChildJvm;
import org.inoculum.torch.CpuInfo;
import org.inoculum.torch.LibTorch;
import org.inoculum.torch.Precision;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The article's size at batch 64, in processes of their own: at most 2.5 GiB, and nothing left over
 * from one step to the next.
 */
@Tag("slow")
class ClassicMemoryTest {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final long MEBIBYTE = 1024;
  private static final int WARM_UP = 3;
  private static final int FOR_PEAK = 4;
  private static final int FOR_LEAKS = 9;

  /** MiB that Java itself may take in a step: its compiler still does. */
  private static final int OF_JAVA = 2;

  @TempDir private Path folder;

  @Test
  void theArticlesSizeFitsInTwoAndAHalfGibibytes() throws IOException, InterruptedException {
    assumeTrue(Files.exists(STATUS), "only Linux tells a process its peak memory");
    String printed = ChildJvm.run(folder, Trainer.class, "-Xmx512m", "-Dsteps=" + FOR_PEAK);
    assertThat(number(printed, "peak MiB: (\\d+)")).isBetween(500L, 2560L);
  }

  /**
   * With the launcher's settings the allocator keeps what was freed, so that a leak hides in it for
   * long and the place of a block moves the total by percents; here it gives every tensor back at
   * once, and what is left between two steps is what is alive. The images of one step are 6 MiB.
   */
  @Test
  void nothingIsLeftOverFromOneStepToTheNext() throws IOException, InterruptedException {
    assumeTrue(Files.exists(STATUS), "only Linux tells a process its memory");
    Map<String, String> givesBack =
        Map.of("GLIBC_TUNABLES", "glibc.malloc.mmap_threshold=65536:glibc.malloc.arena_max=1");
    String printed =
        ChildJvm.run(
            folder,
            givesBack,
            Trainer.class,
            // Java's heap is in memory from the start.
            "-Xms256m",
            "-Xmx256m",
            "-XX:+AlwaysPreTouch",
            "-Dsteps=" + FOR_LEAKS);
    long steps = FOR_LEAKS - 1 - WARM_UP;
    assertThat(number(printed, "last MiB: (\\d+)"))
        .isLessThanOrEqualTo(number(printed, "warm MiB: (\\d+)") + OF_JAVA * steps);
  }

  /** What the new process does. */
  static final class Trainer {
    public static void main(String[] arguments) throws IOException {
      LibTorch.load(2);
      Adam.Options adam = new Adam.Options(2e-4, 0.5, 0.999, 1e-7);
      Precision precision = CpuInfo.find().bf16() ? Precision.BF16 : Precision.F32;
      try (ClassicNetworks networks =
          new ClassicNetworks(
              new ClassicShape(128, 3, 100), 0, adam, LossForm.LOGITS, precision, 64, 2)) {
        for (int step = 0; step < Integer.getInteger("steps"); step++) {
          try (PointerScope scope = new PointerScope()) {
            Tensor images = networks.generate(Latents.ofDraw(0, 2L * step, 32, 100));
            networks.updateDiscriminator(images, true, Optional.empty());
            networks.updateDiscriminator(images, false, Optional.empty());
            networks.updateGenerator(Latents.ofDraw(0, 2L * step + 1, 64, 100), Optional.empty());
          }
          if (step == WARM_UP) {
            System.out.println("warm MiB: " + status("VmRSS"));
          }
        }
        System.out.println("last MiB: " + status("VmRSS"));
        System.out.println("peak MiB: " + status("VmHWM"));
      }
    }

    private static long status(String field) throws IOException {
      return number(Files.readString(STATUS), field + ":\\s+(\\d+) kB") / MEBIBYTE;
    }
  }

  private static long number(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return Long.parseLong(matcher.group(1));
  }
}
