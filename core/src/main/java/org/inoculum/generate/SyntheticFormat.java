package org.inoculum.generate;

import java.util.Locale;

/** How a grown data set lies on the disk. */
public enum SyntheticFormat {
  /** A folder of PNG files for each class, with {@code metadata.jsonl} and {@code coco.json}. */
  FOLDER,
  /** Tar files of a PNG, a class number and a JSON document for each image (WebDataset). */
  WEBDATASET;

  /** On the command line and in files. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
