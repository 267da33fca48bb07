package org.inoculum.train;

import java.util.Locale;
import org.inoculum.data.ReadOptions;

/**
 * The recipes that {@code train} knows, with what they take for granted where the user says
 * nothing.
 */
public enum Preset {
  /** Good images from few, in minutes: docs/explanation/method.md. */
  MODERN,
  /** The same for a quick look: images of 32 pixels. */
  TINY,
  /** The article's DCGAN, to the letter: 20,000 epochs of batches of 256. */
  CLASSIC;

  /** Its batch. */
  public int batch() {
    return switch (this) {
      case MODERN, TINY -> 8;
      case CLASSIC -> 256;
    };
  }

  /** How long it trains. */
  public Budget budget() {
    return switch (this) {
      case MODERN -> new Budget(Budget.Unit.MINUTES, 15);
      case TINY -> new Budget(Budget.Unit.MINUTES, 3);
      case CLASSIC -> new Budget(Budget.Unit.EPOCHS, 20_000);
    };
  }

  /** Resolution of the images that it makes of a folder of images, in pixels. */
  public int size() {
    return switch (this) {
      case TINY -> 32;
      case MODERN, CLASSIC -> ReadOptions.FOLDER_SIZE;
    };
  }

  /** Its numbers. */
  public Recipe recipe() {
    return switch (this) {
      case MODERN, TINY -> ModernRecipe.DEFAULT;
      case CLASSIC -> ClassicRecipe.ARTICLE;
    };
  }

  /** Its name on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
