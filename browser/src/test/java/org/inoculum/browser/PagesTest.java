package org.inoculum.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.inoculum.dashboard.Dashboard;
import org.inoculum.dashboard.DashboardOptions;
import org.inoculum.dashboard.ServingLimits;
import org.inoculum.files.Json;
import org.inoculum.torch.PrecisionChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every page, while a real training runs. */
class PagesTest {
  private static final ServingLimits LIMITS =
      new ServingLimits(Duration.ofSeconds(60), Duration.ofSeconds(120), 256, 32);

  @TempDir private Path folder;

  static Dashboard dashboard(Path runs) {
    return Dashboard.start(
        new DashboardOptions(runs, DashboardOptions.LOOPBACK, 0, 1, PrecisionChoice.F32, LIMITS),
        link -> {});
  }

  /** Opens the link, as a person does from the terminal. */
  static void open(Page tab, Dashboard dashboard) {
    tab.navigate(dashboard.link());
    tab.waitForURL(dashboard.url() + "/");
  }

  @Test
  void everyPageWhileATrainingRuns() throws IOException {
    try (Chromium chromium = new Chromium();
        LiveTraining training = new LiveTraining(folder);
        Dashboard dashboard = dashboard(folder.resolve("runs"))) {
      copy(training.run, folder.resolve("runs/00001-earlier-tiny"));
      BrowserContext profile = chromium.profile();
      Page tab = chromium.tab(profile);
      open(tab, dashboard);
      theListShowsIt(tab);
      curvesMoveAndImagesAppear(tab, dashboard);
      theExplorerDraws(tab, dashboard);
      comparing(tab, dashboard);
      everywhereAccessible(chromium, dashboard);
      theEndOfTheTrainingIsSeen(tab, dashboard, training);
      assertThat(chromium.complaints).isEmpty();
      assertThat(chromium.asked)
          .allMatch(url -> url.startsWith(dashboard.url() + "/") || url.startsWith("blob:"));
      errorsHaveAWayBack(chromium.tab(profile), dashboard); // last: Chromium complains of each 404
    }
  }

  private static void theListShowsIt(Page tab) {
    tab.locator("text=00000-cells-tiny").waitFor();
    assertThat(
            tab.locator("tr", new Page.LocatorOptions().setHasText("00000-cells-tiny"))
                .locator(".pill")
                .innerText())
        .isEqualTo("running");
    tab.locator("thead button", new Page.LocatorOptions().setHasText("Energy distance"))
        .press("Enter");
    assertThat(tab.locator("th[aria-sort=ascending]").innerText()).contains("Energy distance");
    tab.locator("#find").fill("no such run");
    tab.locator("text=No run fits").waitFor();
    tab.locator("#find").fill("");
    Locator strip = tab.locator("img.strip").first();
    strip.waitFor();
    waitFor(tab, "document.querySelector('img.strip').naturalWidth > 0");
  }

  private static void curvesMoveAndImagesAppear(Page tab, Dashboard dashboard) {
    tab.navigate(dashboard.url() + "/runs/00000-cells-tiny");
    Locator losses = tab.locator("[role=img][aria-label^='Losses']");
    losses.waitFor();
    String before = losses.getAttribute("aria-label");
    String newest = tab.locator("#timeline output").innerText();
    waitFor(
        tab,
        "document.querySelector(\"[role=img][aria-label^='Losses']\").getAttribute('aria-label') !== "
            + quoted(before));
    waitFor(tab, "document.querySelector('#timeline output').textContent !== " + quoted(newest));
    waitFor(
        tab, "[...document.querySelectorAll('#timeline img')].every((i) => i.naturalWidth > 0)");
    assertThat(tab.locator("canvas").count()).isGreaterThanOrEqualTo(3);
    tab.locator("[role=img][aria-label^='Terms of the losses'] canvas").waitFor();
    tab.locator("[role=img][aria-label^='Augmentation'] canvas").waitFor();
    tab.locator("#logarithmic").check();
    tab.locator("#smoothing").selectOption("20");
    losses.locator("canvas").waitFor();
    Locator slider = tab.locator("#timeline input[type=range]");
    slider.press("Home");
    waitFor(tab, "document.querySelector('#timeline output').textContent === 'iteration 0'");
    assertThat(tab.locator("#live").innerText()).isEqualTo("live");
    tab.locator("#settings select").selectOption("00001-earlier-tiny");
    tab.locator("text=They have the same settings").waitFor();
    assertThat(tab.locator("#log").innerText()).contains("evaluated on");
  }

  private static void theExplorerDraws(Page tab, Dashboard dashboard) throws IOException {
    tab.navigate(dashboard.url() + "/runs/00001-earlier-tiny/explore");
    waitFor(tab, "document.querySelectorAll('.tile canvas').length === 64");
    assertThat(
            tab.evaluate(
                "(() => { const c = document.querySelector('.tile canvas'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data; return new Set(d).size > 8; })()"))
        .isEqualTo(true);
    tab.locator(".tile").nth(3).press("ArrowDown");
    assertThat(
            tab.evaluate(
                "(() => { const t = [...document.querySelectorAll('.tile')]; const one = t[3].getBoundingClientRect(), now = document.activeElement.getBoundingClientRect(); return now.left === one.left && now.top > one.top && now.top - one.top < 1.5 * one.height; })()"))
        .as("an arrow down goes to the next row")
        .isEqualTo(true);
    tab.locator(".tile").nth(3).press("Enter");
    tab.locator("#class").selectOption("b");
    tab.locator("#truncation").fill("1");
    tab.locator("#seed").fill("11");
    tab.locator("button[type=submit]").click();
    tab.locator("text=of seed 11").first().waitFor();
    tab.locator(".tile").nth(0).press("Enter");
    Download download = tab.waitForDownload(() -> tab.locator("#liked button").first().click());
    assertThat(Files.readString(download.path()))
        .isEqualTo(
            "{\"seed\":0,\"index\":3,\"class\":\"b\"}\n{\"seed\":11,\"index\":0,\"class\":\"b\",\"truncation\":1}\n");
    tab.locator("input[value=start]").check();
    tab.locator(".tile").nth(5).press("Enter");
    tab.locator(".tile").nth(9).press("Enter");
    tab.locator("#walk button").click();
    tab.locator("text=The way is drawn").waitFor();
    tab.locator("#walk input[type=range]").press("End");
    assertThat(
            tab.evaluate(
                "(() => { const one = document.querySelector('#walk canvas'), other = document.querySelectorAll('.tile canvas')[9]; const d = (c) => [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data]; const [a, b] = [d(one), d(other)]; return Math.max(...a.map((v, i) => Math.abs(v - b[i]))) <= 1; })()"))
        .as("the walk ends at its end")
        .isEqualTo(true);
  }

  private static void comparing(Page tab, Dashboard dashboard) {
    tab.navigate(dashboard.url() + "/");
    tab.locator("tbody input[type=checkbox]").nth(1).waitFor(); // all() does not wait
    for (Locator box : tab.locator("tbody input[type=checkbox]").all()) {
      box.check();
    }
    tab.locator("#compare").click();
    tab.waitForURL("**/compare?run=*");
    tab.locator("text=They have the same settings").waitFor();
    assertThat(tab.locator("#table").innerText())
        .contains("00000-cells-tiny", "00001-earlier-tiny");
    tab.locator("#charts canvas").first().waitFor();
  }

  private static void errorsHaveAWayBack(Page tab, Dashboard dashboard) {
    tab.navigate(dashboard.url() + "/runs/00099-gone");
    tab.locator("#problem a").click();
    tab.waitForURL(dashboard.url() + "/");
  }

  private static void everywhereAccessible(Chromium chromium, Dashboard dashboard) {
    for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : List.of(1280, 360)) {
        BrowserContext profile = chromium.profile(width, 800, colours);
        Page tab = chromium.tab(profile);
        open(tab, dashboard);
        for (String path :
            List.of(
                "/",
                "/runs/00001-earlier-tiny",
                "/runs/00001-earlier-tiny/explore",
                "/compare?run=00000-cells-tiny&run=00001-earlier-tiny")) {
          tab.navigate(dashboard.url() + path);
          tab.locator(".tile, #list table, #scores table, #differences p").first().waitFor();
          assertThat(Chromium.accessibilityFaults(tab))
              .as(path + " " + colours + " " + width)
              .isEmpty();
          assertThat(tab.evaluate("document.documentElement.scrollWidth <= innerWidth"))
              .as("no scrolling sideways: " + path + " " + width)
              .isEqualTo(true);
        }
        profile.close();
      }
    }
  }

  private static void theEndOfTheTrainingIsSeen(
      Page tab, Dashboard dashboard, LiveTraining training) {
    tab.navigate(dashboard.url() + "/runs/00000-cells-tiny");
    tab.locator("#state .running").waitFor();
    assertThat(training.isAlive()).isTrue();
    training.kill();
    tab.locator("#state .killed").waitFor();
    assertThat(tab.locator("#message").innerText()).contains("it was killed");
  }

  /** A text as JavaScript. */
  static String quoted(String text) {
    return Json.line(Objects.requireNonNull(text));
  }

  private static void waitFor(Page tab, String condition) {
    tab.waitForFunction("() => " + condition);
  }

  /** The run as it stands, as if it had been killed. */
  private static void copy(Path run, Path to) throws IOException {
    try (var files = Files.walk(run)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(run.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else if (Files.exists(file) && !file.endsWith("lock.json") && !file.endsWith(".lock")) {
          Files.copy(file, target);
        }
      }
    }
  }
}
