package org.inoculum.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.inoculum.Inoculum;
import org.inoculum.report.Fonts;

/**
 * What a system lacks that the program needs, found without loading libtorch, each with how to get
 * it. Linux says it below /proc; of other systems only the architecture is looked at.
 *
 * @param root of the file system, "/"
 * @param os as Java names it, such as "Linux"
 * @param arch as Java names it, such as "amd64"
 * @param nativeCache the folder that JavaCPP unpacks libtorch to
 * @param temporary the folder that ONNX Runtime unpacks itself to
 */
record SystemCheck(Path root, String os, String arch, Path nativeCache, Path temporary) {
  /** What libtorch 2.10 of the JavaCPP presets asks for (objdump -T libtorch_cpu.so). */
  private static final int GLIBC_MINOR = 35;

  private static final String LIBSTDCPP_SYMBOL = "GLIBCXX_3.4.30";
  private static final List<String> LIBRARY_FOLDERS =
      List.of("usr/lib/x86_64-linux-gnu", "lib/x86_64-linux-gnu", "usr/lib64", "lib64", "usr/lib");
  private static final Pattern GLIBC =
      Pattern.compile("GNU C Library [^\\n]{0,80}release version 2\\.(\\d+)");

  /** Longest file of the system that is searched for a text. */
  private static final int LONGEST_LIBRARY_BYTES = 16 << 20;

  /** The machine that this runs on. */
  static SystemCheck here() {
    String cache = System.getProperty("org.bytedeco.javacpp.cachedir", "");
    Path nativeCache =
        cache.isEmpty()
            ? Path.of(System.getProperty("user.home", ""), ".javacpp", "cache")
            : Path.of(cache);
    return new SystemCheck(
        Path.of("/"),
        System.getProperty("os.name", "unknown"),
        System.getProperty("os.arch", "unknown"),
        nativeCache,
        Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
  }

  /** One sentence for each thing that is missing; empty where nothing is. */
  List<String> missing() {
    List<String> missing = new ArrayList<>();
    String system = os.toLowerCase(Locale.ROOT);
    boolean linux = system.contains("linux");
    boolean intel = arch.equals("amd64") || arch.equals("x86_64");
    boolean supported =
        ((linux || system.contains("windows")) && intel)
            || (system.contains("mac") && arch.equals("aarch64"));
    if (!supported) {
      missing.add(
          "there is no libtorch for "
              + os
              + " on "
              + arch
              + " in this program; it runs on Linux and Windows on x86-64 and on macOS on arm64");
    }
    if (linux && intel) {
      libc().ifPresent(missing::add);
      compilerLibrary().ifPresent(missing::add);
      vectors().ifPresent(missing::add);
      unpacking(nativeCache, "libtorch", "org.bytedeco.javacpp.cachedir").ifPresent(missing::add);
      unpacking(temporary, "ONNX Runtime", "java.io.tmpdir").ifPresent(missing::add);
    }
    return missing;
  }

  /** As {@link #missing}, and fonts, which only Java can look for and only charts need. */
  List<String> missingHere() {
    List<String> missing = new ArrayList<>(missing());
    if (!Fonts.areThere()) {
      missing.add(Fonts.MISSING);
    }
    return missing;
  }

  private Optional<String> libc() {
    if (Files.exists(root.resolve("lib/ld-musl-x86_64.so.1")) && library("libc.so.6").isEmpty()) {
      return Optional.of(
          "this system has the C library musl (Alpine, for one), and libtorch needs glibc;"
              + " use the container image");
    }
    return library("libc.so.6")
        .flatMap(file -> find(file, GLIBC))
        .map(found -> Integer.parseInt(found.group(1)))
        .filter(minor -> minor < GLIBC_MINOR)
        .map(
            minor ->
                "glibc here is 2."
                    + minor
                    + ", and libtorch needs 2."
                    + GLIBC_MINOR
                    + " or later (Debian 12, Ubuntu 22.04, Fedora 36, RHEL 10); use a newer system"
                    + " or the container image");
  }

  private Optional<String> compilerLibrary() {
    Optional<Path> found = library("libstdc++.so.6");
    if (found.isEmpty()) {
      return Optional.of(
          "libstdc++.so.6 is not there, and libtorch needs it; install it (Debian: apt install"
              + " libstdc++6, Fedora: dnf install libstdc++)");
    }
    return found
        .filter(file -> find(file, Pattern.compile(Pattern.quote(LIBSTDCPP_SYMBOL))).isEmpty())
        .map(
            file ->
                file
                    + " is older than libtorch needs ("
                    + LIBSTDCPP_SYMBOL
                    + ", GCC 12); use a newer system or the container image");
  }

  private Optional<String> vectors() {
    return lines("proc/cpuinfo").stream()
        .filter(line -> line.startsWith("flags"))
        .findFirst()
        .filter(flags -> !Arrays.asList(flags.split("\\s+")).contains("avx2"))
        .map(
            flags ->
                "this CPU, or the virtual machine around it, has no AVX2, so that training takes"
                    + " several times as long; where it is a virtual machine, let it see the host's CPU");
  }

  /** Where a folder, or what it will lie in, may not hold programs. */
  private Optional<String> unpacking(Path folder, String library, String property) {
    Path absolute = folder.toAbsolutePath().normalize();
    String options = "";
    int longest = -1;
    for (String line : lines("proc/self/mounts")) {
      String[] fields = line.split(" ", -1);
      if (fields.length > 3) {
        Path point = Path.of(fields[1].replace("\\040", " "));
        if (absolute.startsWith(point) && point.getNameCount() >= longest) {
          longest = point.getNameCount();
          options = fields[3];
        }
      }
    }
    if (!Arrays.asList(options.split(",")).contains("noexec")) {
      return Optional.empty();
    }
    return Optional.of(
        library
            + " is unpacked to "
            + folder
            + ", which lies on a file system mounted noexec, so that it cannot be loaded; name"
            + " another folder: INOCULUM_JAVA_OPTS=-D"
            + property
            + "=DIR "
            + Inoculum.command()
            + " ...");
  }

  private Optional<Path> library(String name) {
    return LIBRARY_FOLDERS.stream()
        .map(folder -> root.resolve(folder).resolve(name))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static Optional<Matcher> find(Path file, Pattern text) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(LONGEST_LIBRARY_BYTES);
      Matcher matcher = text.matcher(new String(content, StandardCharsets.ISO_8859_1));
      return matcher.find() ? Optional.of(matcher) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(root.resolve(file), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return List.of();
    }
  }
}
