package org.inoculum.image;

import java.io.IOException;

/** The file is whole, but of a kind that is not read; the message says which. */
final class UnsupportedImageException extends IOException {
  private static final long serialVersionUID = 1L;

  UnsupportedImageException(String message) {
    super(message);
  }
}
