package org.inoculum.dashboard;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Checks every request before any route is looked at: the right name of the server, a reading
 * method, no other site behind it, and the cookie.
 */
final class RequestGuard extends Handler.Wrapper {
  /** Where a token becomes a cookie: the only path that is answered without one. */
  static final String EXCHANGE = "/open";

  /** Under which a request carries its connection's {@link Connections.Lease}. */
  static final String LEASE = "org.inoculum.dashboard.lease";

  private static final String POLICY =
      String.join(
          "; ",
          "default-src 'none'",
          "script-src 'self'",
          "style-src 'self'",
          "img-src 'self'",
          "connect-src 'self'",
          "base-uri 'none'",
          "form-action 'none'",
          "frame-ancestors 'none'",
          "require-trusted-types-for 'script'",
          "trusted-types 'none'");

  private static final List<HttpField> HEADERS =
      List.of(
          new HttpField("Content-Security-Policy", POLICY),
          new HttpField("X-Content-Type-Options", "nosniff"),
          new HttpField("X-Frame-Options", "DENY"),
          new HttpField("Referrer-Policy", "no-referrer"),
          new HttpField("Cross-Origin-Resource-Policy", "same-origin"),
          new HttpField("Cross-Origin-Opener-Policy", "same-origin"),
          new HttpField("Cross-Origin-Embedder-Policy", "require-corp"),
          new HttpField("Cache-Control", "no-store"));

  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  /** Says that a person asked for it, or a page of this very server. */
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final AllowedHosts hosts;
  private final Access access;
  private final String cookie;
  private final Connections connections;

  /** A refusal: status and a sentence. */
  private record Refusal(int status, String why) {}

  RequestGuard(AllowedHosts hosts, Access access, String cookie, Connections connections) {
    this.hosts = hosts;
    this.access = access;
    this.cookie = cookie;
    this.connections = connections;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    request.setAttribute(LEASE, connections.answering(request));
    HEADERS.forEach(response.getHeaders()::put);
    Refusal refusal = refusal(request);
    if (refusal == null) {
      return super.handle(request, response, callback);
    }
    response.setStatus(refusal.status());
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
    response.getHeaders().put(HttpHeader.CONNECTION, "close");
    byte[] text = (refusal.why() + "\n").getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, text.length);
    if (request.getMethod().equals("HEAD")) {
      callback.succeeded();
    } else {
      Content.Sink.write(response, true, new String(text, StandardCharsets.UTF_8), callback);
    }
    return true;
  }

  private @Nullable Refusal refusal(Request request) {
    HttpFields headers = request.getHeaders();
    if (!namesThisServer(request)) {
      return new Refusal(421, "This server does not go by that name.");
    }
    if (!METHODS.contains(request.getMethod())) {
      return new Refusal(405, "Nothing can be changed here: only GET and HEAD are answered.");
    }
    if (headers.contains(HttpHeader.TRANSFER_ENCODING)
        || headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0) {
      return new Refusal(413, "A request must not have a body.");
    }
    boolean exchange = EXCHANGE.equals(request.getHttpURI().getPath());
    if (exchange && !request.getMethod().equals("GET")) {
      return new Refusal(405, "The link is to be opened, not looked at.");
    }
    if (comesFromElsewhere(headers, exchange)) {
      return new Refusal(403, "Another site asked for this.");
    }
    if (!exchange && !hasCookie(request)) {
      return new Refusal(
          401,
          "This dashboard shows nothing without its link: open the one that inoculum dashboard printed last.");
    }
    return null;
  }

  /** By its Host header, and by the URL where that one holds a name as well. */
  private boolean namesThisServer(Request request) {
    List<String> named = request.getHeaders().getValuesList(HttpHeader.HOST);
    if (named.size() != 1 || !hosts.allowsHost(named.get(0))) {
      return false;
    }
    String authority = request.getHttpURI().getAuthority();
    return authority == null || hosts.allowsHost(authority);
  }

  /**
   * What browsers say of who asks. SameSite=Strict keeps the cookie from other sites, but another
   * port of this machine counts as the same site: hence the origin. A link to the exchange may
   * stand anywhere.
   */
  private boolean comesFromElsewhere(HttpFields headers, boolean exchange) {
    String origin = headers.get(HttpHeader.ORIGIN);
    if (origin != null && !hosts.allowsOrigin(origin)) {
      return true;
    }
    String site = headers.get("Sec-Fetch-Site");
    if (site == null || OWN_SITES.contains(site)) {
      return false;
    }
    return !(exchange
        && "navigate".equals(headers.get("Sec-Fetch-Mode"))
        && "document".equals(headers.get("Sec-Fetch-Dest")));
  }

  private boolean hasCookie(Request request) {
    return Request.getCookies(request).stream()
        .anyMatch(one -> one.getName().equals(cookie) && access.opens(one.getValue()));
  }
}
