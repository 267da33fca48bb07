package org.inoculum.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A document of the project: its text, headings, links and the commands that it shows. */
record MarkdownFile(Path path, String text) {
  /** The folder of the whole project; tests run in that of the module. */
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?) *");
  private static final Pattern LINK = Pattern.compile("(?:\\]\\(|<img src=\")([^)\\s\"]+)");
  private static final Pattern CODE = Pattern.compile("`[^`\n]*`");

  /** A link as it is written, and the line in which it stands, from 1. */
  record Link(String target, int line) {}

  static MarkdownFile read(String name) {
    return read(ROOT.resolve(name));
  }

  private static MarkdownFile read(Path path) {
    try {
      return new MarkdownFile(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All documents: those beside README.md and everything below docs. */
  static List<MarkdownFile> all() {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> below = Files.walk(ROOT.resolve("docs"))) {
      List<MarkdownFile> files =
          Stream.concat(top, below)
              .filter(path -> path.toString().endsWith(".md") && Files.isRegularFile(path))
              .sorted()
              .map(MarkdownFile::read)
              .toList();
      assertThat(files).hasSizeGreaterThan(20);
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its path below the project's folder, with slashes. */
  String name() {
    return ROOT.relativize(path).toString().replace('\\', '/');
  }

  /** Whether it is a lab diary, which stays as it was written. */
  boolean isDiary() {
    return name().startsWith("docs/lab/");
  }

  /** The lines of its code blocks, indented or between fences, in their order. */
  List<String> codeLines() {
    List<String> lines = new ArrayList<>();
    boolean fenced = false;
    for (String line : text.lines().toList()) {
      if (line.startsWith("```")) {
        fenced = !fenced;
      } else if (fenced || line.startsWith("    ")) {
        lines.add(line.strip());
      }
    }
    return lines;
  }

  /**
   * The commands that its code blocks show, without the program's name: what follows {@code
   * ./inoculum} at the beginning of a line, joined where a line ends with a backslash.
   */
  List<List<String>> commands() {
    List<List<String>> commands = new ArrayList<>();
    StringBuilder open = new StringBuilder();
    for (String line : codeLines()) {
      if (open.isEmpty() && !line.startsWith("./inoculum ")) {
        continue;
      }
      open.append(line);
      if (line.endsWith("\\")) {
        open.setLength(open.length() - 1);
        continue;
      }
      List<String> words = ShellWords.split(open.toString());
      commands.add(words.subList(1, words.size()));
      open.setLength(0);
    }
    return commands;
  }

  /** Its links to other places than the web. */
  List<Link> links() {
    List<Link> links = new ArrayList<>();
    boolean fenced = false;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.startsWith("```")) {
        fenced = !fenced;
      }
      if (fenced || line.startsWith("    ")) {
        continue;
      }
      Matcher matcher = LINK.matcher(CODE.matcher(line).replaceAll("code"));
      while (matcher.find()) {
        String target = matcher.group(1);
        if (!target.matches("[a-z]+:.*")) {
          links.add(new Link(target, number));
        }
      }
    }
    return links;
  }

  /** The anchors of its headings, as GitHub makes them. */
  Set<String> anchors() {
    Set<String> anchors = new LinkedHashSet<>();
    Map<String, Integer> seen = new HashMap<>();
    boolean fenced = false;
    for (String line : text.lines().toList()) {
      if (line.startsWith("```")) {
        fenced = !fenced;
      }
      Matcher heading = HEADING.matcher(line);
      if (fenced || !heading.matches()) {
        continue;
      }
      String anchor =
          heading
              .group(1)
              .replaceAll("\\[([^]]*)\\]\\([^)]*\\)", "$1")
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N}_\\- ]", "")
              .replace(' ', '-');
      int before = seen.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? anchor : anchor + "-" + before);
    }
    return anchors;
  }
}
