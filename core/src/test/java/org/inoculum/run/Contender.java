package org.inoculum.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.inoculum.UserException;
import org.inoculum.files.Storage;

/**
 * A process of {@link TogetherTest}: in each round it makes a run, a folder and a file at the same
 * instant as the others, and says what came of it.
 */
final class Contender {
  static final int FILES = 20;
  private static final int ROUND_MILLIS = 60;

  private Contender() {}

  /** Arguments: the folder, what this process is called, rounds, and when the first begins. */
  public static void main(String[] arguments) throws Exception {
    Path root = Path.of(arguments[0]);
    String self = arguments[1];
    long start = Long.parseLong(arguments[3]);
    for (int round = 0; round < Integer.parseInt(arguments[2]); round++) {
      long begin = start + (long) round * ROUND_MILLIS;
      while (System.currentTimeMillis() < begin) {
        Thread.onSpinWait();
      }
      round(root, self, round);
    }
  }

  private static void round(Path root, String self, int round) throws Exception {
    RunDirectory run =
        RunDirectory.create(
            root.resolve("runs " + round),
            "cells-" + Integer.parseInt(self) % 2,
            Map.of("config.json", "{\"self\":\"" + self + "\"}"));
    System.out.println("run " + round + " " + run.path().getFileName());
    Path out = Files.createDirectories(root.resolve("out " + round)).resolve("set");
    try {
      Storage.newFolder(
          out,
          part -> {
            for (int i = 0; i < FILES; i++) {
              Storage.writeInto(part.resolve(self + "-" + i), new byte[] {1});
            }
          });
      System.out.println("made " + round);
    } catch (UserException e) {
      System.out.println("refused " + round + " " + e.kind());
    }
    Storage.writeFile(root.resolve("out " + round).resolve("report"), self.repeat(100_000));
  }
}
