package org.inoculum.generate;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.inoculum.files.Json;
import org.inoculum.files.Storage;
import org.inoculum.files.StoredFile;
import org.inoculum.files.StoredName;
import org.inoculum.run.RunDirectory;
import org.jspecify.annotations.Nullable;

/**
 * Tar files as WebDataset reads them: for each image {@code 000123.png}, {@code 000123.cls} (the
 * number of its class) and {@code 000123.json}, side by side. {@code index.json} lists the tars.
 */
final class WebDatasetWriter implements SyntheticSetWriter {
  static final String INDEX = "index.json";

  private final AppendedFiles files;
  private final List<String> classes;
  private final String prefix;
  private final long mostBytes;
  private int tar;

  /**
   * Goes on with the last tar that there is.
   *
   * @param mostBytes of one tar
   */
  WebDatasetWriter(AppendedFiles files, List<String> classes, Shard shard, long mostBytes) {
    this.files = files;
    this.classes = classes;
    this.prefix = shard.of() == 1 ? "shard" : "shard-" + shard.number() + "-of-" + shard.of();
    this.mostBytes = mostBytes;
    while (files.length(name(tar + 1)) > 0) {
      tar++;
    }
  }

  /** A tar of a WebDataset, as index.json tells it. */
  private record Tar(String name, long bytes, String sha256, int images) {}

  private String name(int number) {
    return String.format(Locale.ROOT, "%s-%06d.tar", prefix, number);
  }

  @Override
  public String place(long number, String className, byte[] png) {
    // Three headers, a number, a short text, padding and the end.
    if (files.length(name(tar)) > 0 && files.length(name(tar)) + png.length + 8192 > mostBytes) {
      end();
      tar++;
    }
    return name(tar) + "/" + RunDirectory.number(number) + ".png";
  }

  @Override
  public void write(GeneratedImage row, byte[] png) {
    files.append(name(tar), entries(row, classes, png));
  }

  /** What a tar has of one image. */
  static byte[] entries(GeneratedImage row, List<String> classes, byte[] png) {
    String key = RunDirectory.number(row.number());
    int label = classes.indexOf(row.className());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("label", row.className());
    json.put("synthetic", true);
    json.put("seed", row.seed());
    json.put("index", row.index());
    json.put("snapshot", row.snapshot());
    ByteArrayOutputStream entries = new ByteArrayOutputStream(png.length + 4096);
    entries.writeBytes(Ustar.entry(key + ".cls", ascii(String.valueOf(label))));
    entries.writeBytes(
        Ustar.entry(key + ".json", Json.line(json).getBytes(StandardCharsets.UTF_8)));
    entries.writeBytes(Ustar.entry(key + ".png", png));
    return entries.toByteArray();
  }

  private void end() {
    files.append(name(tar), Ustar.end());
  }

  @Override
  public Written written() {
    return new WrittenTars(files.folder());
  }

  /** Goes through the tars once. */
  static final class WrittenTars implements Written {
    private final Path folder;
    private String open = "";
    private InputStream tar = InputStream.nullInputStream();

    WrittenTars(Path folder) {
      this.folder = folder;
    }

    @Override
    public byte[] next(GeneratedImage row) throws IOException {
      int slash = row.file().indexOf('/');
      String name = slash < 0 ? row.file() : row.file().substring(0, slash);
      if (!name.equals(open)) {
        tar.close();
        tar =
            new BufferedInputStream(
                StoredFile.open(StoredName.child(folder, name, ManifestWriter.MANIFEST)));
        open = name;
      }
      byte @Nullable [] png = Ustar.next(tar, row.file().substring(slash + 1));
      if (png == null) {
        throw new IOException(row.file() + " is not there any more");
      }
      return png;
    }

    @Override
    public void close() throws IOException {
      tar.close();
    }
  }

  @Override
  public void finish() throws IOException {
    if (files.length(name(tar)) > 0) {
      end();
    }
    Map<String, Integer> images = new TreeMap<>();
    Json.forEachLine(
        files.folder().resolve(ManifestWriter.MANIFEST),
        GeneratedImage.class,
        row -> images.merge(row.file().substring(0, row.file().indexOf('/')), 1, Integer::sum));
    List<Tar> tars = new ArrayList<>();
    for (Map.Entry<String, Integer> one : images.entrySet()) {
      String name = one.getKey();
      tars.add(new Tar(name, files.length(name), files.sha256(name), one.getValue()));
    }
    Map<String, Object> index = new LinkedHashMap<>();
    index.put("format", "webdataset");
    index.put("classes", classes);
    index.put("tars", tars);
    Storage.writeFile(files.folder().resolve(INDEX), Json.document(index));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
