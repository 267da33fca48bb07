package org.inoculum.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands and hands them what they share. */
final class Commands implements IFactory {
  private final Console console;
  private final StopRequest stop;

  Commands(Console console, StopRequest stop) {
    this.console = console;
    this.stop = stop;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    Object command;
    if (type == DemoCommand.class) {
      command = new DemoCommand(console, stop);
    } else if (type == GrowCommand.class) {
      command = new GrowCommand(console, stop);
    } else if (type == VerifyCommand.class) {
      command = new VerifyCommand(console);
    } else if (type == InspectCommand.class) {
      command = new InspectCommand(console);
    } else if (type == PrepareCommand.class) {
      command = new PrepareCommand(console);
    } else if (type == TrainCommand.class) {
      command = new TrainCommand(console, stop);
    } else if (type == ResumeCommand.class) {
      command = new ResumeCommand(console, stop);
    } else if (type == GenerateCommand.class) {
      command = new GenerateCommand(console, stop);
    } else if (type == ComposeCommand.class) {
      command = new ComposeCommand(console, stop);
    } else if (type == MergeCommand.class) {
      command = new MergeCommand(console);
    } else if (type == EvaluateCommand.class) {
      command = new EvaluateCommand(console);
    } else if (type == MetricsCommand.class) {
      command = new MetricsCommand(console);
    } else if (type == UtilityCommand.class) {
      command = new UtilityCommand(console, stop);
    } else if (type == DetectCommand.class) {
      command = new DetectCommand(console, stop);
    } else if (type == ReportCommand.class) {
      command = new ReportCommand(console);
    } else if (type == DashboardCommand.class) {
      command = new DashboardCommand(console);
    } else if (type == ExportCommand.class) {
      command = new ExportCommand(console);
    } else if (type == DoctorCommand.class) {
      command = new DoctorCommand(console);
    } else {
      return CommandLine.defaultFactory().create(type);
    }
    return type.cast(command);
  }
}
