package org.inoculum.train;

/**
 * The recipes that {@code train} knows, with what they take for granted where the user says
 * nothing.
 */
public enum Preset {
  /** The article's DCGAN, to the letter: 20,000 epochs of batches of 256. */
  CLASSIC(256, new Budget(Budget.Unit.EPOCHS, 20_000), ClassicRecipe.ARTICLE);

  private final int batch;
  private final Budget budget;
  private final ClassicRecipe recipe;

  Preset(int batch, Budget budget, ClassicRecipe recipe) {
    this.batch = batch;
    this.budget = budget;
    this.recipe = recipe;
  }

  /** Its batch. */
  public int batch() {
    return batch;
  }

  /** How long it trains. */
  public Budget budget() {
    return budget;
  }

  /** Its numbers. */
  public ClassicRecipe recipe() {
    return recipe;
  }

  /** Its name on the command line. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
