package org.inoculum.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.X5455_ExtendedTimestamp;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivesTest {
  private static final FileTime TIME = FileTime.fromMillis(1_790_000_000_000L);

  @TempDir private Path folder;

  @Test
  void aZipSaysTheTimeInUtcAndWhatMayBeExecuted() throws IOException {
    Path file = Archives.zip(tree("a", false), folder.resolve("a.zip"), TIME);
    try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
      List<ZipArchiveEntry> entries = Collections.list(zip.getEntriesInPhysicalOrder());
      assertThat(entries.stream().map(ZipArchiveEntry::getName))
          .containsExactly("a/bin/", "a/bin/java", "a/text");
      assertThat(entries.stream().map(entry -> entry.getUnixMode() & 0777))
          .containsExactly(0755, 0755, 0644);
      X5455_ExtendedTimestamp utc =
          (X5455_ExtendedTimestamp)
              entries.get(2).getExtraField(new X5455_ExtendedTimestamp().getHeaderId());
      assertThat(utc).isNotNull();
      assertThat(utc.getModifyFileTime()).isEqualTo(TIME);
    }
  }

  @Test
  void theOrderInWhichFilesWereMadeIsNotSeen() throws IOException {
    Path one = Archives.zip(tree("1/a", false), folder.resolve("1.zip"), TIME);
    Path other = Archives.zip(tree("2/a", true), folder.resolve("2.zip"), TIME);
    assertThat(other).hasSameBinaryContentAs(one);
    assertThat(tar(folder.resolve("1/a"))).isEqualTo(tar(folder.resolve("2/a")));
  }

  @Test
  void aTarKeepsLinksAndBelongsToRoot() throws IOException {
    Path tree = tree("a", false);
    Files.createSymbolicLink(tree.resolve("link"), Path.of("bin/java"));
    List<TarArchiveEntry> entries = new ArrayList<>();
    try (TarArchiveInputStream in =
        new TarArchiveInputStream(
            new GzipCompressorInputStream(new ByteArrayInputStream(tar(tree))))) {
      for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.add(entry);
      }
    }
    assertThat(entries.stream().map(TarArchiveEntry::getName))
        .containsExactly("./", "./bin/", "./bin/java", "./link", "./text");
    assertThat(entries.get(3).isSymbolicLink()).isTrue();
    assertThat(entries.get(3).getLinkName()).isEqualTo("bin/java");
    assertThat(entries).allMatch(entry -> entry.getLongUserId() == 0);
  }

  private static byte[] tar(Path tree) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Archives.tarGz(tree, out, TIME);
    return out.toByteArray();
  }

  private Path tree(String name, boolean backwards) throws IOException {
    Path tree = folder.resolve(name);
    Path bin = Files.createDirectories(tree.resolve("bin"));
    if (backwards) {
      Files.writeString(tree.resolve("text"), "words");
    }
    Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    if (!backwards) {
      Files.writeString(tree.resolve("text"), "words");
    }
    return tree;
  }
}
