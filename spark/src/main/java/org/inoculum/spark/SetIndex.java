package org.inoculum.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.inoculum.UserException;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.generate.GeneratedImage;
import org.inoculum.generate.SyntheticSet;
import org.jspecify.annotations.Nullable;

/**
 * The images of a synthetic data set in the order in which {@code inoculum evaluate} reads a
 * folder, and cut for tasks.
 *
 * @param classes by name
 * @param labels the class of each image
 * @param entries the images
 */
record SetIndex(List<String> classes, List<Integer> labels, List<SyntheticImages.Entry> entries) {

  private static final String DESCRIPTION = "generation.json";

  static SetIndex read(HadoopFiles set) throws IOException {
    refuseSixteenBits(set);
    List<GeneratedImage> rows = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(set.open("manifest.jsonl"), StandardCharsets.UTF_8))) {
      for (@Nullable String line = reader.readLine(); line != null; line = reader.readLine()) {
        rows.add(
            Json.parse(
                line, GeneratedImage.class, set + "/manifest.jsonl, line " + (rows.size() + 1)));
      }
    }
    if (rows.isEmpty()) {
      throw UserException.badData(set + " holds no images");
    }
    // The name, not the number: 1000000.png comes before 999999.png in a folder.
    rows.sort(
        Comparator.comparing(GeneratedImage::className)
            .thenComparing(row -> row.file().substring(row.file().lastIndexOf('/') + 1)));
    TreeSet<String> names = new TreeSet<>();
    rows.forEach(row -> names.add(row.className()));
    List<String> classes = List.copyOf(names);
    List<Integer> labels = new ArrayList<>();
    List<SyntheticImages.Entry> entries = new ArrayList<>();
    for (GeneratedImage row : rows) {
      labels.add(classes.indexOf(row.className()));
      entries.add(new SyntheticImages.Entry(entries.size(), row.file(), row.sha256()));
    }
    return new SetIndex(classes, labels, entries);
  }

  private static void refuseSixteenBits(HadoopFiles set) throws IOException {
    if (set.exists(DESCRIPTION)) {
      SyntheticSet generated =
          FormatVersion.parse(set.text(DESCRIPTION), SyntheticSet.class, set + "/" + DESCRIPTION);
      if (generated.samples() != null) {
        throw UserException.badData(
            set
                + " has 16 bits a sample, and sets of 8 bits are evaluated here; evaluate it with inoculum evaluate, or generate it with --bits 8");
      }
    }
  }

  /** Cut into pieces of at most so many single files, or into tars. */
  List<SyntheticImages> cut(List<SyntheticImages.Entry> some, int mostFiles) {
    Map<String, List<SyntheticImages.Entry>> byTar = new LinkedHashMap<>();
    for (SyntheticImages.Entry entry : some) {
      int slash = entry.file().indexOf('/');
      String tar =
          slash > 0 && entry.file().substring(0, slash).endsWith(".tar")
              ? entry.file().substring(0, slash)
              : "";
      byTar.computeIfAbsent(tar, name -> new ArrayList<>()).add(entry);
    }
    List<SyntheticImages> pieces = new ArrayList<>();
    byTar.forEach(
        (tar, images) -> {
          if (tar.isEmpty()) {
            for (int from = 0; from < images.size(); from += mostFiles) {
              pieces.add(
                  new SyntheticImages(
                      "", images.subList(from, Math.min(from + mostFiles, images.size()))));
            }
          } else {
            // As they lie in the tar, which is by index, and so by the name with its leading zeros.
            images.sort(Comparator.comparingLong(SetIndex::index));
            pieces.add(new SyntheticImages(tar, images));
          }
        });
    return pieces;
  }

  private static long index(SyntheticImages.Entry entry) {
    String file = entry.file();
    return Long.parseLong(file.substring(file.lastIndexOf('/') + 1, file.length() - 4));
  }
}
