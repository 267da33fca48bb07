package org.inoculum.generate;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.inoculum.UserException;
import org.inoculum.copies.CopyFilter.Reason;
import org.inoculum.copies.Descriptor;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.files.StoredFile;
import org.inoculum.files.StoredName;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.Image;
import org.inoculum.image.ImageFiles;
import org.inoculum.run.RunDirectory;
import org.jspecify.annotations.Nullable;

/** Goes through the images of a part in the order of their index, and checks each. */
final class ShardReader implements AutoCloseable {
  private static final Pattern TAR = Pattern.compile("shard-[0-9of-]+\\.tar");

  private final Path folder;
  private final ShardManifest part;
  private final Lines<GeneratedImage> accepted;
  private final Lines<RejectedImage> rejected;
  private final Lines<ShardManifest.Limit> limits;
  private String openTar = "";
  private InputStream tar = InputStream.nullInputStream();

  ShardReader(Path folder, ShardManifest part) throws IOException {
    this.folder = folder;
    this.part = part;
    this.accepted = new Lines<>(folder.resolve(ManifestWriter.MANIFEST), GeneratedImage.class);
    this.rejected = new Lines<>(folder.resolve(ManifestWriter.REJECTED), RejectedImage.class);
    this.limits = new Lines<>(folder.resolve(ShardManifest.LIMITS), ShardManifest.Limit.class);
  }

  /**
   * An image of the part.
   *
   * @param candidate what is said of it
   * @param png its file; null where the part left it out
   * @param image what is in it, as the file has it; null likewise
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Read(Candidate candidate, byte @Nullable [] png, @Nullable Image image) {}

  /**
   * The next image, which must be this one.
   *
   * @throws UserException of kind BAD_DATA if the part does not know it or its file has changed
   */
  Read next(long index) throws IOException {
    RejectedImage left = rejected.peek();
    if (left != null && left.index() == index) {
      rejected.take();
      CopyCheckResult copyCheckResult =
          new CopyCheckResult(
              left.nearestReal(),
              left.distance(),
              left.ratio(),
              reason(left),
              Descriptor.NOTHING,
              0);
      return new Read(part.origin().candidate(index, copyCheckResult), null, null);
    }
    GeneratedImage row = accepted.peek();
    if (row == null || row.index() != index) {
      throw UserException.badData(folder + " lacks image " + index + "; generate this part again");
    }
    accepted.take();
    byte[] png = read(row);
    if (!Sha256.of(png).equals(row.sha256())) {
      throw UserException.badData(
          folder
              + ": "
              + row.file()
              + " has changed since it was generated: its SHA-256 is not the one in "
              + ManifestWriter.MANIFEST
              + "; generate this part again");
    }
    Image image = ImageFiles.decode(png, row.file(), DecodingLimits.DEFAULT);
    return new Read(part.origin().candidate(index, copyCheckResult(row, image)), png, image);
  }

  private Reason reason(RejectedImage left) {
    for (Reason reason : Reason.values()) {
      if (reason.label().equals(left.reason())) {
        return reason;
      }
    }
    throw UserException.badData(
        folder + "/" + ManifestWriter.REJECTED + " gives the unknown reason " + left.reason());
  }

  private @Nullable CopyCheckResult copyCheckResult(GeneratedImage row, Image image)
      throws IOException {
    if (part.origin().compared() == null) {
      return null;
    }
    ShardManifest.Limit limit = limits.take();
    if (limit == null
        || limit.index() != row.index()
        || row.nearestReal() == null
        || row.nearestDistance() == null
        || row.nearestRatio() == null) {
      throw UserException.badData(
          folder + " does not say what image " + row.index() + " was compared with");
    }
    return new CopyCheckResult(
        row.nearestReal(),
        row.nearestDistance(),
        row.nearestRatio(),
        null,
        Descriptor.of(part.origin().shown(image)),
        limit.limit());
  }

  private byte[] read(GeneratedImage row) throws IOException {
    String name = RunDirectory.number(row.index()) + ".png";
    if (part.format() == SyntheticFormat.FOLDER) {
      Path file =
          StoredName.child(
                  folder,
                  part.origin().className(row.index()),
                  folder.resolve(ShardManifest.FILE).toString())
              .resolve(name);
      if (!Files.isRegularFile(file)) {
        throw UserException.badData(file + " is missing; generate this part again");
      }
      return StoredFile.bytes(file, StoredFile.ARRAY);
    }
    int slash = row.file().indexOf('/');
    String wanted = slash < 0 ? "" : row.file().substring(0, slash);
    if (!TAR.matcher(wanted).matches() || !Files.isRegularFile(folder.resolve(wanted))) {
      throw UserException.badData(
          folder + ": " + row.file() + " is not in a tar of this part; generate this part again");
    }
    if (!wanted.equals(openTar)) {
      tar.close();
      tar = new BufferedInputStream(StoredFile.open(folder.resolve(wanted)));
      openTar = wanted;
    }
    byte @Nullable [] png = Ustar.next(tar, name);
    if (png == null) {
      throw UserException.badData(
          folder + ": " + row.file() + " is not there any more; generate this part again");
    }
    return png;
  }

  @Override
  public void close() throws IOException {
    accepted.close();
    rejected.close();
    limits.close();
    tar.close();
  }

  /** The lines of a file, one after the other; none where there is no file. */
  private static final class Lines<T> {
    private final Path file;
    private final Class<T> type;
    private final Optional<StoredFile.Lines> lines;
    private int number;
    private @Nullable T next;

    Lines(Path file, Class<T> type) throws IOException {
      this.file = file;
      this.type = type;
      this.lines = Files.exists(file) ? Optional.of(StoredFile.lines(file)) : Optional.empty();
      take();
    }

    @Nullable T peek() {
      return next;
    }

    @Nullable T take() throws IOException {
      @Nullable T taken = next;
      @Nullable String line = lines.isPresent() ? lines.get().next() : null;
      next = line == null ? null : Json.parse(line, type, file + ", line " + ++number);
      return taken;
    }

    void close() throws IOException {
      if (lines.isPresent()) {
        lines.get().close();
      }
    }
  }
}
