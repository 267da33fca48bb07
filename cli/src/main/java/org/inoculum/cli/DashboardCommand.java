package org.inoculum.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.inoculum.UserException;
import org.inoculum.dashboard.Dashboard;
import org.inoculum.dashboard.DashboardOptions;
import org.inoculum.dashboard.ServingLimits;
import org.inoculum.torch.PrecisionChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code inoculum dashboard}. */
@Command(
    name = "dashboard",
    mixinStandardHelpOptions = true,
    description = "Shows all runs in a browser while they train.",
    footer = {
      "",
      "Example: inoculum dashboard runs",
      "It prints a link that opens it once; after that the browser is known. It reads the run",
      "directories only and changes nothing, whether a run is finished, killed or being trained by",
      "another process. Ctrl-C ends it, and never a training. What is promised:",
      "docs/guide/dashboard.md."
    })
final class DashboardCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "RUNS",
      arity = "0..1",
      description = "The folder of the runs. Default: ${DEFAULT-VALUE}.")
  private Path runs = Path.of("runs");

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Where it listens; 0 for any port that is free. Default: ${DEFAULT-VALUE}.")
  private int port = 8420;

  @Option(
      names = "--address",
      paramLabel = "A",
      description =
          "Another address of this machine than 127.0.0.1, which others can reach: everything is sent unencrypted.")
  private String address = DashboardOptions.LOOPBACK;

  @Option(
      names = "--threads",
      paramLabel = "T",
      description =
          "Threads of the generator that is explored; the rest is left to trainings. Default: ${DEFAULT-VALUE}.")
  private int threads = 1;

  DashboardCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!isLoopback()) {
      console.note(
          "warning: "
              + address
              + " can be reached from other machines, and everything is sent unencrypted: whoever listens on the way sees the images and can take over the link; ssh -L "
              + port
              + ":127.0.0.1:"
              + port
              + " to this machine needs no --address");
    }
    DashboardOptions options =
        new DashboardOptions(
            runs, address, port, threads, PrecisionChoice.AUTO, ServingLimits.DEFAULT);
    try (Dashboard dashboard =
        Dashboard.start(
            options, link -> console.note("opened; a link for another browser: " + link))) {
      console.print(dashboard.link());
      console.note("the dashboard of " + runs + "; the link opens it once, Ctrl-C ends it");
      new CountDownLatch(1).await(); // until a signal ends the process
    }
    return 0;
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw UserException.usage("--address must be one of this machine, was " + address);
    }
  }
}
