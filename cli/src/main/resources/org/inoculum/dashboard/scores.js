// What snapshots scored, with intervals and with what real images score in the same place.
import { element, fill, table } from "./elements.js";
import { count, interval, score } from "./figures.js";

const NAMES = {
  energyDistance: ["Energy distance", "lower is better"],
  precision: ["Precision", "higher is better"],
  recall: ["Recall", "higher is better"],
  coverage: ["Coverage", "higher is better"],
  copies: ["Share of copies", "lower is better; left out of the other scores"],
};
const VALIDATION_SETS = {
  held_out_folder: "held-out images from a folder of their own",
  split: "images that were split off and are not trained on",
  training_images: "the training images themselves, which cannot tell whether they are memorised",
};

const orNull = (value) => (typeof value === "number" ? value : null);
const row = (one) => element("tr", {},
  element("th", { scope: "row" }, one.label, element("small", { className: "faint" }, ` ${one.better}`)),
  ...one.cells.map((cell) => element("td", { className: "number" }, cell)));

/** The energy distance and shares as lines of a chart. */
export function lines(scores) {
  const x = scores.map((line) => line.kimg);
  const of = (name, part) => scores.map((line) => orNull(line.scores[name]?.[part]));
  const line = (name) => ({ name: NAMES[name][0], mean: of(name, "value"), low: of(name, "low"), high: of(name, "high"), points: scores.length < 60 });
  const there = (name) => scores.some((one) => one.scores[name]);
  return {
    x,
    distance: there("energyDistance") ? [line("energyDistance"), { name: "baseline", mean: of("energyDistance", "baseline"), baseline: true }] : [],
    shares: ["precision", "recall", "coverage"].filter(there).map(line),
  };
}

export function showScores(place, scores) {
  const newest = scores.at(-1);
  const best = scores.findLast((line) => line.best) ?? newest;
  if (!newest) {
    fill(place, element("p", { className: "panel empty" }, "Nothing was evaluated yet."));
    return;
  }
  const rows = Object.entries(NAMES).filter(([name]) => best.scores[name] || newest.scores[name]).map(([name, [label, better]]) => {
    const [b, n] = [best.scores[name], newest.scores[name]];
    return row({ label, better, cells: [score(b?.value), interval(b?.low, b?.high), score(b?.baseline), score(n?.value)] });
  });
  const head = (text, className = "number") => element("th", { scope: "col", className }, text);
  fill(place,
    element("p", {}, `Best: iteration ${count(best.iteration)}; newest: ${count(newest.iteration)}. Evaluated on ${count(best.nReal)} real images: ${VALIDATION_SETS[best.validationSet] ?? best.validationSet ?? "unknown"}.`),
    element("div", { className: "panel flush" }, table("Scores of the best snapshot", [
      head("Score", ""), head("Best"), head("95 % interval"), head("Baseline: real images"), head("Newest")], rows)));
}
