package org.inoculum.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.inoculum.dashboard.Dashboard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test 14 of docs/explanation/reliability.md: pages of others in the browser that has the cookie.
 */
class OtherSitesTest {
  private static final String RUN = "00000-private";

  /** Names that an attacker owns, which mean this machine from now on. */
  private static final String REBOUND =
      "--host-resolver-rules=MAP evil.example 127.0.0.1,MAP *.evil.example 127.0.0.1";

  @TempDir private Path folder;

  @Test
  void noOtherPageReadsOrFramesAnything() throws IOException {
    Path runs = folder.resolve("runs");
    Path run = Files.createDirectories(runs.resolve(RUN));
    Files.writeString(run.resolve("config.json"), "{\"preset\":\"tiny\"}");
    HttpServer evil = page();
    try (Chromium chromium = new Chromium(REBOUND);
        Dashboard dashboard = PagesTest.dashboard(runs)) {
      BrowserContext profile = chromium.profile();
      Page own = chromium.tab(profile);
      PagesTest.open(own, dashboard);
      own.locator("text=" + RUN).waitFor();
      int port = URI.create(dashboard.url()).getPort();
      int evilPort = evil.getAddress().getPort();

      // DNS rebinding: the attacker's name, this server's port.
      for (String name : List.of("evil.example", "127.0.0.1.evil.example")) {
        Page rebound = chromium.tab(profile);
        var answer = rebound.navigate("http://" + name + ":" + port + "/api/runs");
        assertThat(answer.status()).as(name).isEqualTo(421);
        assertThat(rebound.content()).doesNotContain(RUN);
        rebound.close();
      }
      // Another site, another port of the same name (which counts as the same site), another name.
      for (String site : List.of("evil.example", "127.0.0.1", "localhost")) {
        Page tab = chromium.tab(profile);
        tab.navigate("http://" + site + ":" + evilPort + "/");
        for (String host : List.of("127.0.0.1", "localhost", "evil.example")) {
          String target = "http://" + host + ":" + port;
          assertThat(tab.evaluate(ATTACKS, target)).as(site + " at " + target).isEqualTo("");
        }
        assertThat(
                tab.frames().stream()
                    .map(frame -> frame.content())
                    .filter(text -> text.contains(RUN)))
            .as("frames of " + site)
            .isEmpty();
        tab.close();
      }
      // The browser itself goes on.
      own.reload();
      own.locator("text=" + RUN).waitFor();
    } finally {
      evil.stop(0);
    }
  }

  /** What succeeded, in words; each attempt must fail. */
  private static final String ATTACKS =
      """
      async (target) => {
        const won = [];
        const once = (make) => new Promise((done) => {
          const timer = setTimeout(() => done(false), 3000);
          make((ok) => { clearTimeout(timer); done(ok); });
        });
        for (const path of ['/api/runs', '/', '/assets/style.css']) {
          for (const init of [{}, { credentials: 'include' }, { mode: 'no-cors', credentials: 'include' }, { method: 'POST', credentials: 'include', body: 'x' }, { headers: { 'X-A': 'b' }, credentials: 'include' }]) {
            try {
              const answer = await fetch(target + path, init);
              if (answer.ok || (await answer.text()).includes('00000-private')) won.push('fetch ' + path);
            } catch {}
          }
        }
        if (await once((done) => { const i = new Image(); i.onload = () => done(true); i.onerror = () => done(false); i.src = target + '/assets/icon.svg'; })) won.push('image');
        if (await once((done) => { const s = document.createElement('script'); s.onload = () => done(true); s.onerror = () => done(false); s.src = target + '/assets/figures.js'; document.head.append(s); })) won.push('script');
        if (await once((done) => { const l = document.createElement('link'); l.rel = 'stylesheet'; l.onload = () => done(true); l.onerror = () => done(false); l.href = target + '/assets/style.css'; document.head.append(l); })) won.push('style');
        if (await once((done) => { const e = new EventSource(target + '/api/events', { withCredentials: true }); e.onmessage = () => { e.close(); done(true); }; e.onerror = () => { e.close(); done(false); }; })) won.push('events');
        if (await once((done) => { const w = new WebSocket(target.replace('http', 'ws') + '/api/events'); w.onopen = () => { w.close(); done(true); }; w.onerror = () => done(false); })) won.push('socket');
        await once((done) => { const f = document.createElement('iframe'); f.onload = () => done(true); f.src = target + '/'; document.body.append(f); });
        const opened = window.open(target + '/');
        if (opened) { await new Promise((r) => setTimeout(r, 500)); try { if (opened.document.body.textContent.includes('00000-private')) won.push('window'); } catch {} opened.close(); }
        return won.join(', ');
      }
      """;

  private static HttpServer page() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    byte[] text = "<!DOCTYPE html><title>evil</title><body>evil".getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, text.length);
          try (var body = exchange.getResponseBody()) {
            body.write(text);
          }
        });
    server.start();
    return server;
  }
}
