package org.inoculum.dashboard;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.inoculum.UserException;
import org.inoculum.generate.Explorer;
import org.inoculum.image.Image;
import org.inoculum.model.Latents;
import org.inoculum.model.SeedAndIndex;
import org.inoculum.run.SnapshotInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes: what is answered under which path. Runs are named by their ids, and files by nothing.
 */
final class Routes {
  private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

  private static final int MOST_POINTS = 1000;
  private static final int LOG_BYTES = 1 << 16;
  private static final int HISTORIES = 24;

  private final Runs runs;
  private final Access access;
  private final String cookie;
  private final Events events;
  private final ImageRenderer drawing;
  private final Assets assets = Assets.load();
  private final RunRows rows = new RunRows();
  private final Thumbnails thumbnails = new Thumbnails();
  private final Recent<Path, StatsHistory> histories = new Recent<>(HISTORIES);

  /** Nothing is there. */
  private static final class AbsentException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  Routes(Runs runs, Access access, String cookie, Events events, ImageRenderer drawing) {
    this.runs = runs;
    this.access = access;
    this.cookie = cookie;
    this.events = events;
    this.drawing = drawing;
  }

  void addTo(RoutesConfig routes) {
    routes.get(RequestGuard.EXCHANGE, this::exchange);
    get(routes, "/", context -> Assets.page("runs", "Runs"));
    get(routes, "/compare", context -> Assets.page("compare", "Compare runs"));
    get(routes, "/runs/{run}", context -> Assets.page("run", "Run"));
    get(routes, "/runs/{run}/explore", context -> Assets.page("explore", "Explore"));
    get(routes, "/assets/{name}", context -> present(assets.asset(context.pathParam("name"))));

    get(routes, "/api/runs", context -> Answer.json(runs.all().stream().map(rows::of).toList()));
    ofRun(routes, "/api/runs/{run}", (context, run) -> Answer.json(RunDetails.of(run)));
    ofRun(routes, "/api/runs/{run}/curves", this::curves);
    ofRun(routes, "/api/runs/{run}/scores", (context, run) -> Answer.json(ScoreLine.all(run)));
    ofRun(
        routes,
        "/api/runs/{run}/log",
        (context, run) -> Answer.json(run.lastLines("log.txt", LOG_BYTES)));
    ofRun(routes, "/api/runs/{run}/thumbnail", (context, run) -> thumbnail(run));
    ofRun(routes, "/api/runs/{run}/samples/{sample}", Routes::sampleGrid);
    ofRun(routes, "/api/runs/{run}/generator", Routes::generator);
    routes.get("/api/runs/{run}/draw", context -> sheet(context, drawn(context)));
    routes.get("/api/runs/{run}/walk", context -> sheet(context, walked(context)));
    routes.get("/api/events", this::events);

    routes.exception(
        AbsentException.class, (e, context) -> refuse(context, 404, "Nothing is there."));
    routes.exception(ImageRenderer.BusyException.class, (e, context) -> busy(context));
    routes.exception(
        CompletionException.class,
        (e, context) -> failed(context, Objects.requireNonNullElse(e.getCause(), e)));
    routes.exception(Exception.class, (e, context) -> failed(context, e));
    routes.error(404, context -> refuse(context, 404, "Nothing is there."));
  }

  /** Reads the list and the newest run once, so that the first page does not wait for it. */
  void warmUp() {
    List<Run> all = runs.all();
    all.forEach(rows::of);
    all.stream().findFirst().ifPresent(newest -> curves(newest, MOST_POINTS));
  }

  private static void get(RoutesConfig routes, String path, Function<Context, Answer> answer) {
    routes.get(path, context -> Delivery.send(context, answer.apply(context)));
  }

  private void ofRun(RoutesConfig routes, String path, BiFunction<Context, Run, Answer> answer) {
    get(routes, path, context -> answer.apply(context, run(context)));
  }

  private Run run(Context context) {
    return present(runs.find(context.pathParam("run")));
  }

  private static <T> T present(Optional<T> value) {
    return value.orElseThrow(AbsentException::new);
  }

  /**
   * The token becomes a cookie. The next page is reached over a page of this server and not by a
   * redirect, since a browser that followed a link from elsewhere would not send the cookie then.
   */
  private void exchange(Context context) {
    String token = Optional.ofNullable(context.queryParam("token")).orElse("");
    boolean prefetch = context.header("Sec-Purpose") != null;
    Optional<String> session = prefetch ? Optional.empty() : access.exchange(token);
    if (session.isEmpty()) {
      refuse(
          context,
          401,
          "This link was used before, or is not the one that inoculum dashboard printed last.");
      return;
    }
    context.header(
        "Set-Cookie", cookie + "=" + session.get() + "; Path=/; HttpOnly; SameSite=Strict");
    Delivery.send(context, Assets.opened());
  }

  private Answer curves(Context context, Run run) {
    int points = (int) Math.max(10, Math.min(MOST_POINTS, number(context, "points", 400)));
    return curves(run, points)
        .map(Answer::jsonText)
        .orElseGet(() -> Answer.json(new StatsHistory.Curves(0, true, Map.of())));
  }

  private Optional<String> curves(Run run, int points) {
    return run.file("stats.jsonl")
        .map(file -> histories.get(file, key -> new StatsHistory()).json(file, points));
  }

  private Answer thumbnail(Run run) {
    return Answer.bytes(Answer.PNG, present(thumbnails.of(run)), Map.of());
  }

  private static Answer sampleGrid(Context context, Run run) {
    String name = context.pathParam("sample");
    if (!name.matches("reals|nearest|\\d{6,18}")) {
      throw new AbsentException();
    }
    return Answer.sampleGrid(present(run.sampleGrid(name)));
  }

  private static Answer generator(Context context, Run run) {
    String snapshot = snapshot(context);
    SnapshotInfo info = present(ImageRenderer.info(run, snapshot));
    return Answer.json(Map.of("snapshot", snapshot, "info", info, "images", Explorer.IMAGES));
  }

  /**
   * What is asked for is read before the generator's thread gets it: it may outlive the request.
   */
  private void sheet(Context context, Function<Explorer, List<Image>> images) {
    Run run = run(context);
    String snapshot = snapshot(context);
    ((Connections.Lease) Objects.requireNonNull(context.req().getAttribute(RequestGuard.LEASE)))
        .extend(ImageRenderer.PATIENCE.multipliedBy(2));
    var drawn = drawing.sheet(run, snapshot, images);
    context.future(
        () ->
            drawn.thenCompose(
                png -> Delivery.start(context, Answer.bytes(Answer.PNG, png, Map.of()))));
  }

  private static Function<Explorer, List<Image>> drawn(Context context) {
    long seed = number(context, "seed", 0);
    long first = number(context, "first", 0);
    Optional<String> wanted = wanted(context);
    double truncation = truncation(context);
    return explorer -> explorer.draw(seed, first, wanted, truncation);
  }

  private static Function<Explorer, List<Image>> walked(Context context) {
    SeedAndIndex from =
        new SeedAndIndex(number(context, "fromSeed", 0), number(context, "fromIndex", 0));
    SeedAndIndex to = new SeedAndIndex(number(context, "toSeed", 0), number(context, "toIndex", 0));
    Optional<String> wanted = wanted(context);
    double truncation = truncation(context);
    return explorer -> explorer.walk(from, to, wanted, truncation);
  }

  private static Optional<String> wanted(Context context) {
    return Optional.ofNullable(context.queryParam("class"));
  }

  private static double truncation(Context context) {
    String text = context.queryParam("truncation");
    try {
      return text == null ? Latents.NO_TRUNCATION : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw UserException.usage("truncation must be a number, was " + text);
    }
  }

  private static String snapshot(Context context) {
    String name = Optional.ofNullable(context.queryParam("snapshot")).orElse("");
    if (!name.matches("\\d{6,18}")) {
      throw UserException.usage("snapshot must be the name of one, such as 000200");
    }
    return name;
  }

  private static long number(Context context, String name, long otherwise) {
    String text = context.queryParam(name);
    try {
      return text == null ? otherwise : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw UserException.usage(name + " must be a whole number, was " + text);
    }
  }

  private void events(Context context) {
    String id = context.queryParam("run");
    boolean begun;
    if (id == null) {
      begun = events.stream(context, "", () -> Watch.all(runs));
    } else {
      Run run = present(runs.find(id));
      begun = events.stream(context, run.id(), () -> Watch.run(run));
    }
    if (!begun) {
      busy(context);
    }
  }

  private static void failed(Context context, Throwable failure) {
    if (failure instanceof UserException mistake) {
      refuse(
          context,
          mistake.kind() == UserException.Kind.USAGE ? 400 : 422,
          String.valueOf(mistake.getMessage()));
    } else if (failure instanceof TimeoutException) {
      busy(context);
    } else {
      LOG.warn("the dashboard could not answer {}", context.path(), failure);
      refuse(context, 500, "This is a bug in inoculum: what it printed says more.");
    }
  }

  private static void busy(Context context) {
    context.header("Retry-After", "5");
    refuse(context, 503, "Too much is asked for at once; try again in a moment.");
  }

  private static void refuse(Context context, int status, String why) {
    if ("document".equals(context.header("Sec-Fetch-Dest"))) {
      context
          .status(status)
          .contentType("text/html;charset=utf-8")
          .result(Assets.refused(status, why));
    } else {
      context.status(status).contentType("text/plain;charset=utf-8").result(why + "\n");
    }
  }
}
