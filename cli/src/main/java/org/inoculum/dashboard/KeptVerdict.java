package org.inoculum.dashboard;

import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inoculum.evaluate.RunEvaluation;

/**
 * What the evaluation says that a run keeps of a snapshot.
 *
 * @param snapshot name of the snapshot
 * @param features by which its images were compared
 * @param heldOut the folder of the real images
 * @param conclusion the grade: name of a {@link org.inoculum.evaluate.Verdict.Conclusion}
 * @param summary in a sentence
 * @param advice what to do next
 */
record KeptVerdict(
    String snapshot,
    String features,
    String heldOut,
    String conclusion,
    String summary,
    String advice) {
  private static final String USUAL = "-scattering.json";

  /** Of a snapshot: by scattering features, where there are several. */
  static Optional<KeptVerdict> of(Run run, long iteration) {
    String snapshot = String.format(Locale.ROOT, "%06d", iteration);
    return run.names(RunEvaluation.FOLDER).stream()
        .filter(name -> name.startsWith(snapshot + "-") && name.endsWith(".json"))
        .sorted(Comparator.comparing((String name) -> !name.endsWith(USUAL)))
        .flatMap(name -> parsed(snapshot, run.tree(RunEvaluation.FOLDER + "/" + name)).stream())
        .findFirst();
  }

  private static Optional<KeptVerdict> parsed(String snapshot, Map<?, ?> kept) {
    return kept.get("evaluation") instanceof Map<?, ?> evaluation
            && evaluation.get("verdict") instanceof Map<?, ?> verdict
            && kept.get("features") instanceof String features
            && kept.get("heldOut") instanceof String heldOut
            && verdict.get("conclusion") instanceof String conclusion
            && verdict.get("summary") instanceof String summary
            && verdict.get("advice") instanceof String advice
        ? Optional.of(new KeptVerdict(snapshot, features, heldOut, conclusion, summary, advice))
        : Optional.empty();
  }
}
