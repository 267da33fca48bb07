package org.inoculum.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory of this process that lies in RAM, native memory and all; Linux tells. */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern LINE = Pattern.compile("(?m)^VmRSS:\\s*(\\d+) kB$");

  private ResidentMemory() {}

  /** In bytes; nothing on systems that do not tell. */
  static OptionalLong bytes() {
    try {
      Matcher found = LINE.matcher(Files.readString(STATUS, StandardCharsets.ISO_8859_1));
      return found.find()
          ? OptionalLong.of(1024 * Long.parseLong(found.group(1)))
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
