package org.inoculum.dashboard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Decides who may look: whoever brings the token of the link that was printed, once, and after that
 * the cookie that was given for it. Neither is a function of a seed like the program's other random
 * numbers: nobody shall guess them.
 */
final class Access {
  private static final int BYTES = 32;

  private final SecureRandom random = new SecureRandom();
  private final String session = secret();
  private final Consumer<String> used;
  private String token = secret();

  /**
   * @param used is told of the next token when one was used up
   */
  Access(Consumer<String> used) {
    this.used = used;
  }

  /** The token that is good for one exchange. */
  synchronized String token() {
    return token;
  }

  /** The cookie's value for a token that is right, which is used up by this. */
  synchronized Optional<String> exchange(String offered) {
    if (!same(offered, token)) {
      return Optional.empty();
    }
    token = secret();
    used.accept(token);
    return Optional.of(session);
  }

  /** Whether this is the cookie's value. */
  boolean opens(String cookie) {
    return same(cookie, session);
  }

  private String secret() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Takes as long for a text that is nearly right as for any other. */
  private static boolean same(String offered, String secret) {
    return MessageDigest.isEqual(
        offered.getBytes(StandardCharsets.UTF_8), secret.getBytes(StandardCharsets.UTF_8));
  }
}
