package org.inoculum.dashboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests byte by byte: a client library would correct what is wrong with them. */
final class RawHttp {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final Pattern COOKIE = Pattern.compile("(?i)set-cookie: ([^;]+);");

  private final int port;
  private final String cookie;

  /** What came back, as text. */
  record Reply(int status, String head, String text) {}

  private RawHttp(int port, String cookie) {
    this.port = port;
    this.cookie = cookie;
  }

  /** A browser that has not opened the link. */
  static RawHttp stranger(Dashboard dashboard) {
    return new RawHttp(URI.create(dashboard.url()).getPort(), "");
  }

  /** A browser that has. */
  static RawHttp opened(Dashboard dashboard) throws IOException {
    RawHttp stranger = stranger(dashboard);
    URI link = URI.create(dashboard.link());
    Reply reply = stranger.get(link.getRawPath() + "?" + link.getRawQuery());
    Matcher matcher = COOKIE.matcher(reply.head());
    if (!matcher.find()) {
      throw new AssertionError("no cookie: " + reply.head() + reply.text());
    }
    return new RawHttp(stranger.port, matcher.group(1));
  }

  int port() {
    return port;
  }

  String cookieHeader() {
    return cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n";
  }

  Reply get(String path, String... headers) throws IOException {
    return send("GET " + path + " HTTP/1.1", "127.0.0.1:" + port, headers);
  }

  /** A request line with this Host header (none where it is empty) and others. */
  Reply send(String line, String host, String... headers) throws IOException {
    StringBuilder head = new StringBuilder(line + "\r\n");
    if (!host.isEmpty()) {
      head.append("Host: ").append(host).append("\r\n");
    }
    head.append(cookieHeader());
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return exchange(head + "Connection: close\r\n\r\n");
  }

  private Reply exchange(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      byte[] all = all(socket.getInputStream());
      String text = new String(all, StandardCharsets.ISO_8859_1);
      int end = text.indexOf("\r\n\r\n");
      if (end < 0) {
        return new Reply(0, text, "");
      }
      String body = new String(all, end + 4, all.length - end - 4, StandardCharsets.UTF_8);
      return new Reply(Integer.parseInt(text.substring(9, 12)), text.substring(0, end), body);
    }
  }

  Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  /** Up to the end, or to where the server cut the connection. */
  private static byte[] all(InputStream in) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (IOException e) {
      // Reset: what came before it counts.
    }
    return all.toByteArray();
  }
}
