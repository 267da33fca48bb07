package org.inoculum.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test 14 of docs/explanation/reliability.md, as far as it needs no browser: who gets in, and what
 * gets out.
 */
class RequestGuardTest {
  private static final String RUN = "00003-cells-tiny";

  @TempDir private Path folder;
  private Dashboard dashboard;
  private RawHttp stranger;
  private RawHttp opened;

  @BeforeEach
  void start() throws IOException {
    Path runs = Files.createDirectories(folder.resolve("runs"));
    ShownRuns.run(runs, RUN, 300);
    dashboard = ShownRuns.dashboard(runs);
    stranger = RawHttp.stranger(dashboard);
    opened = RawHttp.opened(dashboard);
  }

  @AfterEach
  void stop() {
    dashboard.close();
  }

  /** A path that a route answers. */
  private static String example(String route) {
    return route.replace("{run}", RUN).replace("{sample}", "000100").replace("{name}", "style.css");
  }

  private List<String> routes() {
    return dashboard.routes().stream()
        .map(Dashboard.Route::path)
        .map(RequestGuardTest::example)
        .toList();
  }

  @Test
  void everyRouteNeedsTheCookieButTheExchange() throws IOException {
    List<String> routes = new ArrayList<>(routes());
    assertThat(routes).hasSizeGreaterThan(12).contains("/", RequestGuard.EXCHANGE, "/api/runs");
    assertThat(dashboard.routes().stream().map(Dashboard.Route::method).collect(Collectors.toSet()))
        .isEqualTo(Set.of("GET"));
    routes.remove(RequestGuard.EXCHANGE);
    routes.addAll(List.of("/nothing", "/api/runs/" + RUN + "/nothing", "/open/", "/OPEN"));
    for (String route : routes) {
      for (String cookie :
          List.of(
              "A: b",
              "Cookie: inoculum-" + stranger.port() + "=",
              "Cookie: inoculum-"
                  + stranger.port()
                  + "=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
              "Authorization: Bearer x")) {
        RawHttp.Reply reply = stranger.get(route, cookie);
        assertThat(reply.status()).as(route + " with " + cookie).isEqualTo(401);
        assertThat(reply.text()).startsWith("This dashboard shows nothing without its link");
      }
      assertThat(stranger.send("HEAD " + route + " HTTP/1.1", host()).status())
          .as(route)
          .isEqualTo(401);
    }
  }

  @Test
  void aPersonWhoOpensWhatIsNotThereGetsAPageWithAWayBack() throws IOException {
    for (String path : List.of("/nothing", "/assets/nothing.js")) {
      RawHttp.Reply page = opened.get(path, "Sec-Fetch-Dest: document");
      assertThat(page.status()).isEqualTo(404);
      assertThat(page.text()).contains("Nothing is there.", "<a href=\"/\">To the runs</a>");
      assertThat(opened.get(path).text()).isEqualTo("Nothing is there.\n");
    }
    RawHttp.Reply used = stranger.get("/open?token=x", "Sec-Fetch-Dest: document");
    assertThat(used.status()).isEqualTo(401);
    assertThat(used.text()).contains("This link was used before").doesNotContain("token=x");
  }

  @Test
  void theTokenOpensOnce() throws IOException {
    URI link = URI.create(dashboard.link());
    String open = link.getRawPath() + "?" + link.getRawQuery();
    assertThat(stranger.get("/open").status()).isEqualTo(401);
    assertThat(stranger.get("/open?token=").status()).isEqualTo(401);
    assertThat(stranger.get("/open?token=" + "A".repeat(43)).status()).isEqualTo(401);
    assertThat(stranger.get(open, "Sec-Purpose: prefetch").status()).isEqualTo(401);
    assertThat(stranger.send("HEAD " + open + " HTTP/1.1", host()).status()).isEqualTo(405);
    RawHttp.Reply first = stranger.get(open);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.head())
        .containsPattern(
            "Set-Cookie: inoculum-\\d+=[^;]{43}; Path=/; HttpOnly; SameSite=Strict\r\n");
    assertThat(stranger.get(open).status()).isEqualTo(401);
    assertThat(dashboard.link()).isNotEqualTo(link.toString());
  }

  @Test
  void everyAnswerHasItsHeaders() throws IOException {
    List<String> all = new ArrayList<>(routes());
    all.add("/nothing");
    for (String route : all) {
      for (RawHttp browser : List.of(stranger, opened)) {
        if (route.equals("/api/events") && browser.equals(opened)) {
          continue; // does not end; the browser tests see its headers
        }
        assertThat(browser.get(route).head())
            .as(route)
            .contains(
                "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; ")
            .contains("frame-ancestors 'none'", "X-Content-Type-Options: nosniff")
            .contains("Referrer-Policy: no-referrer", "Cross-Origin-Resource-Policy: same-origin")
            .contains("Cross-Origin-Opener-Policy: same-origin", "Cache-Control: no-")
            .doesNotContain("Access-Control", "Server:", "unsafe");
      }
    }
  }

  @Test
  void onlyItsOwnNamesAreAnswered() throws IOException {
    int port = opened.port();
    for (String host :
        List.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port, "LOCALHOST:" + port)) {
      assertThat(opened.send("GET /api/runs HTTP/1.1", host).status()).as(host).isEqualTo(200);
    }
    List<String> strange = strangeHosts(port);
    assertThat(strange).hasSize(40);
    for (String host : strange) {
      RawHttp.Reply reply = opened.send("GET /api/runs HTTP/1.1", host);
      assertThat(reply.status()).as("Host " + host).isIn(400, 421);
      assertThat(reply.text()).as("Host " + host).doesNotContain(RUN);
    }
    assertThat(opened.get("/api/runs", "Host: evil.example").status()).isEqualTo(400);
    assertThat(opened.send("GET http://evil.example/api/runs HTTP/1.1", host()).status())
        .isIn(400, 421);
    assertThat(opened.send("GET /api/runs HTTP/1.0", "").status()).isIn(400, 421);
  }

  private static List<String> strangeHosts(int port) {
    List<String> hosts = new ArrayList<>();
    for (String name :
        List.of(
            "evil.example",
            "evil.example.",
            "localhost.evil.example",
            "127.0.0.1.evil.example",
            "evil-localhost",
            "localhost.",
            "localhost.localdomain",
            "127.0.0.1.",
            "127.1",
            "127.0.0.2",
            "0.0.0.0",
            "0",
            "2130706433",
            "0x7f000001",
            "017700000001",
            "0177.0.0.1",
            "[::]",
            "[::ffff:127.0.0.1]",
            "[0:0:0:0:0:0:0:1]",
            "[::1%25lo]",
            "192.168.0.1",
            "169.254.169.254",
            "router",
            "xn--localhost",
            "localhost@evil.example",
            "evil.example@localhost",
            "127.0.0.1.nip.io",
            "user:password@127.0.0.1")) {
      hosts.add(name + ":" + port);
    }
    hosts.addAll(
        List.of(
            "localhost",
            "127.0.0.1",
            "[::1]",
            "localhost:80",
            "127.0.0.1:" + (port + 1),
            "localhost:0" + port,
            "localhost:" + port + "x",
            "localhost:",
            ":" + port,
            "localhost:" + port + ", evil.example",
            "localhost:-1",
            "evil.example"));
    return hosts;
  }

  @Test
  void otherSitesGetNothing() throws IOException {
    List<String[]> requests = new ArrayList<>();
    for (String site : List.of("cross-site", "same-site", "unknown", "")) {
      for (String mode : List.of("no-cors", "cors", "navigate", "websocket", "same-origin")) {
        requests.add(
            new String[] {
              "Sec-Fetch-Site: " + site, "Sec-Fetch-Mode: " + mode, "Sec-Fetch-Dest: image"
            });
      }
    }
    int port = opened.port();
    for (String origin :
        List.of(
            "null",
            "http://evil.example",
            "https://127.0.0.1:" + port,
            "http://127.0.0.1",
            "http://127.0.0.1:" + (port + 1),
            "http://localhost",
            "http://127.0.0.1:" + port + ".evil.example",
            "file://",
            "http://evil.example:" + port,
            "http://user@127.0.0.1:" + port)) {
      requests.add(new String[] {"Origin: " + origin});
    }
    assertThat(requests).hasSize(30);
    for (String[] request : requests) {
      RawHttp.Reply reply = opened.get("/api/runs", request);
      assertThat(reply.status()).as(String.join(", ", request)).isEqualTo(403);
      assertThat(reply.text()).doesNotContain(RUN);
      assertThat(reply.head()).doesNotContain("Access-Control");
    }
    assertThat(opened.get("/api/runs", "Origin: http://127.0.0.1:" + port).status()).isEqualTo(200);
    assertThat(opened.get("/api/runs", "Sec-Fetch-Site: same-origin").status()).isEqualTo(200);
    assertThat(opened.get("/", "Sec-Fetch-Site: none", "Sec-Fetch-Mode: navigate").status())
        .isEqualTo(200);
  }

  @Test
  void nothingCanBeChanged() throws IOException {
    for (String method :
        List.of(
            "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get")) {
      assertThat(opened.send(method + " /api/runs HTTP/1.1", host()).status())
          .as(method)
          .isIn(400, 405, 501);
    }
    assertThat(opened.get("/api/runs", "Content-Length: 5").status()).isEqualTo(413);
    assertThat(opened.get("/api/runs", "Transfer-Encoding: chunked").status()).isEqualTo(413);
    assertThat(
            opened
                .get(
                    "/api/runs",
                    "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
                .status())
        .isIn(200, 400);
    assertThat(opened.get("/api/runs", "X: " + "a".repeat(9000)).status()).isEqualTo(431);
    assertThat(opened.get("/" + "a".repeat(9000)).status()).isEqualTo(414);
  }

  private String host() {
    return "127.0.0.1:" + stranger.port();
  }
}
