package org.inoculum.torch;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.pytorch.global.torch;
import org.inoculum.UserException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * libtorch, loaded and checked, with the precision that was settled on.
 *
 * @param version of libtorch
 * @param instructions the widest vector instructions that it found, such as AVX512
 * @param cpu what the operating system says
 * @param threads intra-op threads
 * @param precision of convolutions and GEMM
 * @param selfCheck how far gradients are off
 * @param tunedMalloc whether glibc's allocator was told to keep large blocks
 *     (docs/explanation/performance.md)
 */
public record Engine(
    String version,
    String instructions,
    CpuInfo cpu,
    int threads,
    Precision precision,
    SelfCheck selfCheck,
    boolean tunedMalloc) {
  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

  /**
   * The variable that the launcher sets before Java starts; glibc reads it once, so Java cannot.
   */
  private static final String MALLOC_VARIABLE = "GLIBC_TUNABLES";

  /** By the number of threads: what was found once in this process holds for it. */
  private static final Map<Integer, SelfCheck> CHECKED = new ConcurrentHashMap<>();

  /**
   * Loads libtorch, checks its gradients and settles the precision.
   *
   * @param threads at least 1
   * @throws UserException of kind FAILURE if libtorch does not load or its gradients are wrong
   */
  public static Engine start(int threads, PrecisionChoice choice) {
    Engine engine = inspect(threads, choice);
    engine.selfCheck.require(engine.precision);
    if (!engine.tunedMalloc) {
      LOG.warn(
          "the memory allocator is not tuned: start through ./inoculum, or set {} as it does, to train faster",
          MALLOC_VARIABLE);
    }
    return engine;
  }

  /** As {@link #start}, but a failed self-check is only reported, in {@link #selfCheck}. */
  public static Engine inspect(int threads, PrecisionChoice choice) {
    LibTorch.load(threads);
    CpuInfo cpu = CpuInfo.find();
    SelfCheck check = CHECKED.computeIfAbsent(threads, number -> SelfCheck.run());
    Precision precision =
        switch (choice) {
          case F32 -> Precision.F32;
          case BF16 -> Precision.BF16;
          case AUTO -> cpu.bf16() && check.passes(Precision.BF16) ? Precision.BF16 : Precision.F32;
        };
    return new Engine(
        Objects.requireNonNullElse(torch.class.getPackage().getImplementationVersion(), "unknown"),
        torch.get_cpu_capability().getString(),
        cpu,
        threads,
        precision,
        check,
        isMallocTuned());
  }

  private static boolean isMallocTuned() {
    boolean glibc = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("linux");
    String tunables = System.getenv(MALLOC_VARIABLE);
    return !glibc || (tunables != null && tunables.contains("glibc.malloc.mmap_max=0"));
  }
}
