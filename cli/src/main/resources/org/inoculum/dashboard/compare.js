// Some runs side by side.
import { byId, element, fill, pill, table } from "./elements.js";
import { attempt, json, ofRun } from "./server.js";
import { count, duration, interval, onTraining, score } from "./figures.js";
import { chart, points } from "./charts.js";

const MOST = 6;
const ids = [...new Set(new URLSearchParams(location.search).getAll("run"))].slice(0, MOST);
const head = (text) => element("th", { scope: "col" }, text);
const line = (name, cells) => element("tr", {}, element("th", { scope: "row" }, name), cells.map((cell) => element("td", {}, cell)));

/** Values at the x of all runs: a chart has one x. */
function together(runs, x, value) {
  const all = [...new Set(runs.flatMap((run) => x(run)))].filter((v) => typeof v === "number").sort((a, b) => a - b);
  return { all, of: (run) => { const at = new Map(x(run).map((v, i) => [v, value(run)[i]])); return all.map((v) => at.get(v) ?? null); } };
}

function draw(place, title, unit, runs, x, value) {
  const drawn = runs.filter((run) => value(run).some((v) => typeof v === "number"));
  if (drawn.length === 0) {
    return;
  }
  const joined = together(drawn, x, value);
  chart(place, title, unit).update(joined.all, drawn.map((run) => ({ name: run.row.name, mean: joined.of(run), points: joined.all.length < 60 })));
}

async function load() {
  if (ids.length < 2) {
    throw new Error("Choose at least two runs in the list of all.");
  }
  const runs = await Promise.all(ids.map(async (id) => {
    const [details, scores, curves] = await Promise.all([json(ofRun(id)), json(ofRun(id, "scores")), json(ofRun(id, "curves", { points: points() }))]);
    return { ...details, scores, curves: curves.curves };
  }));
  const best = (run) => run.row.best?.scores?.energyDistance;
  const share = (run, name) => run.row.best?.scores?.[name];
  const withInterval = (one) => (one ? [score(one.value), element("small", { className: "faint" }, ` ${interval(one.low, one.high)}`)] : "–");
  fill(byId("table"), table("Runs side by side",
    [head("What"), ...runs.map((run) => element("th", { scope: "col" }, element("a", { href: `/runs/${run.row.id}`, dir: "auto" }, run.row.name)))], [
      line("State", runs.map((run) => pill(run.row.status.state))),
      line("Best energy distance, 95 % interval", runs.map((run) => withInterval(best(run)))),
      line("Its baseline: real images", runs.map((run) => score(best(run)?.baseline))),
      line("Precision", runs.map((run) => withInterval(share(run, "precision")))),
      line("Recall", runs.map((run) => withInterval(share(run, "recall")))),
      line("Coverage", runs.map((run) => withInterval(share(run, "coverage")))),
      line("Evaluated on", runs.map((run) => (run.row.best ? `${count(run.row.best.nReal)} images, ${(run.row.best.validationSet ?? "").replaceAll("_", " ")}` : "–"))),
      line("Iterations", runs.map((run) => count(run.row.status.iteration))),
      line("kimg", runs.map((run) => score(run.row.status.kimg))),
      line("Time", runs.map((run) => duration(run.row.status.seconds))),
      line("Images, SHA-256", runs.map((run) => [count(run.data.images), " ", element("code", {}, String(run.data.sha256 ?? "–").slice(0, 12))])),
    ]));
  const place = byId("charts");
  const apart = runs.filter((run) => !run.scores.some(onTraining));
  if (apart.length < runs.length) {
    fill(byId("left-out"), element("p", { className: "note" }, "Evaluated on their own training images, and so in no chart of scores: ",
      runs.filter((run) => !apart.includes(run)).map((run) => run.row.name).join(", ")));
  }
  draw(place, "Energy distance", "by kimg; lower is better", apart, (run) => run.scores.map((one) => one.kimg), (run) => run.scores.map((one) => one.scores.energyDistance?.value ?? null));
  draw(place, "Recall", "by kimg; higher is better", apart, (run) => run.scores.map((one) => one.kimg), (run) => run.scores.map((one) => one.scores.recall?.value ?? null));
  for (const [name, title] of [["loss/g", "Loss of the generator"], ["loss/d", "Loss of the discriminator"], ["imagesPerSecond", "Real images a second"]]) {
    if (runs.some((run) => run.curves[name])) {
      draw(place, title, "by kimg", runs, (run) => run.curves.kimg?.mean ?? [], (run) => run.curves[name]?.mean ?? []);
    }
  }
  fill(byId("samples"), runs.filter((run) => run.row.sampleGrid).map((run) => element("figure", { className: "panel" },
    element("figcaption", {}, element("h3", { dir: "auto" }, run.row.name), element("span", {}, `iteration ${count(Number(run.row.sampleGrid))}`)),
    element("img", { className: "sheet", src: ofRun(run.row.id, `samples/${run.row.sampleGrid}`), alt: `Newest generated images of ${run.row.name}` }))));
  const names = [...new Set(runs.flatMap((run) => Object.keys(run.settings)))].sort();
  const rows = names.filter((name) => new Set(runs.map((run) => JSON.stringify(run.settings[name]))).size > 1)
    .map((name) => line(element("code", {}, name), runs.map((run) => element("code", {}, run.settings[name] ?? "–"))));
  fill(byId("differences"), rows.length === 0 ? element("p", { className: "empty" }, "They have the same settings.")
    : table("Settings that differ", [head("Setting"), ...runs.map((run) => head(run.row.name))], rows));
}

attempt(load);
