package org.inoculum.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.inoculum.data.Manifest;
import org.inoculum.data.WindowChoice;
import org.inoculum.image.PlaneChoice;
import org.inoculum.run.Provenance;
import org.inoculum.run.RunStatus;
import org.inoculum.run.Snapshot;

/** The section on what was trained, on what, how long, with what and where. */
final class OriginSection {
  /** Classes that are listed one by one. */
  private static final int MOST_CLASSES = 40;

  private OriginSection() {}

  static ReportSection of(Subject subject) {
    return new ReportSection(
        "What was trained on what",
        data(subject) + "; " + length(subject.status()),
        Html.all(
            facts(subject),
            subject.data().map(OriginSection::classes).orElse(Html.NOTHING),
            Html.of("h3", "Settings"),
            settings(subject.config())));
  }

  private static Html facts(Subject subject) {
    Table table = Table.ofFacts();
    table.row("images", data(subject));
    subject.data().ifPresent(data -> reading(table, data));
    table.row("preset", Figures.orUnknown(subject.config().get("preset")));
    table.row("trained for", length(subject.status()));
    table.row("seed", Figures.orUnknown(subject.config().get("seed")));
    Optional<Provenance> made = subject.provenance();
    table.row("started", Figures.orUnknown(made.map(Provenance::started).orElse(null)));
    table.row("machine", made.map(OriginSection::machine).orElse("not recorded"));
    table.row("program", made.map(OriginSection::program).orElse("not recorded"));
    table.row("command", made.map(OriginSection::command).orElse("not recorded"));
    table.row("SHA-256 of the images", subject.data().map(Manifest::sha256).orElse("not recorded"));
    table.row(
        "SHA-256 of the generator",
        subject.snapshot().map(OriginSection::hash).orElse("the run has no whole snapshot yet"));
    return table.html();
  }

  private static String data(Subject subject) {
    return subject
        .data()
        .map(
            data ->
                String.format(
                    Locale.ROOT,
                    "%,d image%s of %d class%s from %s, %d x %d %s, prepared: %s",
                    data.images(),
                    data.images() == 1 ? "" : "s",
                    data.classes().size(),
                    data.classes().size() == 1 ? "" : "es",
                    data.root(),
                    data.size(),
                    data.size(),
                    data.channels() == 1 ? "grey" : "RGB",
                    Figures.orUnknown(data.augmentation())))
        .orElse("the training images are not recorded (the run has no dataset.json)");
  }

  /** What a reader has to know of high-bit-depth files and of files that are missing. */
  private static void reading(Table table, Manifest data) {
    if (data.window() != null) {
      table.row(
          "grey levels",
          "files of more than 8 bits: the values "
              + WindowChoice.values(data.window()).label()
              + " became black to white, in every image alike");
    }
    if (data.reading() != null && !data.reading().plane().equals(PlaneChoice.ONLY)) {
      table.row("image of each file", data.reading().plane().label());
    }
    if (data.skipped() != null) {
      table.row(
          "left out",
          data.skipped() + (data.skipped() == 1 ? " file" : " files") + " that could not be read");
    }
  }

  private static String length(Optional<RunStatus> status) {
    return status
        .map(
            now ->
                String.format(
                    Locale.ROOT,
                    "%s, %,d iterations, %s kimg in %s (%s images/s)%s",
                    state(now.state()),
                    now.iteration(),
                    Figures.of(now.kimg()),
                    Figures.duration(now.seconds()),
                    Figures.of(now.imagesPerSecond()),
                    now.message() == null || now.message().isEmpty() ? "" : ": " + now.message()))
        .orElse("its length is not recorded (the run has no status.json)");
  }

  private static String state(RunStatus.State state) {
    return switch (state) {
      case RUNNING -> "not finished (running, or killed)";
      case FINISHED -> "finished";
      case STOPPED -> "stopped by the user";
      case DIVERGED -> "DIVERGED";
      case FAILED -> "FAILED";
    };
  }

  private static String machine(Provenance made) {
    return String.join(
        ", ",
        Figures.orUnknown(made.cpu()),
        made.threads() + " threads",
        Figures.orUnknown(made.precision()),
        Figures.orUnknown(made.system()));
  }

  private static String program(Provenance made) {
    return String.join(
        ", ",
        Figures.orUnknown(made.program()),
        Figures.orUnknown(made.engine()),
        "Java " + Figures.orUnknown(made.java()));
  }

  private static String command(Provenance made) {
    return made.command() == null ? "not recorded" : "inoculum " + String.join(" ", made.command());
  }

  private static String hash(Snapshot snapshot) {
    return snapshot.info().sha256() + " (snapshot " + snapshot.name() + ")";
  }

  private static Html classes(Manifest data) {
    Table table = Table.headed("class", "images");
    List<Manifest.ClassCount> classes = data.classes();
    classes.stream()
        .limit(MOST_CLASSES)
        .forEach(one -> table.row(Figures.orUnknown(one.name()), Figures.count(one.images())));
    if (classes.size() > MOST_CLASSES) {
      table.row(
          "%d more".formatted(classes.size() - MOST_CLASSES),
          Figures.count(
              classes.stream().skip(MOST_CLASSES).mapToLong(Manifest.ClassCount::images).sum()));
    }
    return table.html();
  }

  /** Every setting of the configuration, flat. */
  private static Html settings(Map<?, ?> config) {
    StringBuilder all = new StringBuilder();
    flatten("", config, all);
    return Html.styled("p", "settings", Html.text(all.toString()));
  }

  private static void flatten(String prefix, Map<?, ?> settings, StringBuilder all) {
    settings.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> inner) {
            flatten(prefix + name + ".", inner, all);
          } else {
            all.append(all.isEmpty() ? "" : ", ").append(prefix + name + " = " + value);
          }
        });
  }
}
