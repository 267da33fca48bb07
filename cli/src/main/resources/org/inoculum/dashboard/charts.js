// Curves: a line of means, and faintly behind it from the least to the largest value.
import uPlot from "/assets/uPlot.esm.js";
import { element, fill } from "./elements.js";
import { score } from "./figures.js";

const HEIGHT = 240;
const ARCSINH = 4; // uPlot's number for an axis that is logarithmic on both sides of 0
const COLOURS = 6;
const style = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const dark = matchMedia("(prefers-color-scheme: dark)");

/** Points at most that are worth asking for on this screen. */
export const points = () => Math.max(100, Math.min(500, Math.round(innerWidth / 2)));

function faint(colour) {
  return `${colour}26`; // 15 % of it
}

function options(lines, width, moved, logarithmic) {
  const axis = { stroke: style("--faint"), grid: { stroke: style("--grid"), width: 1 }, ticks: { stroke: style("--grid"), width: 1 }, font: "12px system-ui, sans-serif" };
  const series = [{}];
  const bands = [];
  lines.forEach((line, i) => {
    const colour = style(`--c${(i % COLOURS) + 1}`);
    series.push({ stroke: colour, width: line.baseline ? 1.2 : 1.6, dash: line.baseline ? [3, 4] : undefined, spanGaps: true, points: { show: line.points === true || line.mean.length === 1, size: 6, fill: colour } });
    if (line.low) {
      const at = series.length;
      series.push({ stroke: "transparent", width: 0, points: { show: false }, spanGaps: true });
      series.push({ stroke: "transparent", width: 0, points: { show: false }, spanGaps: true });
      bands.push({ series: [at + 1, at], fill: faint(colour) });
    }
  });
  return {
    width, height: HEIGHT, series, bands,
    scales: { x: { time: false }, y: logarithmic ? { distr: ARCSINH, asinh: threshold(lines) } : {} },
    axes: [axis, { ...axis, size: 58, values: (_, ticks) => ticks.map((t) => (t === null ? "" : score(t))) }],
    legend: { show: false },
    cursor: { y: false, points: { show: false } },
    hooks: { setCursor: [moved] },
  };
}

/** Below it an arcsinh axis is linear: a tenth of the least size that most values have. */
function threshold(lines) {
  const sizes = lines.flatMap((line) => line.mean).filter((v) => typeof v === "number" && v !== 0).map(Math.abs).sort((a, b) => a - b);
  return sizes.length === 0 ? 1 : sizes[Math.floor(sizes.length / 20)] / 10;
}

/** An exponential moving average over about so many points, unbiased at its start. */
function smoothed(values, span) {
  if (span <= 1) {
    return values;
  }
  const keep = 1 - 2 / (span + 1);
  let sum = 0;
  let weight = 0;
  return values.map((value) => {
    if (typeof value !== "number") {
      return value;
    }
    sum = keep * sum + (1 - keep) * value;
    weight = keep * weight + 1 - keep;
    return sum / weight;
  });
}

function data(x, lines, span) {
  return [x, ...lines.flatMap((line) => {
    const mean = line.baseline ? line.mean : smoothed(line.mean, span);
    return line.low ? [mean, line.low, line.high] : [mean];
  })];
}

const latest = (values) => values.findLast((value) => value !== null && value !== undefined);

/**
 * A chart that is filled later; `update` takes x and lines of {name, mean, low?, high?, baseline?, points?},
 * `view` whether its axis is logarithmic and over how many points its lines are smoothed.
 */
export function chart(place, title, unit) {
  const canvas = element("div", { role: "img", className: "chart" });
  const legend = element("div", { className: "legend" });
  const figure = element("figure", { className: "panel" },
    element("figcaption", {}, element("h3", {}, title), element("span", {}, unit)), canvas, legend);
  place.append(figure);
  let plot = null;
  let shape = "";
  let now = { x: [], lines: [] };
  let seen = { logarithmic: false, span: 1 };

  function tell(index) {
    const at = index === null || index === undefined ? "" : `at ${score(now.x[index])}`;
    fill(legend, now.lines.map((line, i) => {
      const value = index === null || index === undefined ? latest(line.mean) : line.mean[index];
      return element("span", { className: `c${(i % COLOURS) + 1}${line.baseline ? " baseline" : ""}` }, `${line.name} ${score(value)}`);
    }), at ? element("small", { className: "faint" }, at) : null);
  }

  function draw() {
    plot?.destroy();
    plot = new uPlot(options(now.lines, Math.max(120, canvas.clientWidth), (u) => tell(u.cursor.idx), seen.logarithmic), data(now.x, now.lines, seen.span), canvas);
    tell(null);
  }

  dark.addEventListener("change", () => plot && draw());
  new ResizeObserver(() => {
    if (plot && Math.abs(plot.width - canvas.clientWidth) > 1) {
      plot.setSize({ width: Math.max(120, canvas.clientWidth), height: HEIGHT });
    }
  }).observe(canvas);

  return {
    figure,
    view(wanted) {
      seen = wanted;
      if (plot && !figure.hidden) {
        draw();
      }
    },
    update(x, lines) {
      now = { x, lines };
      figure.hidden = lines.length === 0 || x.length === 0;
      if (figure.hidden) {
        return;
      }
      canvas.setAttribute("aria-label", `${title}: ${lines.map((l) => `${l.name} is now ${score(latest(l.mean))}`).join(", ")}`);
      const wanted = JSON.stringify(lines.map((l) => [l.name, Boolean(l.low)]));
      if (plot && wanted === shape) {
        plot.setData(data(x, lines, seen.span));
        tell(null);
      } else {
        shape = wanted;
        draw();
      }
    },
  };
}
