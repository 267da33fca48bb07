package org.inoculum.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The CPU, as the operating system describes it.
 *
 * @param name as the vendor writes it
 * @param bf16 whether it multiplies bfloat16 (bf16) in hardware, so that BF16 is faster than F32
 */
public record CpuInfo(String name, boolean bf16) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");
  private static final Set<String> BF16_FLAGS = Set.of("avx512_bf16", "amx_bf16", "bf16");

  /**
   * Asks the operating system; where only Linux could answer, the name is Java's and bfloat16 are
   * taken as missing.
   */
  public static CpuInfo find() {
    List<String> lines;
    try {
      lines = Files.readAllLines(CPUINFO);
    } catch (IOException e) {
      return new CpuInfo(System.getProperty("os.arch", "unknown"), false);
    }
    String name = field(lines, "model name").orElse(System.getProperty("os.arch", "unknown"));
    String flags = field(lines, "flags").or(() -> field(lines, "Features")).orElse("");
    return new CpuInfo(name, Arrays.stream(flags.split("\\s+")).anyMatch(BF16_FLAGS::contains));
  }

  private static Optional<String> field(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }
}
