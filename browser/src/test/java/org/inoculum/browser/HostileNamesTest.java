package org.inoculum.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.inoculum.dashboard.Dashboard;
import org.inoculum.data.DrawnBacilli;
import org.inoculum.files.FormatVersion;
import org.inoculum.files.Json;
import org.inoculum.image.Png;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test 14 of docs/explanation/reliability.md: names and contents from strangers are shown as text.
 */
class HostileNamesTest {
  @TempDir private Path folder;

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    for (String tag :
        List.of(
            "<script>pwned=1<|script>",
            "<img src=x onerror=pwned=1>",
            "<svg onload=pwned=1>",
            "<iframe src=javascript:pwned=1>",
            "<body onload=pwned=1>",
            "<details open ontoggle=pwned=1>x",
            "<input autofocus onfocus=pwned=1>",
            "<video><source onerror=pwned=1>",
            "<math><mi href=javascript:pwned=1>x",
            "<a href=javascript:pwned=1>x<|a>",
            "<base href=http:||evil.example>",
            "<meta http-equiv=refresh content=0;url=http:||evil.example>",
            "<link rel=stylesheet href=http:||evil.example>",
            "<style>@import 'http:||evil.example'<|style>",
            "<form action=http:||evil.example><button>x",
            "<object data=javascript:pwned=1>",
            "<template><script>pwned=1<|script><|template>",
            "<style onload=pwned=1>",
            "<marquee onstart=pwned=1>x",
            "<!--><script>pwned=1<|script>")) {
      names.add(tag.replace('|', '\u2215'));
      names.add("\"'>" + tag.replace('|', '\u2215'));
    }
    names.addAll(
        List.of(
            "javascript:pwned=1",
            "${pwned=1}",
            "{{constructor.constructor('pwned=1')()}}",
            "';pwned=1;'",
            "\\u003cscript\\u003epwned=1",
            "%3Cscript%3Epwned=1%3C%2Fscript%3E",
            "a\u202Egnp.exe",
            "a\u0007b\nc",
            "__proto__",
            "-rf ~ #&?run=x"));
    return names;
  }

  @Test
  void namesAndContentsStayTexts() throws IOException {
    List<String> names = names();
    assertThat(names).hasSize(50);
    Path runs = Files.createDirectories(folder.resolve("runs"));
    for (String name : names) {
      make(runs.resolve(name), name);
    }
    try (Chromium chromium = new Chromium();
        Dashboard dashboard = PagesTest.dashboard(runs)) {
      Page tab = chromium.tab(chromium.profile());
      PagesTest.open(tab, dashboard);
      tab.waitForFunction("() => document.querySelectorAll('tbody tr').length === 50");
      String list = String.valueOf(tab.evaluate("document.querySelector('#list').textContent"));
      assertThat(list).contains("<script>pwned=1", "<img src=x onerror=pwned=1>", "a\uFFFDgnp.exe");
      assertThat(tab.locator("#list script, #list iframe, #list svg, #list [onerror]").count())
          .isZero();
      List<?> links =
          (List<?>)
              tab.evaluate(
                  "[...document.querySelectorAll('.named')].map((a) => a.getAttribute('href'))");
      assertThat(links)
          .hasSize(50)
          .allMatch(link -> String.valueOf(link).matches("/runs/[~A-Za-z0-9._-]+"));
      for (Object link : links) {
        tab.navigate(dashboard.url() + link);
        tab.locator("#settings table")
            .first()
            .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        assertThat(tab.evaluate("typeof pwned")).as("%s", link).isEqualTo("undefined");
        assertThat(
                tab.locator(
                        "main script, main iframe, main object, main base, main meta, main [onload]")
                    .count())
            .as("%s", link)
            .isZero();
      }
      String id = String.valueOf(links.get(0)).substring("/runs/".length());
      String other = String.valueOf(links.get(1)).substring("/runs/".length());
      tab.navigate(dashboard.url() + "/compare?run=" + id + "&run=" + other);
      tab.locator("#differences table").waitFor();
      assertThat(tab.evaluate("typeof pwned")).isEqualTo("undefined");
      // What a page would do if a text did become markup: the policy refuses it.
      tab.evaluate(
          "() => { try { const s = document.createElement('script'); s.textContent = 'pwned=1'; document.body.append(s); } catch {} }");
      tab.evaluate(
          "() => { try { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=pwned=1>'); } catch {} }");
      tab.waitForTimeout(300);
      assertThat(tab.evaluate("typeof pwned")).isEqualTo("undefined");
      assertThat(chromium.asked)
          .allMatch(url -> url.startsWith(dashboard.url() + "/") || url.startsWith("data:"));
      assertThat(chromium.complaints).noneMatch(text -> text.startsWith("dialog"));
    }
  }

  /** A run in which everything that can be a text is this one. */
  private static void make(Path run, String text) throws IOException {
    Files.createDirectories(run.resolve("samples"));
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("preset", text);
    config.put(text, text);
    config.put("recipe", Map.of(text, List.of(text)));
    Files.writeString(run.resolve("config.json"), FormatVersion.document(config));
    Files.writeString(
        run.resolve("dataset.json"),
        Json.document(
            Map.of(
                "root",
                text,
                "augmentation",
                text,
                "sha256",
                text,
                "classes",
                List.of(Map.of("name", text, "images", 3)))));
    Files.writeString(
        run.resolve("provenance.json"),
        Json.document(Map.of("started", text, "command", List.of(text), "cpu", text)));
    Files.writeString(
        run.resolve("status.json"),
        Json.document(
            Map.of(
                "state",
                "failed",
                "iteration",
                1,
                "kimg",
                1,
                "seconds",
                1,
                "imagesPerSecond",
                1,
                "message",
                text)));
    Files.writeString(
        run.resolve("stats.jsonl"), Json.line(Map.of("iteration", 1, "kimg", 1, text, 1)) + "\n");
    Files.writeString(
        run.resolve("metrics.jsonl"),
        Json.line(
                Map.of(
                    "iteration",
                    1,
                    "kimg",
                    1,
                    "validationSet",
                    text,
                    "nReal",
                    3,
                    "best",
                    true,
                    "energyDistance",
                    1.5))
            + "\n");
    Files.writeString(run.resolve("log.txt"), text + "\n");
    Files.write(run.resolve("samples/000001.png"), Png.encode(DrawnBacilli.draw(0, 0, 16)));
    Files.write(
        run.resolve("samples/000002.png"),
        ("\u0089PNG<script>pwned=1</script>" + text).getBytes(StandardCharsets.ISO_8859_1));
  }
}
