package org.inoculum.cli;

import java.util.Arrays;
import java.util.Locale;
import org.inoculum.torch.LibTorch;
import org.inoculum.torch.PrecisionChoice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The options of every command that runs a network. */
final class EngineOptions {
  @Option(
      names = "--threads",
      paramLabel = "T",
      description = "Intra-op threads. Default: all CPUs.")
  private @Nullable Integer threads;

  @Option(
      names = "--precision",
      paramLabel = "f32|bf16|auto",
      converter = ToPrecision.class,
      description =
          "Number format of convolutions; auto is bf16 where the CPU multiplies it and the self-check passes."
              + " Default: auto.")
  private @Nullable PrecisionChoice precision;

  int threadsOr(int other) {
    return threads == null ? other : threads;
  }

  int threads() {
    return threadsOr(LibTorch.defaultThreads());
  }

  PrecisionChoice precisionOr(PrecisionChoice other) {
    return precision == null ? other : precision;
  }

  PrecisionChoice precision() {
    return precisionOr(PrecisionChoice.AUTO);
  }

  /** From the word on the command line. */
  static final class ToPrecision implements ITypeConverter<PrecisionChoice> {
    @Override
    public PrecisionChoice convert(String label) {
      return Arrays.stream(PrecisionChoice.values())
          .filter(choice -> choice.name().equalsIgnoreCase(label))
          .findFirst()
          .orElseThrow(
              () ->
                  Suggestions.unknown(
                      "precision",
                      label,
                      Arrays.stream(PrecisionChoice.values())
                          .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                          .toList()));
    }
  }
}
