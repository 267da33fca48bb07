package org.inoculum.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.inoculum.Sizes;
import org.inoculum.UserException;
import org.inoculum.files.Storage;
import org.inoculum.random.Purpose;
import org.inoculum.random.RandomStream;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus.State;
import org.inoculum.torch.TorchTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test 4 of docs/explanation/reliability.md on a real full disk: a small one of its own, such as a
 * tmpfs, whose folder is given by {@code -Dinoculum.small-disk}. It is filled up to a random rest
 * before each training.
 */
@Tag("slow")
class FullDiskTest extends TorchTest {
  /** A larger disk is none that a test should fill. */
  private static final long LARGEST = 64L << 20;

  @TempDir private Path folder;

  @Test
  void aFullDiskCostsNothingThatResumingDoesNotBringBack() throws IOException {
    String given = System.getProperty("inoculum.small-disk", "");
    assumeTrue(!given.isEmpty(), "no small disk was given (-Dinoculum.small-disk=FOLDER)");
    Path disk = Path.of(given);
    assertThat(Files.getFileStore(disk).getTotalSpace()).isLessThanOrEqualTo(LARGEST);
    RunDirectory whole = TinyRun.create(folder);
    assertThat(TinyRun.go(whole).state()).isEqualTo(State.FINISHED);
    String expected = TinyRun.fingerprint(whole);
    long needed = size(whole.path());
    int full = 0;
    for (int trial = 0; full < Sizes.of(10, 200); trial++) {
      Path filler = disk.resolve("filler");
      RunDirectory run = TinyRun.create(disk.resolve("runs" + trial));
      fill(filler, RandomStream.of(3, Purpose.CHECKING, trial).nextInt((int) needed));
      UserException failure = catchThrowableOfType(UserException.class, () -> TinyRun.go(run));
      Files.delete(filler);
      if (failure != null) {
        full++;
        assertThat(failure.kind()).isEqualTo(UserException.Kind.STORAGE);
        assertThat(failure).hasMessageContaining("No space left on device");
        TinyRun.go(run);
      }
      assertThat(run.status().state()).isEqualTo(State.FINISHED);
      assertThat(TinyRun.fingerprint(run)).as("trial %d", trial).isEqualTo(expected);
      Storage.deleteTree(disk.resolve("runs" + trial));
    }
    System.out.println("full disks: " + full);
  }

  private static long size(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** Takes all of the disk but so many bytes. */
  private static void fill(Path file, long rest) throws IOException {
    long all = Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace() - rest;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
      for (long left = all; left > 0; left -= zeros.limit()) {
        zeros.clear().limit((int) Math.min(left, zeros.capacity()));
        int asked = zeros.limit();
        int written = channel.write(zeros);
        assertThat(written).isEqualTo(asked);
      }
    }
  }
}
