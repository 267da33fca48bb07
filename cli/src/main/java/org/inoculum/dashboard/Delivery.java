package org.inoculum.dashboard;

import io.javalin.http.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;

/**
 * Sends an answer as fast as the client reads it: one that does not read costs a buffer, not a
 * thread.
 */
final class Delivery implements WriteListener {
  private static final int BUFFER = 1 << 15;

  private final InputStream content;
  private final ServletOutputStream out;
  private final CompletableFuture<Void> sent = new CompletableFuture<>();
  private final byte[] buffer;

  private Delivery(Answer answer, ServletOutputStream out) {
    this.content = answer.content();
    this.out = out;
    this.buffer = new byte[(int) Math.max(1, Math.min(BUFFER, answer.length()))];
  }

  /** Sends an answer that is there. */
  static void send(Context context, Answer answer) {
    context.future(() -> start(context, answer));
  }

  /** Begins, in a request that has become asynchronous; the future ends with the answer. */
  static CompletableFuture<Void> start(Context context, Answer answer) {
    answer.headers().forEach(context::header);
    context.contentType(answer.type());
    context.res().setContentLengthLong(answer.length());
    try {
      ServletOutputStream out = context.res().getOutputStream();
      Delivery delivery = new Delivery(answer, out);
      out.setWriteListener(delivery);
      return delivery.sent;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the connection is gone
    }
  }

  @Override
  public void onWritePossible() throws IOException {
    while (out.isReady()) {
      int read = content.read(buffer);
      if (read < 0) {
        end();
        return;
      }
      out.write(buffer, 0, read);
    }
  }

  /** The client has gone, or was too slow: nothing is left to say to it. */
  @Override
  public void onError(Throwable failure) {
    end();
  }

  private void end() {
    try {
      content.close();
    } catch (IOException e) {
      // It was only read.
    }
    sent.complete(null);
  }
}
