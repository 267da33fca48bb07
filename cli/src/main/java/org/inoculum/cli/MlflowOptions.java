package org.inoculum.cli;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import org.inoculum.mlflow.MlflowRun;
import org.inoculum.train.TrainingListener;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for sending a training's numbers to an MLflow server. */
final class MlflowOptions {
  private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";

  @Option(
      names = "--mlflow",
      paramLabel = "URI",
      description =
          "Sends the configuration, losses and scores to this MLflow server as well, such as http://localhost:5000; a token"
              + " for it goes into the environment variable MLFLOW_TRACKING_TOKEN. The training neither waits for it nor"
              + " fails with it.")
  private @Nullable String address;

  @Option(
      names = "--mlflow-experiment",
      paramLabel = "NAME",
      description = "The experiment there; made where it is missing. Default: ${DEFAULT-VALUE}.")
  private String experiment = "inoculum";

  /** Refuses a wrong address before anything else is done. */
  void check() {
    if (address != null) {
      MlflowRun.address(address);
    }
  }

  /** Tells the display, and the server if there is one. */
  Tracking tracking(Console console, TrainingListener display) {
    if (address == null) {
      return new Tracking(display, Optional.empty());
    }
    URI server = MlflowRun.address(address);
    Optional<String> token =
        Optional.ofNullable(System.getenv(TOKEN)).map(String::strip).filter(t -> !t.isEmpty());
    if (token.isPresent() && server.getScheme().equals("http") && !isHere(server.getHost())) {
      console.warn(TOKEN + " is sent to " + server + " as it is, since that is not https");
    }
    return new Tracking(
        display, Optional.of(new MlflowRun(server, experiment, token, console::warn)));
  }

  private static boolean isHere(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
