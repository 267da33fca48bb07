package org.inoculum.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Integrity;
import org.inoculum.files.Integrity.Check;
import org.inoculum.files.Integrity.State;
import org.inoculum.files.Json;
import org.inoculum.files.Sha256;
import org.inoculum.files.StoredFile;
import org.inoculum.files.StoredName;
import org.jspecify.annotations.Nullable;

/** Reads every image of a synthetic data set, or of a part of one, and compares its SHA-256. */
public final class SetIntegrity {
  private static final String AGAIN =
      "leave it out, or make it again: generate --seeds-file with its seed and index";
  private static final int SHOWN = 20;

  private SetIntegrity() {}

  /** Whether a folder is a synthetic data set, or a part of one. */
  public static boolean isSet(Path folder) {
    return Files.isRegularFile(folder.resolve(ManifestWriter.MANIFEST))
        || Files.isRegularFile(folder.resolve(ManifestWriter.DESCRIPTION));
  }

  /** Checks a set. */
  public static Integrity of(Path folder) {
    Check check = new Check();
    boolean tars = Files.isRegularFile(folder.resolve(WebDatasetWriter.INDEX));
    List<GeneratedImage> rows = new ArrayList<>();
    check.part(
        ManifestWriter.MANIFEST,
        State.READABLE,
        "which images belong to the set is not known: generate it again",
        () ->
            Json.forEachLine(
                folder.resolve(ManifestWriter.MANIFEST),
                GeneratedImage.class,
                row -> {
                  if (row.file() == null || row.sha256() == null) {
                    throw UserException.badData("a line lacks the file or its SHA-256");
                  }
                  rows.add(row);
                }));
    check.part(
        ManifestWriter.DESCRIPTION,
        State.READABLE,
        "how the set was made is not known",
        () -> {
          SyntheticSet set =
              FormatVersion.read(folder.resolve(ManifestWriter.DESCRIPTION), SyntheticSet.class);
          boolean whole = !Files.exists(folder.resolve(ShardManifest.FILE));
          if (whole && set.count() != rows.size()) {
            throw UserException.badData(
                "tells of " + set.count() + " images, and the manifest of " + rows.size());
          }
        });
    if (Files.exists(folder.resolve(ShardManifest.FILE))) {
      check.part(
          ShardManifest.FILE,
          State.WHOLE,
          "merge refuses this part: generate it again",
          () -> ShardManifest.in(folder));
    }
    images(check, folder, rows, tars);
    if (!tars) {
      strangers(check, folder, rows);
    }
    return check.of(folder, "synthetic data set");
  }

  private static void images(Check check, Path folder, List<GeneratedImage> rows, boolean tars) {
    int wrong = 0;
    try (WebDatasetWriter.WrittenTars inTars = new WebDatasetWriter.WrittenTars(folder)) {
      for (GeneratedImage row : rows) {
        String fault = fault(folder, row, tars ? inTars : null);
        if (!fault.isEmpty() && ++wrong <= SHOWN) {
          check.damaged(row.file(), fault, AGAIN);
        }
      }
    } catch (IOException e) {
      throw UserException.badData("cannot read " + folder + ": " + e.getMessage(), e);
    }
    if (wrong > SHOWN) {
      check.damaged((wrong - SHOWN) + " further images", "damaged or missing", AGAIN);
    }
    check.sound((rows.size() - wrong) + " images", State.WHOLE);
  }

  /** What is wrong with an image; empty where nothing is. */
  private static String fault(
      Path folder, GeneratedImage row, WebDatasetWriter.@Nullable WrittenTars tars) {
    try {
      byte[] content =
          tars == null
              ? StoredFile.bytes(
                  StoredName.below(folder, row.file(), ManifestWriter.MANIFEST), StoredFile.ARRAY)
              : tars.next(row);
      return Sha256.of(content).equals(row.sha256())
          ? ""
          : "its SHA-256 is not the one in the manifest";
    } catch (UserException | IOException e) {
      return "cannot be read: " + e.getMessage();
    }
  }

  /** Images in class folders that the manifest does not have. */
  private static void strangers(Check check, Path folder, List<GeneratedImage> rows) {
    Set<String> known = new HashSet<>();
    Set<String> classes = new HashSet<>();
    for (GeneratedImage row : rows) {
      known.add(row.file());
      int slash = row.file().indexOf('/');
      if (slash > 0) {
        classes.add(row.file().substring(0, slash));
      }
    }
    int count = 0;
    for (String name : classes) {
      try (Stream<Path> files =
          Files.list(StoredName.child(folder, name, ManifestWriter.MANIFEST))) {
        count +=
            (int)
                files
                    .map(file -> name + "/" + file.getFileName())
                    .filter(file -> file.endsWith(".png") && !known.contains(file))
                    .count();
      } catch (UserException | IOException e) {
        // told image by image
      }
    }
    if (count > 0) {
      check.damaged(
          count + " images that the manifest does not have",
          "they are not of this set",
          "take them out: nothing is known of them, and no copy check was made");
    }
  }
}
