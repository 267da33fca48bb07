package org.inoculum.generate;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The data set card: {@value #FILE} of a synthetic data set, which says that it is synthetic, how
 * it was made, from what, what was tested and what not. In the form that Hugging Face reads.
 *
 * @param set what generation.json says
 * @param origin where its images come from
 * @param classes that were generated
 * @param format how the images lie on the disk
 */
record DataCard(
    SyntheticSet set, GenerationOrigin origin, List<String> classes, SyntheticFormat format) {
  static final String FILE = "README.md";

  String text() {
    int side = origin.generator().size();
    GenerationOrigin.TrainedOn trainedOn = origin.trainedOn();
    String levels = origin.levels().describe();
    return frontMatter()
        + "\n# Synthetic images\n\n"
        + "**These images are synthetic.** They were made by a generative adversarial network and show no"
        + " specimen that exists.\n\n"
        + "| | |\n|---|---|\n"
        + row("images", set.count() + " of " + side + " x " + side + " pixels")
        + row("classes", classes.stream().map(DataCard::cell).collect(Collectors.joining(", ")))
        + (set.shard() == null
            ? ""
            : row(
                "shard",
                set.shard()
                    + "; images that repeat one another were not looked for: inoculum merge does, and joins the shards"))
        + row(
            "made by", set.program() + ", run " + cell(set.run()) + ", snapshot " + set.snapshot())
        + row("SHA-256 of the generator", set.snapshotSha256())
        + row(
            "seed",
            (set.seed() == null ? "those of " + SeedList.FILE : set.seed())
                + "; manifest.jsonl has the index of each image, which makes it again")
        + (set.truncation() == null
            ? ""
            : row(
                "truncation",
                "latents at " + set.truncation() + ": less varied than what was learnt"))
        + row("trained on", trainedOn.images() + " images (" + classCounts() + ")")
        + row("SHA-256 of those", trainedOn.sha256())
        + row("grey levels", set.bits() + " bits" + (levels.isEmpty() ? "" : ": " + levels))
        + (set.bits() == 16
            ? row(
                "reading them",
                "many programs show 16 bits as white or black (torchvision's ImageFolder, Pillow's"
                    + " convert, OpenCV without IMREAD_UNCHANGED); without `--bits 16`, generate writes"
                    + " 8 bits, which all of them show")
            : "")
        + "\n## What was tested\n\n"
        + set.notice()
        + "\n\nNothing here says how much the images look like real ones, or whether they help a classifier:"
        + " `inoculum evaluate` and `inoculum utility` measure that against real images.\n"
        + "\n## Files\n\n"
        + files();
  }

  /** Which files are images, so that the contact sheet is not taken for one. */
  private String frontMatter() {
    return "---\ntags:\n- synthetic\ntask_categories:\n- image-classification\nconfigs:\n"
        + "- config_name: default\n  data_files:\n"
        + (format == SyntheticFormat.WEBDATASET
            ? "  - \"*.tar\"\n"
            : "  - \"*/*.png\"\n  - metadata.jsonl\n")
        + "---\n";
  }

  private String files() {
    String images =
        switch (format) {
          case FOLDER ->
              """
              - `CLASS/000123.png`: the images; each says in its text chunk that it is synthetic
              - `metadata.jsonl`: file_name, label, seed and index of each (Hugging Face image folder)
              - `coco.json`: the same as labels of whole images in COCO's form
              """;
          case WEBDATASET ->
              """
              - `shard-000000.tar` …: 000123.png, .cls (number of the class) and .json of each image (WebDataset)
              - `index.json`: the tars with their SHA-256, and the names of the classes
              """;
        };
    return images
        + "- `manifest.jsonl`: SHA-256 of each image and its nearest training image\n"
        + (set.copyTest() == null ? "" : "- `rejected.jsonl`: images that were left out, and why\n")
        + "- `generation.json`: how the set was made, for programs\n"
        + "- `contact-sheet.png`: the first images at a glance\n";
  }

  private String classCounts() {
    return origin.trainedOn().classes().stream()
        .map(one -> String.format(Locale.ROOT, "%s: %d", cell(one.name()), one.images()))
        .collect(Collectors.joining(", "));
  }

  private static String row(String name, String value) {
    return "| " + name + " | " + value + " |\n";
  }

  /** A name that cannot break out of a cell of a table. */
  private static String cell(String name) {
    return name.replaceAll("[\\p{Cntrl}]", " ").replaceAll("([\\\\|<>*_`\\[\\]])", "\\\\$1");
  }
}
