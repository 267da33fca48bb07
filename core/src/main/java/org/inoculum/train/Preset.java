package org.inoculum.train;

import java.util.Locale;

/**
 * The recipes that {@code train} knows, with what they take for granted where the user says
 * nothing.
 */
public enum Preset {
  /** The article's DCGAN, to the letter: 20,000 epochs of batches of 256. */
  CLASSIC;

  /** Its batch. */
  public int batch() {
    return switch (this) {
      case CLASSIC -> 256;
    };
  }

  /** How long it trains. */
  public Budget budget() {
    return switch (this) {
      case CLASSIC -> new Budget(Budget.Unit.EPOCHS, 20_000);
    };
  }

  /** Its numbers. */
  public Recipe recipe() {
    return switch (this) {
      case CLASSIC -> ClassicRecipe.ARTICLE;
    };
  }

  /** Its name on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
