package org.inoculum.cli;

import org.inoculum.Inoculum;
import org.inoculum.files.Storage;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code inoculum}. */
@Command(
    name = "inoculum",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    header =
        "Generates a labelled synthetic data set from a handful of images, on an ordinary CPU.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      GrowCommand.class,
      InspectCommand.class,
      PrepareCommand.class,
      TrainCommand.class,
      ResumeCommand.class,
      GenerateCommand.class,
      ComposeCommand.class,
      MergeCommand.class,
      EvaluateCommand.class,
      UtilityCommand.class,
      DetectCommand.class,
      ReportCommand.class,
      DashboardCommand.class,
      ExportCommand.class,
      MetricsCommand.class,
      VerifyCommand.class,
      DoctorCommand.class
    },
    footer = {
      "First look: inoculum demo    On your own images: inoculum grow my-images",
      "Exit codes: 0 done, 1 failure, 2 usage, 3 bad data, 4 cannot write, 130/143 stopped by a signal."
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Runs one command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    StopRequest stop = StopRequest.onSignals();
    Console console = new Console(System.out, System.err, Terminal.here());
    Storage.logTo(console::note);
    int exitCode = run(arguments, console, stop);
    System.exit(stop.exitCode().orElse(exitCode));
  }

  /** Runs one command line. */
  static int run(String[] arguments, Console console, StopRequest stop) {
    try {
      return commandLine(console, stop).execute(arguments);
    } catch (OutOfMemoryError | StackOverflowError e) {
      return Failures.exhausted(e, console);
    }
  }

  static CommandLine commandLine(Console console, StopRequest stop) {
    CommandLine command =
        new CommandLine(new Main(), new Commands(console, stop)).setCommandName(Inoculum.command());
    UsageHelp.installIn(command);
    return command
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(console.out())
        .setErr(console.err())
        .setParameterExceptionHandler((e, args) -> Failures.usage(e, console))
        .setExecutionExceptionHandler((e, failed, result) -> Failures.exitCode(e, console));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing");
  }

  /** The text that --version prints. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {Inoculum.program()};
    }
  }
}
