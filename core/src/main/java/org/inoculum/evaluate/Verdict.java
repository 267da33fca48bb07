package org.inoculum.evaluate;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.inoculum.metric.PooledTest;

/**
 * The verdict in plain words, where the numbers allow one. Each rule asks for two things: that
 * chance alone would hardly do it, and that it is large enough to matter.
 * docs/explanation/metrics.md has the rules and how often each was wrong on real images.
 *
 * @param conclusion what to make of it
 * @param summary one sentence
 * @param findings faults, empty where there are none; the first weighs most
 * @param advice what to do next, in a few words
 */
public record Verdict(
    Conclusion conclusion, String summary, List<Finding> findings, String advice) {
  /** The conclusion from the findings. */
  public enum Conclusion {
    /** Too few images to say anything. */
    CANNOT_TELL,
    /** No test tells the generated images from the real ones. */
    INDISTINGUISHABLE,
    /** The images differ from real ones; the findings say how. */
    FAULTY
  }

  /** A rank test's z that chance reaches once in a thousand sets, both sides together. */
  private static final double SURE = 3.29;

  /** ln 0.8: a fifth less texture. */
  private static final double WEAKER = Math.log(0.8);

  private static final double OFF = 0.5;
  private static final double LESS_VARIED = 0.6;
  private static final double COLLAPSED = 0.2;
  private static final double RARE = 0.002;
  private static final double COPYING = -3;

  /** Copies among generated images beyond those that a few chance resemblances make. */
  private static final double COPIES_MORE = 0.05;

  /** Fewest images of a set for "indistinguishable": with fewer a coarse fault goes unseen. */
  private static final int ENOUGH = 30;

  /** Keeps a copy of the findings. */
  public Verdict {
    findings = List.copyOf(findings);
  }

  static Verdict of(Evidence evidence) {
    List<Finding> findings = new ArrayList<>();
    copies(evidence, findings);
    texture(evidence, findings);
    colour(evidence, findings);
    variety(evidence, findings);
    different(evidence, findings);
    return concluded(evidence, findings);
  }

  private static void copies(Evidence evidence, List<Finding> findings) {
    Evidence.Copies copies = evidence.copies();
    if (copies != null && copies.share() > copies.realShare() + COPIES_MORE) {
      findings.add(
          finding(
              Fault.COPIES,
              "copies the training images: %.0f %% are one of them, turned or mirrored or as it is, against %.0f %% of the real images (C_T %.1f)",
              100 * copies.share(),
              100 * copies.realShare(),
              copies.cT()));
    } else if (copies != null
        && copies.cT() < COPYING
        && likeReal(evidence)
        && !hasCollapsed(evidence)) {
      findings.add(
          finding(
              Fault.COPIES,
              "lies nearer to the training images than held-out images do (C_T %.1f, below %.0f)",
              copies.cT(),
              COPYING));
    }
  }

  /** Near training images for another reason than that the images lack texture, say. */
  private static boolean likeReal(Evidence evidence) {
    return !lessThan(evidence.fine()) && !lessThan(evidence.medium());
  }

  /** Then there is hardly more than one distance to a training image, which C_T takes for many. */
  private static boolean hasCollapsed(Evidence evidence) {
    PooledTest pooled = evidence.pooled();
    return pooled != null && pooled.varietyP() <= RARE && pooled.variety() < COLLAPSED;
  }

  private static boolean lessThan(Evidence.Change change) {
    return change.z() < -SURE && change.difference() < WEAKER;
  }

  private static boolean moreThan(Evidence.Change change) {
    return change.z() > SURE && change.difference() > -WEAKER;
  }

  private static void texture(Evidence evidence, List<Finding> findings) {
    Evidence.Change fine = evidence.fine();
    Evidence.Change medium = evidence.medium();
    if (lessThan(fine) || (lessThan(medium) && !moreThan(fine))) {
      findings.add(
          finding(
              Fault.BLURRED,
              "sharpness/texture: blurred; the finest details have %.0f %% of the real contrast, the next coarser ones %.0f %%",
              100 * Math.exp(fine.difference()),
              100 * Math.exp(medium.difference())));
    } else if (moreThan(fine)) {
      findings.add(
          finding(
              Fault.NOISY,
              "noisier than real: the finest details have %.0f %% of the real contrast",
              100 * Math.exp(fine.difference())));
    }
  }

  private static void colour(Evidence evidence, List<Finding> findings) {
    List<String> off = new ArrayList<>();
    for (int c = 0; c < 3; c++) {
      Evidence.Change change = evidence.colours().get(c);
      if (Math.abs(change.z()) > SURE + 0.5 && Math.abs(change.difference()) > OFF) {
        off.add(
            String.format(
                Locale.ROOT,
                "%s %+.1f",
                List.of("red", "green", "blue").get(c),
                change.difference()));
      }
    }
    if (!off.isEmpty()) {
      findings.add(
          finding(
              Fault.OFF_COLOUR,
              "colour or brightness is off: %s standard deviations of real images",
              String.join(", ", off)));
    }
  }

  private static void variety(Evidence evidence, List<Finding> findings) {
    PooledTest pooled = evidence.pooled();
    if (pooled == null || pooled.varietyP() > RARE || pooled.variety() > LESS_VARIED) {
      return;
    }
    findings.add(
        finding(
            Fault.NOT_VARIED,
            "not varied: %s; a generated image is %.2f times as far from its nearest sibling as a real one is",
            pooled.variety() < COLLAPSED ? "mode collapse" : "images resemble each other",
            pooled.variety()));
  }

  private static void different(Evidence evidence, List<Finding> findings) {
    PooledTest pooled = evidence.pooled();
    if (pooled == null || !findings.isEmpty()) {
      return;
    }
    if (pooled.coverageP() <= RARE && pooled.precisionP() > RARE) {
      findings.add(
          finding(
              Fault.NOT_VARIED,
              "not varied: leaves out kinds of real images; coverage is %.2f at n = %d",
              pooled.coverage(),
              pooled.count()));
    } else if (pooled.kidP() <= RARE) {
      findings.add(
          finding(
              Fault.DIFFERENT,
              "can be told from real images (KID, p = %.3f), in a way that no rule names",
              pooled.kidP()));
    }
  }

  private static Verdict concluded(Evidence evidence, List<Finding> findings) {
    String counts =
        "n = " + evidence.nReal() + " real and " + evidence.nGenerated() + " generated images";
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    findings.forEach(finding -> faults.add(finding.fault()));
    if (!faults.isEmpty()) {
      Finding first = findings.get(0);
      return new Verdict(
          Conclusion.FAULTY, first.text() + "; at " + counts, findings, first.fault().remedy());
    }
    if (Math.min(evidence.nReal(), evidence.nGenerated()) < ENOUGH) {
      return new Verdict(
          Conclusion.CANNOT_TELL,
          "cannot tell at %s: nothing was found, and at least %d of each are needed to say more"
              .formatted(counts, ENOUGH),
          findings,
          "keep at least %d real images aside, and generate as many".formatted(ENOUGH));
    }
    return new Verdict(
        Conclusion.INDISTINGUISHABLE,
        "indistinguishable from held-out images at " + counts,
        findings,
        "test whether they help what you train");
  }

  private static Finding finding(Fault fault, String text, Object... numbers) {
    return new Finding(fault, String.format(Locale.ROOT, text, numbers));
  }
}
