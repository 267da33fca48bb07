package org.inoculum.cli;

import java.nio.file.Path;
import java.util.List;
import org.inoculum.UserException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What {@code grow} does with the synthetic images. */
final class GrowAfterwards {
  private static final int USUAL_FIELDS = 200;

  @Option(
      names = "--no-utility",
      description = "Leaves out the test whether the images help a classifier.")
  private boolean noUtility;

  @Option(
      names = "--background",
      paramLabel = "DIR",
      description =
          "Where DATA has one class: real images of what is none of it, for the test whether the images help a classifier.")
  private @Nullable Path background;

  @Option(
      names = "--ground",
      paramLabel = "DIR",
      description =
          "Fields of view without cells, of the same magnification: fields are composed on them, too.")
  private @Nullable Path ground;

  @Option(
      names = "--fields",
      paramLabel = "N",
      description = "Fields to compose with --ground. Default: 200.")
  private @Nullable Integer fields;

  /** Says no to options that contradict one another. */
  void check() {
    if (fields != null && ground == null) {
      throw UserException.usage("--fields=N needs --ground=DIR, on which cells are laid");
    }
    if (background != null && noUtility) {
      throw UserException.usage("--background is for the test that --no-utility leaves out");
    }
  }

  /** Whether a classifier is tested, if images are kept aside. */
  boolean tests(int classes) {
    return !noUtility && (classes > 1 || background != null);
  }

  /** Further arguments of {@code utility}. */
  List<String> testing() {
    return background == null ? List.of() : List.of("--background", background.toString());
  }

  /** Further arguments of {@code compose}; empty where no fields are composed. */
  List<String> composing(long seed) {
    return ground == null
        ? List.of()
        : List.of(
            "--ground",
            ground.toString(),
            "--count",
            String.valueOf(fields == null ? USUAL_FIELDS : fields),
            "--seed",
            String.valueOf(seed));
  }
}
