package org.inoculum.release;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** The Java runtime that a release brings: jlink's, of the modules that jdeps finds. */
final class JavaRuntime {
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private JavaRuntime() {}

  /** Links it out of the JDK that this runs on. */
  static void link(Path jars, Path runtime, Path work) throws IOException {
    Path classes = work.resolve("classes-of-all.jar");
    mergeClasses(jars, classes);
    String modules =
        run(
            "jdeps",
            "--print-module-deps",
            "--ignore-missing-deps",
            "--multi-release",
            String.valueOf(Runtime.version().feature()),
            classes.toString());
    Files.delete(classes);
    run(
        "jlink",
        "--add-modules",
        modules,
        "--strip-java-debug-attributes",
        "--disable-plugin", // writes classes anew, in an order of its own each time; the JDK's are
        // kept
        "generate-jli-classes",
        "--no-man-pages",
        "--no-header-files",
        "--output",
        runtime.toString());
    addFont(runtime.resolve("lib"));
  }

  /**
   * A font, and the word that it stands for all: without any, and so on a system without
   * fontconfig, Java draws no chart. Where fontconfig is there, it decides.
   */
  private static void addFont(Path lib) throws IOException {
    try (InputStream in = JavaRuntime.class.getResourceAsStream(FONT)) {
      if (in == null) {
        throw new IllegalStateException(FONT + " is not on the class path");
      }
      Path fonts = Files.createDirectory(lib.resolve("fonts"));
      Files.copy(in, fonts.resolve(FONT.substring(FONT.lastIndexOf('/') + 1)));
    }
    StringBuilder lines = new StringBuilder("version=1\n");
    for (String family : List.of("dialog", "dialoginput", "monospaced", "sansserif", "serif")) {
      for (String style : List.of("plain", "bold", "italic", "bolditalic")) {
        lines.append(family + "." + style + ".latin-1=Liberation Sans\n");
      }
    }
    lines.append("sequence.allfonts=latin-1\n");
    lines.append("filename.Liberation_Sans=$JRE_LIB_FONTS/LiberationSans-Regular.ttf\n");
    Files.writeString(lib.resolve("fontconfig.properties"), lines);
  }

  /**
   * All classes in one jar without descriptors of modules: with them jdeps wants optional modules,
   * such as Javalin's WebSockets, to be there.
   */
  private static void mergeClasses(Path jars, Path merged) throws IOException {
    Set<String> names = new HashSet<>();
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(merged))) {
      out.setLevel(0);
      for (Path jar : Tree.below(jars)) {
        try (ZipFile in = new ZipFile(jar.toFile())) {
          for (ZipEntry entry : Collections.list(in.entries())) {
            String name = entry.getName();
            if (name.endsWith(".class")
                && !name.startsWith("META-INF/")
                && !name.endsWith("module-info.class")
                && names.add(name)) {
              out.putNextEntry(new ZipEntry(name));
              in.getInputStream(entry).transferTo(out);
            }
          }
        }
      }
    }
  }

  private static String run(String tool, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        ToolProvider.findFirst(tool)
            .orElseThrow(() -> new IllegalStateException("this Java has no " + tool))
            .run(new PrintWriter(out), new PrintWriter(err), arguments);
    if (exit != 0) {
      List<String> call = new ArrayList<>(List.of(tool));
      call.addAll(List.of(arguments));
      throw new IllegalStateException(String.join(" ", call) + ": " + out + err);
    }
    return out.toString().strip();
  }
}
