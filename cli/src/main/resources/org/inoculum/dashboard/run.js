// One run.
import { byId, element, fill, pill, table } from "./elements.js";
import { attempt, coalesced, json, listen, ofRun } from "./server.js";
import { count, date, duration, gap, onTraining, percent, score } from "./figures.js";
import { chart, points } from "./charts.js";
import { timeline } from "./timeline.js";
import { lines, showScores } from "./scores.js";

const id = decodeURIComponent(location.pathname.split("/")[2]);
const NO_CURVES = ["iteration", "kimg", "seconds", "progress"];
const MOST_LINES = 6;

/** Quantities of one kind share a chart; what has no other place is drawn in the last. */
const KINDS = [
  { title: "Losses", unit: "by kimg", is: (name) => name.startsWith("loss/") },
  { title: "Terms of the losses", unit: "by kimg; before their weights", is: (name) => ["penalty", "reconstruction", "spectral"].includes(name) },
  { title: "Outputs of the discriminator", unit: "by kimg; logits", is: (name) => name.startsWith("logits/") },
  { title: "Accuracies of the discriminator", unit: "by kimg; shares", is: (name) => name.startsWith("accuracy/"), shares: true },
  { title: "Augmentation", unit: "by kimg; probability, and overfitting that steers it", is: (name) => name.startsWith("ada/"), shares: true },
  { title: "Resolution", unit: "by kimg; pixels", is: (name) => name === "resolution" },
  { title: "Real images a second", unit: "by kimg", is: (name) => name === "imagesPerSecond" },
  { title: "What else was measured", unit: `by kimg; ${MOST_LINES} at most`, is: () => true },
];

const sampleGrids = timeline(byId("timeline"), id);
const charts = {
  distance: chart(byId("curves"), "Energy distance", "by kimg; lower is better"),
  shares: chart(byId("curves"), "Precision, recall, coverage", "by kimg; higher is better"),
};
const kinds = KINDS.map((kind) => ({ ...kind, chart: chart(byId("curves"), kind.title, kind.unit) }));
byId("view").addEventListener("submit", (event) => event.preventDefault());
byId("view").addEventListener("change", () => {
  const span = Number(byId("smoothing").value);
  const view = { logarithmic: byId("logarithmic").checked, span };
  charts.distance.view({ ...view, span: 1 });
  kinds.forEach((kind) => kind.chart.view({ ...view, logarithmic: view.logarithmic && !kind.shares }));
});
let details = null;

const fact = (name, value, more) => element("div", {}, element("dt", {}, name), element("dd", {}, value, more ? element("small", {}, more) : null));

function showDetails() {
  const { row, data, origin } = details;
  const s = row.status;
  document.title = `${row.name} - inoculum`;
  byId("name").textContent = "";
  fill(byId("name"), element("bdi", {}, row.name));
  fill(byId("state"), pill(s.state));
  const message = byId("message");
  message.hidden = !s.message && s.state !== "killed";
  fill(message, s.message || "Its process is gone, but did not say why: it was killed. What it saved is whole, and inoculum resume goes on from there.");
  const best = row.best?.scores?.energyDistance;
  const left = s.state === "running" && s.progress > 0.01 ? `${duration(s.seconds / s.progress - s.seconds)} left` : null;
  const budget = s.state === "running" && typeof s.progress === "number"
    ? [percent(Math.min(1, s.progress)), element("progress", { max: 1, value: Math.min(1, s.progress), "aria-label": "Share of the budget that is used up" })] : null;
  fill(byId("facts"),
    budget ? element("div", {}, element("dt", {}, "Progress"), element("dd", {}, budget, left ? element("small", {}, left) : null)) : null,
    fact("Iterations", count(s.iteration), `${score(s.kimg)} kimg`),
    fact("Time trained", duration(s.seconds), `${score(s.imagesPerSecond)} images/s`),
    fact("Best energy distance", best ? score(best.value) : "–", best ? `lower is better; ${gap(best)}${onTraining(row.best) ? "; on training images" : ""}` : "not evaluated yet"),
    fact("Preset", row.preset ?? "–", row.size ? `${row.size} x ${row.size} pixels` : null),
    fact("Images", count(data.images), data.classCount ? `${data.classCount} ${data.classCount === 1 ? "class" : "classes"}` : null),
    fact("Started", date(row.started), origin.cpu ?? null));
  showVerdict();
  const explore = byId("explore");
  explore.hidden = details.snapshots.length === 0;
  explore.href = `/runs/${id}/explore`;
  byId("nearest").hidden = details.nearest === null;
  if (details.nearest !== null) {
    fill(byId("nearest-sheet"), element("figure", { className: "panel" },
      element("figcaption", {}, "Pairs: a generated image left, its nearest training image right. A pair that shows the same cell is a copy; no number finds every one, so look."),
      element("img", { className: "sheet", src: `${ofRun(id, "samples/nearest")}?at=${details.nearest}`, loading: "lazy", alt: "Generated images, each beside the training image that is nearest to it" })));
  }
  sampleGrids.update(details);
  if (byId("settings").childElementCount === 0) {
    showSettings();
  }
}

const GRADES = { INDISTINGUISHABLE: "like real images", FAULTY: "differs from real images", CANNOT_TELL: "cannot tell" };

/** What the evaluation of the best snapshot says, as the report and the terminal do. */
function showVerdict() {
  const verdict = details.verdict;
  const place = byId("verdict");
  place.hidden = !verdict;
  if (verdict) {
    fill(place, element("p", {}, element("strong", {}, `Verdict: ${GRADES[verdict.conclusion] ?? "unknown"}. `), verdict.summary),
      element("p", {}, "Next: ", verdict.advice),
      element("p", { className: "faint" }, `Of snapshot ${verdict.snapshot}, compared by ${verdict.features} with ${verdict.heldOut}`));
  }
}

const pair = (name, ...values) => element("tr", {}, element("th", { scope: "row" }, element("code", {}, name)), ...values.map((value) => element("td", {}, element("code", {}, value === undefined ? "–" : value))));
const heads = (...names) => names.map((name) => element("th", { scope: "col" }, name));

async function showSettings() {
  const others = (await attempt(() => json("/api/runs"))) ?? [];
  const choice = element("select", {}, element("option", { value: "" }, "no other run"),
    others.filter((run) => run.id !== id).map((run) => element("option", { value: run.id }, run.name)));
  const difference = element("div", {});
  choice.addEventListener("change", async () => {
    if (!choice.value) {
      fill(difference);
      return;
    }
    const other = await attempt(() => json(ofRun(choice.value)));
    if (other) {
      fill(difference, differing([details, other]));
    }
  });
  const classes = (details.data.classes ?? []).map((one) => pair(`class ${one.name}`, count(one.images)));
  fill(byId("settings"),
    element("p", { className: "tools" }, element("label", {}, "Differences to ", choice)), difference,
    element("div", { className: "panel flush" },
      element("details", {}, element("summary", {}, "All settings"), table("All settings", heads("Setting", "Value"), Object.entries(details.settings).map(([name, value]) => pair(name, value)))),
      element("details", {}, element("summary", {}, "Data"), table("Data", heads("What", "Value"),
        [...Object.entries(details.data).filter(([name]) => !name.startsWith("class")).map(([name, value]) => pair(name, value)), ...classes])),
      element("details", {}, element("summary", {}, "With what it was made"), table("With what it was made", heads("What", "Value"), Object.entries(details.origin).map(([name, value]) => pair(name, value))))));
}

/** The settings in which runs differ, as a table. */
function differing(all) {
  const names = [...new Set(all.flatMap((one) => Object.keys(one.settings)))].sort();
  const rows = names.filter((name) => new Set(all.map((one) => JSON.stringify(one.settings[name]))).size > 1)
    .map((name) => pair(name, ...all.map((one) => one.settings[name])));
  return rows.length === 0 ? element("p", {}, "They have the same settings.")
    : element("div", { className: "panel flush" }, table("Settings that differ", heads("Setting", ...all.map((one) => one.row.name)), rows));
}

const loadDetails = coalesced(async () => {
  details = await json(ofRun(id));
  showDetails();
});

const loadCurves = coalesced(async () => {
  let curves = await json(ofRun(id, "curves", { points: points() }));
  while (!curves.whole) {
    curves = await json(ofRun(id, "curves", { points: points() }));
  }
  const { kimg, ...series } = curves.curves;
  const of = (names) => names.filter((name) => series[name]).map((name) => ({ name, ...series[name] }));
  const x = kimg?.mean ?? [];
  let left = Object.keys(series).filter((name) => !NO_CURVES.includes(name));
  for (const kind of kinds) {
    const drawn = left.filter(kind.is);
    left = left.filter((name) => !drawn.includes(name));
    kind.chart.update(x, of(drawn.slice(0, MOST_LINES)));
  }
});

const loadScores = coalesced(async () => {
  const scores = await json(ofRun(id, "scores"));
  showScores(byId("scores"), scores);
  const drawn = lines(scores);
  charts.distance.update(drawn.x, drawn.distance);
  charts.shares.update(drawn.x, drawn.shares);
});

const loadLog = coalesced(async () => {
  const log = byId("log");
  const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 30;
  const lines = await json(ofRun(id, "log"));
  fill(log, lines.slice(-400).join("\n") || "Nothing was logged yet.");
  if (atEnd) {
    log.scrollTop = log.scrollHeight;
  }
});

const PARTS = { details: loadDetails, status: loadDetails, sampleGrids: loadDetails, curves: loadCurves, scores: loadScores, log: loadLog };
let before = {};
Promise.all([loadDetails(), loadCurves(), loadScores(), loadLog()]);
listen(id, (state) => {
  const due = new Set(state.polled ? Object.values(PARTS) : []);
  for (const [part, load] of Object.entries(PARTS)) {
    if (before[part] !== state[part]) { // at first all: something may have changed since they were loaded
      due.add(load);
      if (part === "curves") {
        due.add(loadDetails); // iterations and the time that is left
      }
    }
  }
  before = { ...before, ...state };
  due.forEach((load) => load());
});
