package org.inoculum.cli;

import java.util.Arrays;
import org.inoculum.UserException;
import org.inoculum.data.HoldOut;
import org.inoculum.data.NearDuplicateRule;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The options for the images that are held out of the training (docs/guide/fields.md). */
final class HoldOutOptions {
  @Option(
      names = "--held-out-share",
      paramLabel = "SHARE",
      description =
          "Writes about this share of each class, such as 0.2, to the folder held-out and the rest to train.")
  private @Nullable Double share;

  @Option(
      names = "--group-by",
      paramLabel = "REGEX",
      description =
          "Files of one group, such as a patient or slide, stay on one side: the first (...) of the expression, or what it finds,"
              + " in the file name; in the path if it has a /. Default: each file is a group.")
  private @Nullable String groupBy;

  @Option(
      names = "--near-duplicates",
      paramLabel = "refuse|together|ignore",
      converter = ToRule.class,
      description =
          "What is done if images on both sides show nearly the same: refuse names them, together puts their groups on one side."
              + " Default: refuse.")
  private @Nullable NearDuplicateRule near;

  /** Nothing unless it was asked for. */
  @Nullable HoldOut holdOut() {
    if (share == null) {
      if (near != null) {
        throw UserException.usage("--near-duplicates belongs to --held-out-share");
      }
      return null;
    }
    return new HoldOut(share, near == null ? NearDuplicateRule.REFUSE : near);
  }

  @Nullable String groupBy() {
    return groupBy;
  }

  /** From the word on the command line. */
  static final class ToRule implements ITypeConverter<NearDuplicateRule> {
    @Override
    public NearDuplicateRule convert(String label) {
      return NearDuplicateRule.ofLabel(label)
          .orElseThrow(
              () ->
                  Suggestions.unknown(
                      "rule for near-duplicates",
                      label,
                      Arrays.stream(NearDuplicateRule.values())
                          .map(NearDuplicateRule::label)
                          .toList()));
    }
  }
}
