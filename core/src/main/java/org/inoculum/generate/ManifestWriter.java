package org.inoculum.generate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.image.ContactSheet;
import org.inoculum.image.Image;
import org.inoculum.image.Png;
import org.inoculum.model.ListedImages.SampleSpec;
import org.inoculum.run.Provenance;

/**
 * Writes the manifest of a set while it is generated: which candidates are taken, where they lie,
 * {@code manifest.jsonl}, {@code rejected.jsonl}, and at the end what describes the set. The same
 * whoever makes the images, and where.
 */
public final class ManifestWriter {
  static final String MANIFEST = "manifest.jsonl";
  static final String REJECTED = "rejected.jsonl";
  static final String DESCRIPTION = "generation.json";

  private static final String NOTICE =
      "Synthetic images. This is not anonymisation and not differentially private: a generator can reproduce what it was trained on. ";
  private static final String UNTESTED = "No copy check was made.";
  private static final int SHEET_TILES = 64;

  private final GenerationOrigin origin;
  private final SamplingPlan plan;
  private final SyntheticFormat format;
  private final Shard shard;
  private final AppendedFiles files;
  private final SyntheticSetWriter writer;
  private final Optional<Selection> selection;
  private final StringBuilder rows = new StringBuilder();
  private final List<Image> tiles = new ArrayList<>();
  private int accepted;

  /**
   * Books that are empty.
   *
   * @param plan which images may come
   * @param tarBytes most bytes of one tar of a WebDataset
   */
  ManifestWriter(
      GenerationOrigin origin,
      SamplingPlan plan,
      SyntheticFormat format,
      Shard shard,
      AppendedFiles files,
      long tarBytes) {
    this.origin = origin;
    this.plan = plan;
    this.format = format;
    this.shard = shard;
    this.files = files;
    this.writer =
        switch (format) {
          case FOLDER ->
              new FolderWriter(
                  files, origin.choice().names(), plan.classes(), origin.generator().size());
          case WEBDATASET -> new WebDatasetWriter(files, origin.choice().names(), shard, tarBytes);
        };
    this.selection =
        Optional.ofNullable(origin.compared())
            .map(compared -> new Selection(compared, shard.isWhole()));
  }

  /**
   * Books of a set whose images are written elsewhere, by others.
   *
   * @param folder where the documents go; exists and is empty
   * @param tarBytes most bytes of one tar of a WebDataset
   * @param elsewhere which files those are, relative to the set's folder
   */
  public static ManifestWriter ofImagesElsewhere(
      GenerationOrigin origin,
      SyntheticFormat format,
      Path folder,
      long tarBytes,
      WrittenElsewhere elsewhere)
      throws IOException {
    return new ManifestWriter(
        origin,
        new SamplingPlan.OfSeed(origin, Shard.WHOLE),
        format,
        Shard.WHOLE,
        AppendedFiles.without(folder, elsewhere),
        tarBytes);
  }

  /** Whether the next candidate, in the order of the index, is taken. */
  public boolean accepts(Candidate candidate) {
    CopyCheckResult copyCheckResult = candidate.copyCheckResult();
    return selection.isEmpty()
        || copyCheckResult == null
        || selection.get().accepts(candidate.image(), copyCheckResult);
  }

  /**
   * Enters a candidate that was just taken.
   *
   * @param png its file, or as many bytes of anything where images are written elsewhere
   * @return its row, which names its place
   */
  public GeneratedImage enter(Candidate candidate, byte[] png, String sha256) {
    CopyCheckResult copyCheckResult = candidate.copyCheckResult();
    SampleSpec image = candidate.image();
    String className = origin.choice().names().get(image.label());
    GeneratedImage row =
        new GeneratedImage(
            writer.place(candidate.number(), className, png),
            image.index(),
            image.seed(),
            className,
            origin.snapshot(),
            sha256,
            copyCheckResult == null ? null : copyCheckResult.nearestReal(),
            copyCheckResult == null ? null : copyCheckResult.distance(),
            copyCheckResult == null ? null : copyCheckResult.ratio());
    writer.write(row, png);
    rows.append(Json.line(row)).append('\n');
    accepted++;
    return row;
  }

  /** Whether the contact sheet still has room for the images that are taken next. */
  public boolean wantsSheetImage() {
    return tiles.size() < SHEET_TILES;
  }

  /** Shows an image that was taken, as its file has it, for the contact sheet. */
  public void see(Image written) {
    if (wantsSheetImage()) {
      tiles.add(origin.shown(written));
    }
  }

  /** Writes down what was entered. */
  public void flush() {
    files.append(MANIFEST, rows.toString().getBytes(StandardCharsets.UTF_8));
    rows.setLength(0);
    selection.ifPresent(
        kept -> files.append(REJECTED, kept.takeLines().getBytes(StandardCharsets.UTF_8)));
  }

  /** Writes down what was rejected after the last image that was taken: more will follow. */
  void flushRejected() {
    selection.ifPresent(Selection::flush);
  }

  /**
   * Ends a generation that comes to nothing.
   *
   * @throws org.inoculum.UserException of kind FAILURE if hardly any image is accepted
   */
  public void refuseHopeless() {
    selection.ifPresent(Selection::refuseHopeless);
  }

  /** Looks at an image that was taken before this generation was resumed. */
  void restore(Candidate candidate, Image image) {
    accepts(candidate);
    accepted++;
    see(image);
  }

  /** Counts an image that was rejected before this generation was resumed. */
  void restore(RejectedImage rejected) {
    selection.ifPresent(kept -> kept.restore(rejected));
  }

  /** The first images that were taken, as they look. */
  List<Image> seen() {
    return List.copyOf(tiles);
  }

  SyntheticSetWriter writer() {
    return writer;
  }

  /** Images that were taken. */
  public int accepted() {
    return accepted;
  }

  /** Images that were not. */
  public int rejected() {
    return selection.map(Selection::rejected).orElse(0);
  }

  /** Writes what describes the set, once all images are in; the last file but one. */
  public SyntheticSet describe() throws IOException {
    flush();
    writer.finish();
    Path folder = files.folder();
    if (!tiles.isEmpty()) { // a part may have none
      Storage.writeFile(
          folder.resolve("contact-sheet.png"),
          Png.encode(ContactSheet.of(tiles, ContactSheet.columnsFor(tiles.size()), 2, 255)));
    }
    SyntheticSet set =
        new SyntheticSet(
            origin.program(),
            Provenance.now(),
            origin.run(),
            origin.snapshot(),
            origin.generator().sha256(),
            origin.seed(),
            origin.truncation(),
            accepted,
            shard.isWhole() ? null : shard.label(),
            origin.precision().name().toLowerCase(Locale.ROOT),
            origin.levels().bits(),
            origin.levels().window(),
            origin.levels().samples(),
            selection.map(Selection::test).orElse(null),
            NOTICE + selection.map(Selection::notice).orElse(UNTESTED));
    Storage.writeFile(
        folder.resolve(DataCard.FILE), new DataCard(set, origin, plan.classes(), format).text());
    return set;
  }

  /** Writes {@value #DESCRIPTION}, the last file of a set. */
  public void close(SyntheticSet set) {
    Storage.writeFile(files.folder().resolve(DESCRIPTION), FormatVersion.document(set));
  }
}
