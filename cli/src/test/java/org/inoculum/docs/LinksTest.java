package org.inoculum.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every link in a document leads somewhere, and so does every document that the code names and
 * every class that a document names with its package.
 */
class LinksTest {
  private static final Pattern DOCUMENT = Pattern.compile("\\bdocs/[a-zA-Z0-9/_-]+\\.md\\b");
  private static final Pattern CLASS =
      Pattern.compile("`([a-z]+/[A-Z][A-Z0-9]*[a-z][A-Za-z0-9]*)(?:\\.\\w+)?`");
  private static final List<String> CODE =
      List.of(".java", ".xml", ".py", ".js", ".html", ".sh", "/run", "/inoculum");

  @Test
  void everyLinkResolves() {
    Map<String, MarkdownFile> files =
        MarkdownFile.all().stream()
            .collect(Collectors.toMap(MarkdownFile::name, Function.identity()));
    List<String> wrong = new ArrayList<>();
    int links = 0;
    for (MarkdownFile file : files.values()) {
      for (MarkdownFile.Link link : file.links()) {
        links++;
        if (!resolves(file, link.target(), files)) {
          wrong.add(file.name() + ":" + link.line() + " " + link.target());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(links).isGreaterThan(100);
  }

  private static boolean resolves(
      MarkdownFile file, String target, Map<String, MarkdownFile> files) {
    int hash = target.indexOf('#');
    String path = hash < 0 ? target : target.substring(0, hash);
    Path there = path.isEmpty() ? file.path() : file.path().resolveSibling(path).normalize();
    if (!there.startsWith(MarkdownFile.ROOT) || !Files.exists(there)) {
      return false;
    }
    MarkdownFile document =
        files.get(MarkdownFile.ROOT.relativize(there).toString().replace('\\', '/'));
    return hash < 0
        || (document != null && document.anchors().contains(target.substring(hash + 1)));
  }

  @Test
  void everyDocumentThatTheCodeNamesIsThere() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path source : sources()) {
      Matcher matcher = DOCUMENT.matcher(Files.readString(source));
      while (matcher.find()) {
        if (!Files.exists(MarkdownFile.ROOT.resolve(matcher.group()))) {
          wrong.add(MarkdownFile.ROOT.relativize(source) + " " + matcher.group());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void everyClassThatADocumentNamesIsThere() throws IOException {
    Set<String> classes =
        sources().stream()
            .filter(path -> path.toString().endsWith(".java"))
            .map(path -> path.getName(path.getNameCount() - 2) + "/" + path.getFileName())
            .collect(Collectors.toSet());
    List<String> wrong = new ArrayList<>();
    for (MarkdownFile file : MarkdownFile.all()) {
      Matcher matcher = CLASS.matcher(file.text());
      while (!file.isDiary() && matcher.find()) {
        if (!classes.contains(matcher.group(1) + ".java")) {
          wrong.add(file.name() + " " + matcher.group(1));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> tree = Files.walk(MarkdownFile.ROOT)) {
      return tree.filter(path -> CODE.stream().anyMatch(("/" + path)::endsWith))
          .filter(path -> !hiddenOrBuilt(MarkdownFile.ROOT.relativize(path)))
          .filter(Files::isRegularFile)
          .toList();
    }
  }

  private static boolean hiddenOrBuilt(Path relative) {
    for (Path part : relative) {
      String name = part.toString();
      if (name.equals("target") || name.equals(".git") || name.equals("shared")) {
        return true;
      }
    }
    return false;
  }
}
