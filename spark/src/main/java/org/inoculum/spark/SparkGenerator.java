package org.inoculum.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.inoculum.UserException;
import org.inoculum.copies.TrainingImages;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.generate.Candidate;
import org.inoculum.generate.CandidateImages;
import org.inoculum.generate.GeneratedImage;
import org.inoculum.generate.GenerationOrigin;
import org.inoculum.generate.GenerationResult;
import org.inoculum.generate.ManifestWriter;
import org.inoculum.generate.SyntheticFormat;
import org.inoculum.generate.WrittenElsewhere;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.ImageFiles;
import org.inoculum.run.Snapshot;

/**
 * Generates a set on a cluster: tasks draw {@link Chunks} of candidates, the driver decides in the
 * order of the index which are taken, as one process would, tasks write these into the set, and the
 * driver adds the documents and gives the folder its name.
 */
final class SparkGenerator {
  private final JavaSparkContext spark;
  private final GenerationOrigin origin;
  private final GeneratePlan plan;
  private final Chunks chunks;
  private final Broadcast<GeneratorModel> model;
  private final FaultPoint fault;
  private final Consumer<String> log;
  private final List<OutputSlice> pieces = new ArrayList<>();
  private final Map<String, OutputSlice.Done> tars = new HashMap<>();
  private String openTar = "";
  private final List<OutputSlice.Slice> open = new ArrayList<>();

  private SparkGenerator(
      JavaSparkContext spark,
      GenerationOrigin origin,
      GeneratePlan plan,
      Chunks chunks,
      Broadcast<GeneratorModel> model,
      FaultPoint fault,
      Consumer<String> log) {
    this.spark = spark;
    this.origin = origin;
    this.plan = plan;
    this.chunks = chunks;
    this.model = model;
    this.fault = fault;
    this.log = log;
  }

  /**
   * Generates.
   *
   * @param out the new data set on any file system of Hadoop's; must not exist. What is not whole
   *     yet lies beside it, under its name with a dot in front and {@code .part} behind
   * @param fault where tests let a task fail
   * @param log is told in a sentence how far it is
   * @throws UserException if {@code out} exists, or hardly any image passes the filter
   * @throws IOException if the file system fails
   */
  static GenerationResult generate(
      JavaSparkContext spark,
      GenerationOrigin origin,
      Snapshot snapshot,
      Optional<TrainingImages> training,
      GeneratePlan plan,
      String out,
      FaultPoint fault,
      Consumer<String> log)
      throws IOException {
    org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(out);
    String part =
        new org.apache.hadoop.fs.Path(
                target.getParent() == null
                    ? new org.apache.hadoop.fs.Path(".")
                    : target.getParent(),
                "." + target.getName() + ".part")
            .toString();
    HadoopFiles files = new HadoopFiles(part, spark.hadoopConfiguration());
    if (new HadoopFiles(out, spark.hadoopConfiguration()).exists("")) {
      throw UserException.usage(
          out
              + " exists already and nothing is overwritten; name another place or remove it first");
    }
    begin(files, origin, plan);
    GeneratorModel sent = GeneratorModel.of(origin, snapshot, training);
    Broadcast<GeneratorModel> model = spark.broadcast(sent);
    SparkGenerator generation =
        new SparkGenerator(
            spark, origin, plan, new Chunks(files, plan.chunkBatches()), model, fault, log);
    Path manifestFolder = Files.createTempDirectory("inoculum-manifest");
    try {
      GenerationResult generated = generation.run(manifestFolder);
      files.moveTo("set", out);
      files.delete("");
      return generated;
    } catch (UserException e) {
      if (e.kind() == UserException.Kind.FAILURE) {
        files.delete("");
      }
      throw e;
    } finally {
      Storage.deleteTree(manifestFolder);
      model.destroy();
    }
  }

  /** Goes on where the same was begun, or begins. */
  private static void begin(HadoopFiles files, GenerationOrigin origin, GeneratePlan plan)
      throws IOException {
    Map<String, Object> job = new LinkedHashMap<>(Json.tree(origin));
    job.put("count", plan.count());
    job.put("format", plan.format());
    job.put("tarBytes", plan.tarBytes());
    job.put("chunkBatches", plan.chunkBatches());
    String text = Json.document(job);
    if (plan.resume() && files.exists("job.json")) {
      String before = files.text("job.json");
      if (!before.equals(text)) {
        throw UserException.usage(
            "cannot go on in %s: something else was generated there; ask for the same, or leave --resume out to begin anew; it was%n%s"
                .formatted(files, before));
      }
      return;
    }
    files.delete("");
    files.write("job.json", text);
  }

  private GenerationResult run(Path manifestFolder) throws IOException {
    ManifestWriter manifest =
        ManifestWriter.ofImagesElsewhere(
            origin,
            plan.format(),
            manifestFolder,
            plan.tarBytes(),
            new WrittenElsewhere() {
              @Override
              public boolean holds(String name) {
                return name.endsWith(".png") || name.endsWith(".tar");
              }

              @Override
              public String sha256(String name) {
                return Objects.requireNonNull(tars.get(name), name).sha256();
              }
            });
    int first = 0;
    while (manifest.accepted() < plan.count()) {
      int next = first + chunksFor(plan.count() - manifest.accepted(), first, manifest);
      draw(first, next);
      for (int chunk = first; chunk < next && manifest.accepted() < plan.count(); chunk++) {
        select(manifest, chunk);
      }
      first = next;
    }
    endPiece();
    log.accept(
        manifest.accepted()
            + " images are taken and "
            + manifest.rejected()
            + " left out; writing them");
    write();
    manifest.close(manifest.describe());
    documents(manifestFolder);
    return new GenerationResult(manifest.accepted(), manifest.rejected());
  }

  /** How many more chunks will hardly be too few, going by what was left out so far. */
  private int chunksFor(int missing, int drawn, ManifestWriter manifest) {
    double each = drawn == 0 ? 1 : (double) manifest.accepted() / ((long) drawn * chunks.images());
    double images = drawn == 0 ? missing : missing / Math.max(each, 0.01) * 1.02;
    return (int) Math.max(1, Math.ceil(images / chunks.images()));
  }

  private void draw(int from, int to) {
    log.accept(
        "drawing the images "
            + (long) from * chunks.images()
            + " to "
            + ((long) to * chunks.images() - 1));
    List<Integer> numbers = IntStream.range(from, to).boxed().toList();
    int partitions = plan.partitions() == 0 ? numbers.size() : plan.partitions();
    Chunks at = chunks;
    Broadcast<GeneratorModel> sent = model;
    int threads = plan.threads();
    FaultPoint faults = fault;
    spark
        .parallelize(numbers, Math.max(1, partitions))
        .foreachPartition(
            some -> {
              while (some.hasNext()) {
                int chunk = some.next();
                if (!at.isThere(chunk)) {
                  at.draw(chunk, sent.value().inThisThread(threads), faults);
                }
              }
            });
  }

  /** Decides over a chunk, as one process would that had drawn it. */
  private void select(ManifestWriter manifest, int chunk) throws IOException {
    BitSet taken = new BitSet(chunks.images());
    BitSet toSee = new BitSet();
    List<ChunkRow> rows = chunks.rows(chunk);
    for (int i = 0; i < rows.size() && manifest.accepted() < plan.count(); i++) {
      ChunkRow row = rows.get(i);
      Integer bytes = row.bytes();
      Candidate candidate = row.candidate(origin);
      if (manifest.accepts(candidate) && bytes != null) {
        GeneratedImage entered =
            manifest.enter(candidate, new byte[bytes], String.valueOf(row.sha256()));
        String tar =
            plan.format() == SyntheticFormat.FOLDER
                ? ""
                : entered.file().substring(0, entered.file().indexOf('/'));
        if (!tar.equals(openTar)) {
          slice(chunk, taken);
          endPiece();
          openTar = tar;
        }
        taken.set(i);
        if (toSee.cardinality() < CandidateImages.BATCH && manifest.wantsSheetImage()) {
          toSee.set(i);
        }
      }
      if ((i + 1) % CandidateImages.BATCH == 0) {
        manifest.refuseHopeless();
      }
    }
    manifest.flush();
    slice(chunk, taken);
    if (plan.format() == SyntheticFormat.FOLDER) {
      endPiece();
    }
    chunks.read(
        chunk,
        toSee,
        (row, png) ->
            manifest.see(ImageFiles.decode(png, row.index() + ".png", DecodingLimits.DEFAULT)));
  }

  private void slice(int chunk, BitSet taken) {
    if (!taken.isEmpty()) {
      open.add(new OutputSlice.Slice(chunk, (BitSet) taken.clone()));
      taken.clear();
    }
  }

  private void endPiece() {
    if (!open.isEmpty()) {
      pieces.add(new OutputSlice(openTar, open));
      open.clear();
    }
  }

  private void write() {
    Chunks at = chunks;
    Broadcast<GeneratorModel> sent = model;
    FaultPoint faults = fault;
    int partitions = plan.partitions() == 0 ? pieces.size() : plan.partitions();
    List<OutputSlice.Done> done =
        spark
            .parallelize(pieces, Math.max(1, partitions))
            .map(piece -> piece.write(at, sent.value().decodedOrigin(), faults))
            .collect();
    done.forEach(one -> tars.put(one.name(), one));
  }

  private void documents(Path manifestFolder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.list(manifestFolder)) {
      all = files.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : all) {
      chunks.files().replace(OutputSlice.SET + file.getFileName(), out -> Files.copy(file, out));
    }
  }
}
