package org.inoculum.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The jars of a release: each once, without what its system does not need. */
final class Jars {
  private static final Pattern LIBRARY = Pattern.compile(".*\\.(so(\\.\\d+)*|dylib|dll)");

  /** Seen to be unneeded where the release was run; elsewhere they stay. */
  private static final Pattern UNUSED_LIBRARY =
      Pattern.compile("(lib)?(jniopenblas_full|jnitorch_gloo)\\.so");

  private static final String ONNX = "ai/onnxruntime/native/";

  private Jars() {}

  static void copy(Path from, Path to, Platform platform) throws IOException {
    Files.createDirectories(to);
    for (Path jar : Tree.below(from)) {
      String name = jar.getFileName().toString();
      if (platform.takes(name)) {
        boolean natives = name.contains(platform.classifier()) || name.startsWith("onnxruntime-");
        if (natives) {
          copyWithout(jar, to.resolve(name), platform);
        } else {
          Files.copy(jar, to.resolve(name));
        }
      }
    }
  }

  /** Whether a jar of natives keeps an entry. */
  static boolean keeps(String entry, Platform platform) {
    if (entry.startsWith(ONNX)) {
      return entry.startsWith(ONNX + platform.onnxFolder() + "/")
          && LIBRARY.matcher(entry).matches()
          && !entry.contains(".dSYM/");
    }
    if (entry.startsWith("META-INF/native-image/")) {
      return false;
    }
    if (entry.startsWith("org/bytedeco/") && entry.contains("/" + platform.classifier() + "/")) {
      // JavaCPP asks for the folder by its name.
      if (entry.endsWith("/" + platform.classifier() + "/")) {
        return true;
      }
      String file = entry.substring(entry.lastIndexOf('/') + 1);
      return LIBRARY.matcher(file).matches() && !UNUSED_LIBRARY.matcher(file).matches();
    }
    return true;
  }

  private static void copyWithout(Path jar, Path copy, Platform platform) throws IOException {
    try (ZipFile in = ZipFile.builder().setPath(jar).get();
        ZipArchiveOutputStream out = new ZipArchiveOutputStream(copy.toFile())) {
      List<ZipArchiveEntry> entries = Collections.list(in.getEntriesInPhysicalOrder());
      for (ZipArchiveEntry entry : entries) {
        if (keeps(entry.getName(), platform)) {
          try (var compressed = in.getRawInputStream(entry)) {
            out.addRawArchiveEntry(entry, compressed);
          }
        }
      }
    }
  }
}
