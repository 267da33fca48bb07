package org.inoculum.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On planted systems, each with one thing missing. */
@EnabledOnOs(OS.LINUX)
class SystemCheckTest {
  private static final Path CACHE = Path.of("/home/user/.javacpp/cache");

  @TempDir private Path root;

  @BeforeEach
  void aSystemWithAll() throws IOException {
    plant(
        "usr/lib/x86_64-linux-gnu/libc.so.6",
        "\0GNU C Library (Debian GLIBC 2.36-9) stable release version 2.36.\n");
    plant("usr/lib/x86_64-linux-gnu/libstdc++.so.6", "\0GLIBCXX_3.4.29\0GLIBCXX_3.4.30\0");
    plant("proc/cpuinfo", "processor : 0\nflags\t\t: fpu sse2 avx avx2 bf16\n");
    plant("proc/self/mounts", "/dev/vda / ext4 rw,relatime 0 0\ntmpfs /tmp tmpfs rw,nosuid 0 0\n");
  }

  @Test
  void nothingIsMissingWhereAllIsThere() {
    assertThat(linux()).isEmpty();
  }

  @Test
  void anOldGlibc() throws IOException {
    plant(
        "usr/lib/x86_64-linux-gnu/libc.so.6",
        "GNU C Library (GNU libc) stable release version 2.34.\n");
    assertThat(linux())
        .singleElement()
        .asString()
        .contains("glibc here is 2.34", "2.35", "RHEL 10");
  }

  @Test
  void musl() throws IOException {
    Files.delete(root.resolve("usr/lib/x86_64-linux-gnu/libc.so.6"));
    plant("lib/ld-musl-x86_64.so.1", "");
    assertThat(linux()).singleElement().asString().contains("musl", "container");
  }

  @Test
  void libstdcppThatIsMissingOrOld() throws IOException {
    plant("usr/lib/x86_64-linux-gnu/libstdc++.so.6", "\0GLIBCXX_3.4.29\0");
    assertThat(linux()).singleElement().asString().contains("older", "GLIBCXX_3.4.30");
    Files.delete(root.resolve("usr/lib/x86_64-linux-gnu/libstdc++.so.6"));
    assertThat(linux()).singleElement().asString().contains("apt install libstdc++6");
  }

  @Test
  void noAvx2() throws IOException {
    plant("proc/cpuinfo", "processor : 0\nflags\t\t: fpu sse2 avx\n");
    assertThat(linux()).singleElement().asString().contains("no AVX2");
  }

  @Test
  void aTemporaryFolderOrAHomeThatMayNotHoldPrograms() throws IOException {
    plant(
        "proc/self/mounts",
        "/dev/vda / ext4 rw 0 0\ntmpfs /tmp tmpfs rw,nosuid,noexec 0 0\nnfs /home nfs4 rw,noexec 0 0\n");
    assertThat(linux())
        .hasSize(2)
        .anyMatch(line -> line.contains("ONNX Runtime") && line.contains("-Djava.io.tmpdir=DIR"))
        .anyMatch(
            line ->
                line.contains("libtorch") && line.contains("-Dorg.bytedeco.javacpp.cachedir=DIR"));
    plant("proc/self/mounts", "a / ext4 rw,noexec 0 0\nb /tmp x rw 0 0\nc /home/user x rw 0 0\n");
    assertThat(linux()).isEmpty();
  }

  @Test
  void aSystemWithoutLibtorch() {
    assertThat(new SystemCheck(root, "Linux", "aarch64", CACHE, Path.of("/tmp")).missing())
        .singleElement()
        .asString()
        .contains("no libtorch for Linux on aarch64");
    assertThat(new SystemCheck(root, "Mac OS X", "aarch64", CACHE, Path.of("/tmp")).missing())
        .isEmpty();
    assertThat(new SystemCheck(root, "Windows 11", "amd64", CACHE, Path.of("/tmp")).missing())
        .isEmpty();
  }

  @Test
  void thisMachineRunsTheTestsAndSoLacksNothingOfTheLibraries() {
    assertThat(SystemCheck.here().missing()).noneMatch(line -> line.contains("glibc"));
  }

  private List<String> linux() {
    return new SystemCheck(root, "Linux", "amd64", CACHE, Path.of("/tmp")).missing();
  }

  private void plant(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
