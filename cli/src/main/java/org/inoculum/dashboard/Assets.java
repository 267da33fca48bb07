package org.inoculum.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The pages, styles and scripts, which all come with the program. */
final class Assets {
  private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

  /** Scripts and styles by their names in {@code /assets/}. */
  private static final List<String> OWN =
      List.of(
          "style.css",
          "elements.js",
          "server.js",
          "figures.js",
          "charts.js",
          "runs.js",
          "run.js",
          "timeline.js",
          "scores.js",
          "compare.js",
          "explore.js",
          "icon.svg");

  private static final List<String> FOREIGN = List.of("uPlot.esm.js", "uPlot.min.css");

  private static final Map<String, String> TYPES =
      Map.of(
          "css", "text/css;charset=utf-8",
          "js", "text/javascript;charset=utf-8",
          "svg", "image/svg+xml",
          "html", "text/html;charset=utf-8");

  private final Map<String, byte[]> files;

  private Assets(Map<String, byte[]> files) {
    this.files = files;
  }

  static Assets load() {
    Map<String, byte[]> own =
        OWN.stream().collect(Collectors.toMap(Function.identity(), Assets::resource));
    FOREIGN.forEach(name -> own.put(name, resource(UPLOT + name)));
    return new Assets(Map.copyOf(own));
  }

  /** A script or style. */
  Optional<Answer> asset(String name) {
    return Optional.ofNullable(files.get(name)).map(content -> answer(name, content));
  }

  /**
   * A page: what is peculiar to it, in the frame that all share.
   *
   * @param name of its script, and of its part of the page
   */
  static Answer page(String name, String title) {
    String page =
        text("frame.html")
            .replace("@TITLE@", title)
            .replace("@SCRIPT@", name + ".js")
            .replace("@BODY@", text(name + ".html").stripTrailing());
    return answer(name + ".html", page.getBytes(StandardCharsets.UTF_8));
  }

  /** What is shown for a moment while the token becomes a cookie. */
  static Answer opened() {
    return answer("open.html", resource("open.html"));
  }

  /** A refusal, for a person who opened a page. */
  static String refused(int status, String why) {
    return text("refused.html")
        .replace("@STATUS@", String.valueOf(status))
        .replace("@WHY@", why.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
  }

  private static String text(String name) {
    return new String(resource(name), StandardCharsets.UTF_8);
  }

  private static Answer answer(String name, byte[] content) {
    String type = Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
    return Answer.bytes(
        type,
        content,
        Map.of("Cache-Control", "no-cache", "ETag", "\"" + Arrays.hashCode(content) + "\""));
  }

  private static byte[] resource(String name) {
    try (InputStream in = Objects.requireNonNull(Assets.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a broken installation
    }
  }
}
