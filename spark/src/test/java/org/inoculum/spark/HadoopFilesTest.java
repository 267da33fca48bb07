package org.inoculum.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopFilesTest {
  @TempDir private Path folder;

  private HadoopFiles files() {
    return new HadoopFiles(folder.toUri().toString(), new Configuration());
  }

  @Test
  void theSameMayBeWrittenByManyAtOnce() throws IOException {
    byte[] content = new byte[300_000];
    content[7] = 1;
    HadoopFiles files = files();
    IntStream.range(0, 16)
        .parallel()
        .forEach(
            i -> {
              try {
                files.write("a/b.bin", out -> out.write(content));
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(folder.resolve("a/b.bin")).hasBinaryContent(content);
    assertThat(folder.resolve("a")).isDirectoryContaining("glob:**b.bin");
    assertThat(folder.resolve("attempts")).isEmptyDirectory();
    try (var all = Files.walk(folder)) {
      assertThat(all.filter(Files::isRegularFile)).hasSize(1); // no checksum files beside it
    }
  }

  @Test
  void somethingElseUnderTheNameIsRefused() throws IOException {
    files().write("a", "one");
    assertThatThrownBy(() -> files().write("a", "other"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("holds something else");
    assertThat(folder.resolve("a")).hasContent("one");
  }

  @Test
  void anAttemptThatFailsLeavesNothing() {
    assertThatThrownBy(
            () ->
                files()
                    .write(
                        "a",
                        out -> {
                          out.write(new byte[100_000]);
                          throw new IOException("killed");
                        }))
        .hasMessage("killed");
    assertThat(folder.resolve("a")).doesNotExist();
    assertThat(folder.resolve("attempts")).isEmptyDirectory();
  }

  /** Where Hadoop sets them, it starts a process for every file. */
  @Test
  void rightsAreThoseOfTheProcess() throws IOException {
    Configuration configuration = new Configuration();
    configuration.set("fs.permissions.umask-mode", "077");
    configuration.setBoolean("fs.file.impl.disable.cache", true); // or that would not be read
    new HadoopFiles(folder.toUri().toString(), configuration).write("hadoop", "one");
    Path java = Files.writeString(folder.resolve("java"), "one");
    assertThat(Files.getPosixFilePermissions(folder.resolve("hadoop")))
        .isEqualTo(Files.getPosixFilePermissions(java))
        .contains(PosixFilePermission.GROUP_READ);
  }
}
