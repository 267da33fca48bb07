package org.inoculum.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.inoculum.UserException;
import org.inoculum.files.Storage;
import org.inoculum.generate.GenerateOptions;
import org.inoculum.generate.GenerationResult;
import org.inoculum.generate.Merge;
import org.inoculum.generate.SyntheticFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inoculum merge}. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    description = "Joins the parts that generate --shard wrote to one data set.",
    footer = {
      "",
      "Example: inoculum merge parts/part-* --out synthetic",
      "The result is the data set that one process makes. All parts of one generation are needed, in",
      "any order. Every image is compared with its SHA-256; images that repeat an earlier one, in",
      "whatever part, are left out and told of in rejected.jsonl. Parts stay as they are. How to run",
      "the parts under Slurm, GNU parallel or Kubernetes: docs/guide/clusters.md."
    })
final class MergeCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "PART",
      arity = "1..*",
      description = "The folders of all parts, in any order.")
  private List<Path> parts = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The new data set; must not exist.")
  private Path out = Path.of("");

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "Take the first N images that pass. Default: all of them.")
  private @Nullable Integer count;

  @Option(
      names = "--format",
      paramLabel = "folder|webdataset",
      description = "How the images are to lie on the disk. Default: as in the parts.")
  private @Nullable SyntheticFormat format;

  @Option(names = "--json", description = "Prints one JSON document on stdout.")
  private boolean json;

  MergeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (count != null && count < 1) {
      throw UserException.usage("--count must be at least 1, was " + count);
    }
    Storage.refuseExisting(out);
    Merge merge = Merge.of(parts);
    GenerationResult generated;
    try (CountDisplay display = new CountDisplay(console)) {
      generated =
          merge.into(
              out,
              Objects.requireNonNullElse(format, merge.format()),
              count == null ? OptionalInt.empty() : OptionalInt.of(count),
              GenerateOptions.TAR_BYTES,
              done -> display.at("merging", done, count == null ? merge.drawn() : count));
    }
    if (json) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("out", out.toString());
      result.put("accepted", generated.accepted());
      result.put("rejected", generated.rejected());
      console.printJson(result);
    } else {
      console.print(
          out
              + ": "
              + generated.accepted()
              + " images out of "
              + parts.size()
              + " parts; rejected "
              + generated.rejected());
    }
    return 0;
  }
}
