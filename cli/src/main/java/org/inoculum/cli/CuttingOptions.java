package org.inoculum.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.annotation.BoxFormat;
import org.inoculum.annotation.BoxLimits;
import org.inoculum.data.Cutting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/**
 * The options for what is taken from each file: the whole, cells by their boxes, or tiles
 * (docs/guide/fields.md).
 */
final class CuttingOptions {
  private static final double MARGIN = 0.1;

  @Option(
      names = "--boxes",
      paramLabel = "FILE|DIR",
      description =
          "Cuts out the cells that were annotated: a file of COCO, CVAT, Label Studio or CSV, or a folder of YOLO, Pascal VOC, QuPath, labelme files or label masks.")
  private @Nullable Path boxes;

  @Option(
      names = "--boxes-format",
      paramLabel = "FORMAT",
      converter = ToFormat.class,
      description =
          "How boxes are written: coco, yolo, voc, csv, qupath, masks, labelme, cvat or label-studio. Default: found by name and content.")
  private @Nullable BoxFormat format;

  @Option(
      names = "--margin",
      paramLabel = "SHARE",
      description = "Kept on each side of a box, as a share of its longer side. Default: 0.1.")
  private @Nullable Double margin;

  @Option(
      names = "--box-coordinates",
      paramLabel = "upright|stored",
      description =
          "Whether boxes were drawn on images as their orientation (Exif) turns them, or as they are stored. Default: upright.")
  private @Nullable BoxCoordinates coordinates;

  @Option(
      names = "--group-column",
      paramLabel = "NAME",
      description =
          "Column of a CSV table of boxes that says what stays together in --held-out-share.")
  private @Nullable String groupColumn;

  @Option(
      names = "--max-annotation-bytes",
      paramLabel = "N",
      description = "Most bytes of annotations. Default: 268435456.")
  private @Nullable Long maxBytes;

  @Option(
      names = "--tiles",
      paramLabel = "PIXELS",
      description =
          "Cuts each image into squares of this side; the last ones are flush with the border.")
  private @Nullable Integer tiles;

  @Option(
      names = "--stride",
      paramLabel = "PIXELS",
      description = "From one tile to the next. Default: the side of a tile.")
  private @Nullable Integer stride;

  @Option(
      names = "--max-crops",
      paramLabel = "N",
      description = "Most boxes or tiles in all. Default: 1000000.")
  private @Nullable Integer maxCrops;

  /** What was asked for. */
  Cutting cutting() {
    if (boxes != null && tiles != null) {
      throw UserException.usage("--boxes or --tiles: name one of them");
    }
    if (boxes == null
        && Stream.of(format, margin, coordinates, groupColumn, maxBytes)
            .anyMatch(option -> option != null)) {
      throw UserException.usage(
          "--boxes-format, --margin, --box-coordinates, --group-column and --max-annotation-bytes belong to --boxes");
    }
    if (tiles == null && stride != null) {
      throw UserException.usage("--stride belongs to --tiles");
    }
    int most = maxCrops == null ? BoxLimits.DEFAULT.maxBoxes() : maxCrops;
    if (boxes != null) {
      return new Cutting.Boxes(
          boxes,
          format,
          margin == null ? MARGIN : margin,
          new BoxLimits(maxBytes == null ? BoxLimits.DEFAULT.maxBytes() : maxBytes, most),
          groupColumn,
          coordinates == BoxCoordinates.STORED);
    }
    if (tiles != null) {
      return new Cutting.Tiles(tiles, stride == null ? tiles : stride, most);
    }
    if (maxCrops != null) {
      throw UserException.usage("--max-crops belongs to --boxes or --tiles");
    }
    return new Cutting.Whole();
  }

  /** The images that boxes were drawn on. */
  enum BoxCoordinates {
    /** Turned as their orientation says. */
    UPRIGHT,
    /** As they are stored. */
    STORED
  }

  /** From the word on the command line. */
  static final class ToFormat implements ITypeConverter<BoxFormat> {
    @Override
    public BoxFormat convert(String label) {
      return BoxFormat.ofLabel(label)
          .orElseThrow(
              () ->
                  Suggestions.unknown(
                      "format of boxes",
                      label,
                      Arrays.stream(BoxFormat.values()).map(BoxFormat::label).toList()));
    }
  }
}
