package org.inoculum;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The program's name and version, for everything that it writes. */
public final class Inoculum {
  private Inoculum() {}

  /** Name and version, such as "inoculum 0.1.0". */
  public static String program() {
    return "inoculum " + version();
  }

  /** The name that the user typed, such as "./inoculum": the launcher passes it on. */
  public static String command() {
    return System.getProperty("inoculum.command", "inoculum");
  }

  /** A word of a command line as a POSIX shell takes it: in quotation marks where it needs them. */
  public static String quoted(String word) {
    return word.matches("[A-Za-z0-9._/:=,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  /** The version of the jar. */
  public static String version() {
    Properties properties = new Properties();
    try (InputStream in = Inoculum.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException("version.properties is missing from the jar");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}
