package org.inoculum.cli;

import java.util.OptionalInt;
import java.util.stream.Stream;
import org.inoculum.UserException;
import org.inoculum.data.Reading;
import org.inoculum.data.WindowChoice;
import org.inoculum.image.DecodingLimits;
import org.inoculum.image.PlaneChoice;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/**
 * The options for reading image files, in every command that reads a folder (docs/guide/data.md).
 */
final class ReadingOptions {
  @Option(
      names = "--channel",
      paramLabel = "NAME|N",
      description = "The channel of files that hold several, by its name or its number from 1.")
  private @Nullable String channel;

  @Option(
      names = "--z",
      paramLabel = "N",
      description = "The slice of files that hold a stack, from 1.")
  private @Nullable Integer z;

  @Option(
      names = "--time",
      paramLabel = "N",
      description = "The frame of files that hold a time series, from 1.")
  private @Nullable Integer time;

  @Option(
      names = "--page",
      paramLabel = "N",
      description = "The page of files that hold several, from 1; instead of the three above.")
  private @Nullable Integer page;

  @Option(
      names = "--window",
      paramLabel = "LOW,HIGH",
      converter = ToWindow.class,
      description =
          "What becomes black and white in files of more than 8 bits: two values (100,4095) or two percentiles of all such"
              + " files together (0.1%%,99.9%%). Default: 0.1%%,99.9%%.")
  private @Nullable WindowChoice window;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "Most pixels of one image. Default: 100000000.")
  private @Nullable Long maxPixels;

  @Option(
      names = "--max-file-bytes",
      paramLabel = "N",
      description = "Most bytes of one file. Default: 1073741824.")
  private @Nullable Long maxFileBytes;

  @Option(
      names = "--max-decompression-ratio",
      paramLabel = "N",
      description =
          "Most bytes that one byte of a file may decompress to, where that is over 32 MiB in all. Default: 200.")
  private @Nullable Integer maxDecompressionRatio;

  @Option(
      names = "--max-metadata-bytes",
      paramLabel = "N",
      description = "Most bytes of text and profiles in one file. Default: 16777216.")
  private @Nullable Integer maxMetadataBytes;

  /** What was said here, on top of how it would be otherwise. */
  Reading over(Reading otherwise) {
    return new Reading(
        plane(otherwise.plane()),
        window == null ? otherwise.window() : window,
        limits(otherwise.limits()),
        otherwise.skipBad());
  }

  private PlaneChoice plane(PlaneChoice otherwise) {
    boolean axes = channel != null || z != null || time != null;
    if (page != null && axes) {
      throw UserException.usage(
          "--page says which image without --channel, --z and --time; name one or the others");
    }
    if (Stream.of(z, time, page).anyMatch(number -> number != null && number < 1)) {
      throw UserException.usage("--z, --time and --page count from 1");
    }
    return page == null && !axes
        ? otherwise
        : new PlaneChoice(channel, optional(z), optional(time), optional(page));
  }

  private DecodingLimits limits(DecodingLimits otherwise) {
    if (Stream.of(maxPixels, maxFileBytes, maxDecompressionRatio, maxMetadataBytes)
        .anyMatch(limit -> limit != null && limit.longValue() < 1)) {
      throw UserException.usage(
          "--max-pixels, --max-file-bytes, --max-decompression-ratio and --max-metadata-bytes are at least 1");
    }
    return new DecodingLimits(
        maxPixels == null ? otherwise.maxPixels() : maxPixels,
        otherwise.minSide(),
        maxFileBytes == null ? otherwise.maxFileBytes() : maxFileBytes,
        maxDecompressionRatio == null ? otherwise.maxDecompressionRatio() : maxDecompressionRatio,
        maxMetadataBytes == null ? otherwise.maxMetadataBytes() : maxMetadataBytes);
  }

  private static OptionalInt optional(@Nullable Integer number) {
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /** From the words on the command line. */
  static final class ToWindow implements ITypeConverter<WindowChoice> {
    @Override
    public WindowChoice convert(String label) {
      return WindowChoice.parse(label);
    }
  }
}
