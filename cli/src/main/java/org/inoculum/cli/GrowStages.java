package org.inoculum.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.data.SplitRecord;
import org.inoculum.evaluate.RunEvaluation;
import org.inoculum.report.ReportSources;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus;
import org.inoculum.run.SnapshotChoice;

/**
 * Carries out a {@link GrowPlan} by the commands themselves, in their order. What is there already
 * is not made again, and what was stopped goes on.
 */
final class GrowStages {
  private final Console console;
  private final Console ofStages;
  private final StopRequest stop;
  private final GrowPlan plan;
  private final Path out;
  private final Path data;
  private final int count;
  private final long seed;
  private final List<String> training;
  private final List<String> compose;
  private final List<String> utility;
  private final List<String> engine;
  private final List<String> display;
  private final List<List<String>> commands = new ArrayList<>();

  /**
   * The stages of a plan.
   *
   * @param out the folder that was begun with it
   * @param data as it was typed
   * @param count synthetic images
   * @param training further arguments of {@code train}
   * @param compose further arguments of {@code compose}; empty for none
   * @param utility further arguments of {@code utility}
   * @param engine arguments of every command that runs a network
   * @param display arguments for what a training shows
   */
  GrowStages(
      Console console,
      StopRequest stop,
      GrowPlan plan,
      Path out,
      Path data,
      int count,
      long seed,
      List<String> training,
      List<String> compose,
      List<String> utility,
      List<String> engine,
      List<String> display) {
    this.console = console;
    this.ofStages = console.ofStage();
    this.stop = stop;
    this.plan = plan;
    this.out = out;
    this.data = data;
    this.count = count;
    this.seed = seed;
    this.training = training;
    this.compose = compose;
    this.utility = utility;
    this.engine = engine;
    this.display = display;
  }

  /** Does what is left to do; the exit code. */
  int run(boolean json) {
    int failed = stages();
    if (stop.getAsBoolean() || failed != 0) {
      console.note("what is done is kept; the same command goes on where it stopped");
      return failed != 0 ? failed : Failures.FAILURE;
    }
    RunDirectory run = run().orElseThrow();
    new GrowOutcome(console, plan, out, run, commands).tell(count, json);
    return 0;
  }

  private int stages() {
    int stages =
        4
            + (plan.prepare() == null ? 0 : 1)
            + (plan.utility() ? 1 : 0)
            + (compose.isEmpty() ? 0 : 1);
    int failed = 0;
    int stage = 0;
    if (plan.prepare() != null) {
      List<String> prepare = command("prepare", data.toString(), "--out", prepared().toString());
      prepare.addAll(plan.prepare());
      failed = stage(++stage, stages, prepare, Files.exists(prepared()), prepare);
    }
    if (goesOn(failed)) {
      failed = train(++stage, stages);
    }
    if (!goesOn(failed)) {
      return failed;
    }
    String run = run().orElseThrow().path().toString();
    List<String> generate =
        command(
            "generate",
            run,
            "--count",
            String.valueOf(count),
            "--seed",
            String.valueOf(seed),
            "--out",
            images().toString());
    generate.addAll(engine);
    List<String> again = command(generate.toArray(String[]::new));
    again.add("--resume");
    failed = stage(++stage, stages, generate, Files.exists(images()), again);
    if (goesOn(failed)) {
      failed = evaluate(++stage, stages, run);
    }
    if (goesOn(failed) && plan.utility()) {
      List<String> test = command("utility", "--run", run, "--synthetic", images().toString());
      test.addAll(utility);
      boolean done = ReportSources.keptUtility(new RunDirectory(Path.of(run))).isPresent();
      failed = without("utility was not tested", stage(++stage, stages, test, done, test));
    }
    if (goesOn(failed) && !compose.isEmpty()) {
      List<String> fields =
          command(
              "compose", images().toString(), "--out", out.resolve(GrowOutcome.FIELDS).toString());
      fields.addAll(compose);
      fields.addAll(engine.stream().filter(option -> option.startsWith("--threads")).toList());
      boolean done = Files.exists(out.resolve(GrowOutcome.FIELDS));
      failed = without("no fields were composed", stage(++stage, stages, fields, done, fields));
    }
    if (goesOn(failed)) {
      List<String> report =
          command(
              "report",
              run,
              "--synthetic",
              images().toString(),
              "--out",
              out.resolve(GrowOutcome.REPORT).toString(),
              "--overwrite");
      report.addAll(engine);
      failed = stage(++stage, stages, report, false, report);
    }
    return failed;
  }

  private int train(int stage, int stages) {
    List<String> train =
        command("train", trainedOn().toString(), "--runs", runs().toString(), "--name", name());
    heldOut()
        .ifPresentOrElse(
            folder -> train.addAll(List.of("--held-out", folder.toString())),
            () -> train.add("--no-split"));
    train.addAll(List.of("--kimg", AsTyped.number(plan.kimg())));
    train.addAll(training);
    train.addAll(engine);
    Optional<RunDirectory> begun = run();
    boolean done = begun.flatMap(RunDirectory::state).equals(Optional.of(RunStatus.State.FINISHED));
    List<String> now = new ArrayList<>(train);
    if (begun.isPresent()) {
      now = command("resume", begun.get().path().toString());
      now.addAll(engine.stream().filter(option -> option.startsWith("--threads")).toList());
    }
    now.addAll(display);
    return stage(stage, stages, train, done, now);
  }

  private int evaluate(int stage, int stages, String run) {
    List<String> evaluate = command("evaluate", run);
    if (heldOut().isEmpty()) {
      evaluate.addAll(List.of("--held-out", trainedOn().toString()));
    }
    evaluate.addAll(engine);
    RunDirectory directory = new RunDirectory(Path.of(run));
    boolean done =
        RunEvaluation.of(directory, SnapshotChoice.BEST.in(directory, console::note), console::note)
            .isPresent();
    return stage(stage, stages, evaluate, done, evaluate);
  }

  /**
   * Does one stage.
   *
   * @param typed the command as one would type it to do the same
   * @param now the command that is left to do
   */
  private int stage(int number, int of, List<String> typed, boolean done, List<String> now) {
    commands.add(typed);
    if (done) {
      console.note("%d/%d %s: is done".formatted(number, of, typed.get(0)));
      return 0;
    }
    console.note("%d/%d inoculum %s".formatted(number, of, typed(now)));
    return Main.commandLine(ofStages, stop).execute(now.toArray(String[]::new));
  }

  /** What the data do not allow stops nothing else; a full disk or a fault does. */
  private int without(String missing, int failed) {
    if (failed == Failures.BAD_DATA || failed == Failures.USAGE) {
      console.warn(missing + ", for the reason above; the rest goes on without it");
      return 0;
    }
    return failed;
  }

  private boolean goesOn(int failed) {
    return failed == 0 && !stop.getAsBoolean();
  }

  private static List<String> command(String... words) {
    return new ArrayList<>(List.of(words));
  }

  static String typed(List<String> arguments) {
    return arguments.stream().map(Inoculum::quoted).collect(Collectors.joining(" "));
  }

  private Path prepared() {
    return out.resolve(GrowPlan.DATA);
  }

  private Path images() {
    return out.resolve(GrowOutcome.IMAGES);
  }

  private Path runs() {
    return out.resolve(GrowPlan.RUNS);
  }

  private Path trainedOn() {
    return plan.prepare() == null
        ? data
        : plan.isSplit() ? prepared().resolve(SplitRecord.TRAINING) : prepared();
  }

  private Optional<Path> heldOut() {
    return plan.isSplit()
        ? Optional.of(prepared().resolve(SplitRecord.HELD_OUT))
        : Optional.ofNullable(plan.heldOut()).map(Path::of);
  }

  private String name() {
    return String.valueOf(Path.of(plan.data()).getFileName());
  }

  /** The run, once it has begun. */
  private Optional<RunDirectory> run() {
    if (!Files.isDirectory(runs())) {
      return Optional.empty();
    }
    try (Stream<Path> found = Files.list(runs())) {
      return found
          .filter(folder -> Files.isRegularFile(folder.resolve("config.json")))
          .sorted()
          .findFirst()
          .map(RunDirectory::open);
    } catch (IOException e) {
      throw UserException.badData("cannot read the folder " + runs(), e);
    }
  }
}
