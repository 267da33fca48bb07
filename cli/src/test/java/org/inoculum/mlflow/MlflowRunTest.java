package org.inoculum.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus;
import org.inoculum.run.RunStatus.State;
import org.inoculum.train.EvaluationRecord;
import org.inoculum.train.Progress;
import org.inoculum.train.ValidationSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A training and an MLflow server: one that works, one that fails, one that is not there. */
class MlflowRunTest {
  private static final String TOKEN = "s3cret-token";

  @TempDir private Path folder;

  private final StubServer server = new StubServer();
  private final List<String> warnings = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void theServerGetsParametersNumbersAndTheEnd() {
    train(server.address(), 2500, State.FINISHED);
    assertThat(warnings).isEmpty();
    assertThat(server.mistakes).isEmpty();
    assertThat(server.experiments).containsOnlyKeys("cells & more");
    assertThat(server.runs).containsEntry("run_name", "00000-tracked");
    assertThat(server.params).hasSize(152).containsEntry("recipe.beta1", "0.5");
    assertThat(server.params.get("long")).hasSize(500);
    assertThat(server.metrics).hasSize(4 * 2500 + 10);
    assertThat(server.metrics.get(0))
        .containsEntry("key", "loss/d_1_")
        .containsEntry("value", 0.25)
        .containsEntry("step", 1);
    assertThat(server.metrics)
        .extracting(metric -> String.valueOf(metric.get("key")))
        .contains("loss/g", "kimg", "scores/energyDistance", "scores/energyDistanceBaseline");
    assertThat(server.status).isEqualTo("FINISHED");
    assertThat(server.authorizations).containsOnly("null");
  }

  @ParameterizedTest
  @CsvSource({"STOPPED, KILLED", "DIVERGED, FAILED", "FAILED, FAILED"})
  void theEndIsToldAsItWas(State state, String told) {
    train(server.address(), 1, state);
    assertThat(server.status).isEqualTo(told);
  }

  @Test
  void anExperimentThatIsThereIsUsed() {
    server.experiments.put("cells & more", "7");
    train(server.address(), 1, State.FINISHED);
    assertThat(server.runs).containsEntry("experiment_id", "7");
    assertThat(server.paths).doesNotContain("/api/2.0/mlflow/experiments/create");
  }

  @Test
  void theTokenIsSentAndNeverWrittenOrSaid() throws IOException {
    server.token = TOKEN;
    RunDirectory run = newRun();
    track(run, server.address(), Optional.of(TOKEN), 3, State.FINISHED);
    assertThat(server.status).isEqualTo("FINISHED");
    assertThat(warnings).isEmpty();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain(TOKEN);
      }
    }
    server.token = "another";
    track(run, server.address(), Optional.of(TOKEN), 3, State.FINISHED);
    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("401", "UNAUTHENTICATED", "the training goes on")
        .doesNotContain(TOKEN);
  }

  @Test
  void aServerThatFailsForAWhileGetsEverythingAndIsSaidOnce() throws InterruptedException {
    server.failures = 5;
    try (MlflowRun tracked = tracked(server.address(), Optional.empty())) {
      tracked.started(newRun());
      for (int i = 1; i <= 40; i++) {
        tracked.progressed(progress(i));
      }
      for (int tenth = 0; tenth < 300 && server.metrics.isEmpty(); tenth++) {
        Thread.sleep(100);
      }
      tracked.ended(new RunStatus(State.FINISHED, 40, 1, 1, 1, ""));
    }
    assertThat(warnings).singleElement().asString().contains("503", "as was asked");
    assertThat(server.metrics).hasSize(4 * 40);
    assertThat(server.status).isEqualTo("FINISHED");
  }

  @Test
  void aServerThatRefusesIsLeftAlone() {
    server.failWith = 400;
    server.failures = 1;
    train(server.address(), 40, State.FINISHED);
    assertThat(warnings).singleElement().asString().contains("400");
    assertThat(server.metrics).isEmpty();
  }

  @Test
  void aRedirectionToAnotherServerIsNotFollowed() throws IOException {
    server.failWith = 307;
    server.failures = Integer.MAX_VALUE;
    train(server.address(), 3, State.FINISHED);
    assertThat(warnings).singleElement().asString().contains("307");
  }

  @Test
  void aServerThatIsNotThereCostsNothing() throws IOException {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }
    train(nobody, 3, State.FINISHED);
    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).contains("no answer", "the training goes on");
    assertThat(warnings.get(1)).contains("did not get 22 numbers");
  }

  @Test
  void aServerThatNeverAnswersHoldsNothingUp() throws IOException {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      RunDirectory run = newRun();
      URI address = URI.create("http://127.0.0.1:" + mute.getLocalPort());
      MlflowRun tracked = tracked(address, Optional.empty());
      tracked.started(run);
      long before = System.nanoTime();
      for (int i = 1; i <= 100_000; i++) { // more than the queue holds
        tracked.progressed(progress(i));
      }
      double each = (System.nanoTime() - before) / 1e9 / 100_000;
      assertThat(each).as("seconds of the training's thread").isLessThan(1e-3);
      tracked.close();
      assertThat((System.nanoTime() - before) / 1e9).isLessThan(20);
      assertThat(warnings).last().asString().contains("did not get 400000 numbers");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost:5000", "ftp://host", "http://", "file:///tmp", "http://h/?a=b", "h t"})
  void anythingElseThanAnAddressIsRefused(String label) {
    assertThatThrownBy(() -> MlflowRun.address(label))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("such as http://localhost:5000");
  }

  @Test
  void aPasswordInTheAddressIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> MlflowRun.address("https://me:hush@host"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("MLFLOW_TRACKING_TOKEN")
        .hasMessageNotContaining("hush");
  }

  private void train(URI address, int iterations, State state) {
    track(newRun(), address, Optional.empty(), iterations, state);
  }

  private void track(
      RunDirectory run, URI address, Optional<String> token, int iterations, State state) {
    try (MlflowRun tracked = tracked(address, token)) {
      tracked.started(run);
      for (int i = 1; i <= iterations; i++) {
        tracked.progressed(progress(i));
      }
      tracked.evaluated(
          new EvaluationRecord(
              1,
              1,
              ValidationSource.TRAINING_IMAGES,
              64,
              64,
              0.0,
              0.17,
              0.01,
              0.003,
              0.3,
              0.8,
              0.4,
              0.83,
              0.5,
              0.9,
              true));
      tracked.ended(new RunStatus(state, iterations, 1, 1, 1, ""));
    }
  }

  private MlflowRun tracked(URI address, Optional<String> token) {
    return new MlflowRun(address, "cells & more", token, warnings::add, 20);
  }

  private RunDirectory newRun() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("recipe", Map.of("beta1", 0.5));
    config.put("long", "x".repeat(2000));
    for (int i = 0; i < 150; i++) {
      config.put("number" + i, i);
    }
    return RunDirectory.create(
        folder.resolve("runs" + System.nanoTime()),
        "tracked",
        Map.of("config.json", Json.document(config)));
  }

  private static Progress progress(long iteration) {
    Map<String, Double> measured = new LinkedHashMap<>();
    measured.put("loss/d(1)", 0.25);
    measured.put("loss/g", 0.5);
    return new Progress(iteration, 1, iteration, 10, measured, 0.5);
  }
}
