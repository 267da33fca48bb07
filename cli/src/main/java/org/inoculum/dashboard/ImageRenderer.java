package org.inoculum.dashboard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.inoculum.UserException;
import org.inoculum.generate.Explorer;
import org.inoculum.image.ContactSheet;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.SnapshotChoice;
import org.inoculum.run.SnapshotInfo;
import org.inoculum.torch.Engine;
import org.jspecify.annotations.Nullable;

/**
 * The generator behind the explorer, in this process: loaded when it is first asked for, one at a
 * time, and let go when nobody asks any more.
 */
final class ImageRenderer implements AutoCloseable {
  /** How long an answer may take with those that were asked for before it. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration IDLE = Duration.ofMinutes(3);
  private static final int MOST_WAITING = 4;
  private static final long LARGEST_WEIGHTS = 256L << 20;
  private static final int LARGEST_SIDE = 256;
  private static final int COLUMNS = 8;

  private final DashboardOptions options;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "explorer");
            made.setDaemon(true);
            return made;
          });
  private final AtomicInteger waiting = new AtomicInteger();

  // Only the thread touches these.
  private @Nullable Engine engine;
  private @Nullable Explorer explorer;
  private @Nullable Path loaded;
  private long lastUsed;

  /** Too many wait already. */
  static final class BusyException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  ImageRenderer(DashboardOptions options) {
    this.options = options;
    long half = IDLE.toMillis() / 2;
    var unused = thread.scheduleAtFixedRate(this::letGoIfIdle, half, half, TimeUnit.MILLISECONDS);
  }

  /**
   * A sheet of images without gaps, {@value #COLUMNS} in a row, as PNG.
   *
   * @param snapshot iteration of the generator
   * @param images what is asked of it
   */
  CompletableFuture<byte[]> sheet(
      Run run, String snapshot, Function<Explorer, List<Image>> images) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      throw new BusyException();
    }
    return CompletableFuture.supplyAsync(
            () -> {
              try {
                List<Image> drawn = images.apply(explorer(run, snapshot));
                return Png.encode(ContactSheet.of(drawn, COLUMNS, 0, 0));
              } finally {
                lastUsed = System.nanoTime();
                waiting.decrementAndGet();
              }
            },
            thread)
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  private Explorer explorer(Run run, String snapshot) {
    Path folder = run.folder().resolve("snapshots").resolve(snapshot);
    if (explorer != null && folder.equals(loaded) && !isReplaced(run, snapshot, explorer)) {
      return explorer;
    }
    letGo();
    requireModest(run, snapshot);
    if (engine == null) {
      engine = Engine.start(options.threads(), options.precision());
    }
    RunDirectory directory = run.directory();
    Explorer opened =
        Explorer.open(directory, SnapshotChoice.parse(snapshot), engine, warning -> {});
    explorer = opened;
    loaded = folder;
    return opened;
  }

  /** A training that goes back writes other weights under the same number; one removed may stay. */
  private static boolean isReplaced(Run run, String snapshot, Explorer loaded) {
    return info(run, snapshot).filter(now -> !now.equals(loaded.snapshot())).isPresent();
  }

  /** What a snapshot says of itself; nothing where it is missing, behind a link or damaged. */
  static Optional<SnapshotInfo> info(Run run, String snapshot) {
    return run.versioned("snapshots/" + snapshot + "/snapshot.json", SnapshotInfo.class);
  }

  private static void requireModest(Run run, String snapshot) {
    SnapshotInfo info =
        info(run, snapshot)
            .orElseThrow(() -> UserException.badData("the run has no whole snapshot " + snapshot));
    Path weights =
        run.file("snapshots/" + snapshot + "/generator.safetensors")
            .orElseThrow(
                () -> UserException.badData("the snapshot " + snapshot + " has no weights"));
    if (run.document("dataset.json", Object.class).isEmpty()) {
      throw UserException.badData("the run has no whole dataset.json");
    }
    try {
      if (Files.size(weights) > LARGEST_WEIGHTS || info.size() > LARGEST_SIDE) {
        throw UserException.badData(
            "the generator is too large to be explored here: at most "
                + (LARGEST_WEIGHTS >> 20)
                + " MB and "
                + LARGEST_SIDE
                + " pixels; inoculum generate takes it");
      }
    } catch (IOException e) {
      throw UserException.badData("cannot read the snapshot: " + e.getMessage(), e);
    }
  }

  private void letGoIfIdle() {
    if (System.nanoTime() - lastUsed > IDLE.toNanos()) {
      letGo();
    }
  }

  private void letGo() {
    if (explorer != null) {
      explorer.close();
      explorer = null;
      loaded = null;
    }
  }

  @Override
  public void close() {
    thread.execute(this::letGo);
    thread.shutdown();
  }
}
