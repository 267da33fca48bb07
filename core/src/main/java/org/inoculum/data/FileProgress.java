package org.inoculum.data;

/** Is told how far a way through many images has come. */
@FunctionalInterface
public interface FileProgress {
  /** Told nothing. */
  FileProgress NONE = (doing, done, total) -> {};

  /**
   * Another one is done.
   *
   * @param doing what is done with them, such as "reading"; another word is another way through
   * @param done so many
   * @param total of so many
   */
  void at(String doing, int done, int total);

  /**
   * The same of other things than images.
   *
   * @param unit what they are, in the plural
   */
  default void at(String doing, String unit, int done, int total) {
    at(doing, done, total);
  }
}
