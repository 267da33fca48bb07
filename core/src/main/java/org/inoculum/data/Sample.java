package org.inoculum.data;

import org.inoculum.image.Image;

/**
 * One image of a data set.
 *
 * @param source the file, relative to the data set's root with '/' between names, or {@code
 *     idx#123} for the image of that number, from 0, in an idx file
 * @param label the class's position in {@link DataSet#classes()}
 * @param image 8-bit, size x size, with the data set's channels
 * @param sha256 of the file's bytes; of the stored samples for idx
 * @param group what must stay together when the data set is split: what {@code prepare} noted in
 *     {@code origins.jsonl}, else the source
 */
public record Sample(String source, int label, Image image, String sha256, String group) {
  /** An image that belongs to no other. */
  public Sample(String source, int label, Image image, String sha256) {
    this(source, label, image, sha256, source);
  }
}
