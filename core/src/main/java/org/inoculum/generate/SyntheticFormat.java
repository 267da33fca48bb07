package org.inoculum.generate;

import java.util.Locale;

/** The format of a synthetic data set on disk. */
public enum SyntheticFormat {
  /** A folder of PNG files for each class, with {@code metadata.jsonl} and {@code coco.json}. */
  FOLDER,
  /** Tar files of a PNG, a class number and a JSON document for each image (WebDataset). */
  WEBDATASET;

  /** On the command line and in files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
