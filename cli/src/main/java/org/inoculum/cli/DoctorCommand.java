package org.inoculum.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.inoculum.Inoculum;
import org.inoculum.run.Provenance;
import org.inoculum.torch.Engine;
import org.inoculum.torch.Precision;
import org.inoculum.torch.SelfCheck;
import org.inoculum.train.MachineSpeed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inoculum doctor}. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description =
        "Checks this machine: what is missing on it, CPU, libtorch, gradients; with --bench its speed.",
    footer = {"", "Example: inoculum doctor --bench"})
final class DoctorCommand implements Callable<Integer> {
  private static final long MEBIBYTE = 1L << 20;

  private final Console console;

  @Mixin private EngineOptions options = new EngineOptions();

  @Option(
      names = "--bench",
      description =
          "Measures for about a minute how fast this machine trains, beside its own GEMM.")
  private boolean bench;

  @Option(names = "--json", description = "Prints one JSON document on stdout.")
  private boolean json;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    // Before libtorch is loaded: where it cannot be, this says why.
    List<String> missing = SystemCheck.here().missingHere();
    missing.forEach(console::warn);
    Engine engine = Engine.inspect(options.threads(), options.precision());
    SelfCheck check = engine.selfCheck();
    boolean ok = check.passes(engine.precision());
    Map<String, Object> found = new LinkedHashMap<>();
    found.put("program", Inoculum.program());
    found.put("java", Provenance.thisJava());
    found.put("system", Provenance.thisSystem());
    found.put("cpu", engine.cpu().name());
    found.put("bf16", engine.cpu().bf16());
    found.put("cpus", Runtime.getRuntime().availableProcessors());
    found.put("javaHeapMiB", Runtime.getRuntime().maxMemory() / MEBIBYTE);
    found.put("libtorch", engine.version());
    found.put("instructions", engine.instructions());
    found.put("threads", engine.threads());
    found.put("precision", engine.precision().name().toLowerCase(Locale.ROOT));
    found.put("tunedMalloc", engine.tunedMalloc());
    found.put(
        "openblasCoreType",
        Objects.requireNonNullElse(System.getenv("OPENBLAS_CORETYPE"), "found by itself"));
    found.put("missing", missing);
    found.put("gpu", "not used: this build trains on the CPU");
    found.put("gradientErrorF32", check.f32Error());
    found.put("gradientErrorBf16", check.bf16Error());
    found.put("gradientErrorUnguarded", check.unguardedError());
    found.put("selfCheck", ok ? "ok" : "failed");
    Optional<MachineSpeed> speed =
        bench && ok ? Optional.of(BenchTable.measure(engine, console)) : Optional.empty();
    speed.ifPresent(measured -> found.put("bench", measured));
    if (json) {
      console.printJson(found);
    } else {
      found.remove("bench");
      found.put("missing", missing.isEmpty() ? "nothing" : "see the warnings above");
      found.forEach(
          (name, value) -> console.print(String.format(Locale.ROOT, "%-24s%s", name, value)));
      if (check.unguardedError() > SelfCheck.F32_TOLERANCE && check.passes(Precision.F32)) {
        console.print(
            "The unguarded error is that of narrow convolutions as this CPU computes them; training pads them and is right.");
      }
      speed.ifPresent(measured -> BenchTable.of(measured, engine).forEach(console::print));
      console.print(
          ok
              ? "ready: this machine trains, in "
                  + engine.precision().name().toLowerCase(Locale.ROOT)
              : "not ready: gradients are computed wrongly here; the same with --precision f32 may pass");
      if (ok) {
        console.next("demo");
      }
    }
    return ok ? 0 : Failures.FAILURE;
  }
}
