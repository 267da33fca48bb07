package org.inoculum.mlflow;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.inoculum.Inoculum;
import org.inoculum.UserException;
import org.inoculum.files.Json;
import org.inoculum.run.RunDirectory;
import org.inoculum.run.RunStatus;
import org.inoculum.train.EvaluationRecord;
import org.inoculum.train.Progress;
import org.inoculum.train.TrainingListener;
import org.jspecify.annotations.Nullable;

/**
 * A training as a run of an MLflow server. The training puts its numbers into a queue of limited
 * length and goes on; a thread of its own sends them. A server that does not answer is asked again
 * and again, ever more rarely; one that refuses is left alone. Either is said once.
 */
public final class MlflowRun implements TrainingListener, AutoCloseable {
  private static final int QUEUE = 20_000;
  private static final long LAST_WORDS_MILLIS = 5_000;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;

  private final MlflowServer server;
  private final URI address;
  private final String experiment;
  private final Consumer<String> warn;
  private final long pauseMillis;
  private final BlockingQueue<Metric> queue = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong lost = new AtomicLong();
  private final CountDownLatch ending = new CountDownLatch(1);
  private volatile String status = "FAILED";
  private volatile boolean refused;
  private @Nullable Thread thread;

  // Of the thread alone.
  private boolean warned;

  /**
   * A run that begins when the training does.
   *
   * @param address of the server, checked by {@link #address}
   * @param experiment that the run belongs to; made where it is missing
   * @param token that the server wants, if it wants one; it is sent there and never written down
   * @param warn is told once of a server that fails, from another thread
   */
  public MlflowRun(URI address, String experiment, Optional<String> token, Consumer<String> warn) {
    this(address, experiment, token, warn, 2_000);
  }

  MlflowRun(
      URI address,
      String experiment,
      Optional<String> token,
      Consumer<String> warn,
      long pauseMillis) {
    this.server = new MlflowServer(address, token);
    this.address = address;
    this.experiment = experiment;
    this.warn = warn;
    this.pauseMillis = pauseMillis;
  }

  /**
   * The address of a server.
   *
   * @throws UserException of kind USAGE for anything else, and for one that has a password in it,
   *     which would be written down with the command line
   */
  public static URI address(String label) {
    URI address;
    try {
      address = URI.create(label);
    } catch (IllegalArgumentException e) {
      throw notAnAddress("no address");
    }
    if (address.getRawUserInfo() != null) {
      throw notAnAddress(
          "an address with a name or a password in it, which would be written down; put a token into the environment variable MLFLOW_TRACKING_TOKEN");
    }
    boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
    if (!http
        || address.getHost() == null
        || address.getRawQuery() != null
        || address.getRawFragment() != null) {
      throw notAnAddress("'" + label + "'");
    }
    return address;
  }

  private static UserException notAnAddress(String found) {
    return UserException.usage(
        "--mlflow must be the address of a server, such as http://localhost:5000, was " + found);
  }

  @Override
  public void started(RunDirectory run) {
    Thread sender = new Thread(() -> work(run), "mlflow");
    sender.setDaemon(true);
    thread = sender;
    sender.start();
  }

  @Override
  public void line(String text) {}

  @Override
  public void progressed(Progress progress) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    progress.measured().forEach((name, number) -> numbers.put(name, number));
    numbers.put("kimg", progress.kimg());
    numbers.put("imagesPerSecond", progress.imagesPerSecond());
    offer(progress.iteration(), numbers);
  }

  @Override
  public void evaluated(EvaluationRecord evaluation) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    evaluation.scores().forEach((name, number) -> numbers.put("scores/" + name, number));
    offer(evaluation.iteration(), numbers);
  }

  private void offer(long iteration, Map<String, Double> numbers) {
    if (refused) {
      return;
    }
    long now = System.currentTimeMillis();
    numbers.forEach(
        (name, number) -> {
          if (!queue.offer(new Metric(name, number, now, iteration))) {
            lost.incrementAndGet();
          }
        });
  }

  /** How the training ended; a failure where nobody says. */
  public void ended(RunStatus last) {
    status =
        switch (last.state()) {
          case FINISHED -> "FINISHED";
          case STOPPED -> "KILLED";
          case RUNNING, DIVERGED, FAILED -> "FAILED";
        };
  }

  /** Sends what is left, for a few seconds at most. */
  @Override
  public void close() {
    ending.countDown();
    Thread sender = thread;
    if (sender == null) {
      return;
    }
    try {
      sender.join(LAST_WORDS_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    long unsent = lost.get() + queue.size();
    if (unsent > 0 && !refused) { // a refusal was said, and what came at that moment needs no word
      warn.accept("MLflow at " + address + " did not get " + unsent + " numbers of this training");
    }
    queue.clear();
    sender.interrupt();
  }

  private void work(RunDirectory run) {
    try {
      Optional<String> id = insistently(() -> begin(run));
      if (id.isPresent()) {
        send(id.get());
        server.end(id.get(), status);
      }
    } catch (IOException | UserException e) {
      warnOnce(String.valueOf(e.getMessage())); // unless it was said already
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the time for last words is over
    }
  }

  private String begin(RunDirectory run) throws IOException, InterruptedException {
    String id =
        server.newRun(
            server.experiment(experiment),
            String.valueOf(run.path().getFileName()),
            Map.of(
                "inoculum.run",
                String.valueOf(run.path()),
                "inoculum.program",
                Inoculum.program()));
    Map<String, String> params = new LinkedHashMap<>();
    flatten("", Json.read(run.config(), Map.class), params);
    server.params(id, params);
    return id;
  }

  /** {@code {"recipe": {"beta1": 0}}} is recipe.beta1. */
  private static void flatten(String prefix, Map<?, ?> tree, Map<String, String> flat) {
    tree.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> below) {
            flatten(prefix + name + ".", below, flat);
          } else {
            flat.put(prefix + name, String.valueOf(value));
          }
        });
  }

  /** Until the end has come and the queue is empty. */
  private void send(String id) throws IOException, InterruptedException {
    boolean last = false;
    while (!last || !queue.isEmpty()) {
      last = ending.await(pauseMillis, TimeUnit.MILLISECONDS);
      List<Metric> batch = new ArrayList<>();
      queue.drainTo(batch, MlflowServer.MOST_METRICS);
      if (!batch.isEmpty() && insistently(() -> log(id, batch)).isEmpty()) {
        lost.addAndGet(batch.size());
        return;
      }
    }
  }

  private String log(String id, List<Metric> batch) throws IOException, InterruptedException {
    server.log(id, batch);
    return id;
  }

  private interface Call {
    String go() throws IOException, InterruptedException;
  }

  /**
   * Tries again while it may help.
   *
   * @return nothing where the end came before it succeeded
   * @throws MlflowException if the server refuses
   */
  private Optional<String> insistently(Call call) throws IOException, InterruptedException {
    long pause = pauseMillis;
    while (true) {
      try {
        return Optional.of(call.go());
      } catch (MlflowException e) {
        warnOnce(String.valueOf(e.getMessage()));
        if (!e.passes()) {
          refused = true;
          queue.clear();
          throw e;
        }
      }
      if (ending.await(pause, TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
    }
  }

  private void warnOnce(String what) {
    if (!warned) {
      warned = true;
      warn.accept("MLflow at " + address + ": " + what + "; the training goes on");
    }
  }
}
