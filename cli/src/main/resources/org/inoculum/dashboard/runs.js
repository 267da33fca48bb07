// The list of all runs.
import { byId, element, fill, pill, table } from "./elements.js";
import { coalesced, json, listen, ofRun } from "./server.js";
import { count, date, duration, gap, onTraining, score } from "./figures.js";

const COLUMNS = [
  { name: "Run", key: (r) => r.name, text: true },
  { name: "State", key: (r) => r.status.state, text: true },
  { name: "Preset", key: (r) => r.preset ?? "", text: true, className: "wide-only" },
  { name: "Energy distance", key: (r) => (onTraining(r.best) ? Infinity : r.best?.scores?.energyDistance?.value ?? Infinity), title: "of the best snapshot; lower is better; runs that were evaluated on their training images come last" },
  { name: "kimg", key: (r) => r.status.kimg, className: "wide-only" },
  { name: "Time", key: (r) => r.status.seconds, className: "wide-only" },
  { name: "Started", key: (r) => r.started ?? "", text: true, className: "wide-only" },
];

let runs = [];
let sorted = { column: 0, down: true };
const chosen = new Set();
const rowsById = new Map();

function distance(run) {
  const best = run.best?.scores?.energyDistance;
  return best ? [score(best.value), element("small", { className: "faint" }, onTraining(run.best) ? " on training images" : ` ${gap(best)}`)] : ["–"];
}

function name(run) {
  return element("a", { className: "named", href: `/runs/${run.id}`, dir: "auto" }, run.name);
}

function checkbox(run) {
  return element("input", {
    type: "checkbox", checked: chosen.has(run.id), "aria-label": `Choose ${run.name}`,
    onchange: (event) => {
      event.target.checked ? chosen.add(run.id) : chosen.delete(run.id);
      tellChosen();
    },
  });
}

function strip(run) {
  if (!run.sampleGrid) {
    return "";
  }
  return element("img", {
    className: "strip", loading: "lazy", decoding: "async", width: 160, height: 40,
    alt: `Newest generated images of ${run.name}`,
    src: `${ofRun(run.id, "thumbnail")}?at=${run.sampleGrid}`,
  });
}

function row(run) {
  const s = run.status;
  const progress = s.state === "running" && typeof s.progress === "number"
    ? element("progress", { max: 1, value: Math.min(1, s.progress), "aria-label": `Progress of ${run.name}` }) : null;
  return element("tr", {},
    element("td", {}, checkbox(run)),
    element("th", { scope: "row", className: "at-name" }, name(run)),
    element("td", { className: "at-strip" }, strip(run)),
    element("td", { className: "at-state" }, pill(s.state), progress),
    element("td", { className: "wide-only" }, run.preset ?? "–", run.size ? element("small", { className: "faint" }, ` ${run.size} px`) : null),
    element("td", { className: "number at-score" }, distance(run)),
    element("td", { className: "number wide-only" }, score(s.kimg)),
    element("td", { className: "number wide-only" }, duration(s.seconds)),
    element("td", { className: "wide-only number" }, date(run.started)));
}

/** Rows that have not changed stay, with the focus and the image in them. */
function rowOf(run) {
  const state = JSON.stringify(run);
  const known = rowsById.get(run.id);
  if (known && known.state === state) {
    return known.row;
  }
  const made = row(run);
  rowsById.set(run.id, { state, row: made });
  return made;
}

function head(column, index) {
  const sort = index === sorted.column ? (sorted.down ? "descending" : "ascending") : null;
  return element("th", { scope: "col", "aria-sort": sort, className: `${column.text ? "" : "number"} ${column.className ?? ""}`, title: column.title ?? "" },
    element("button", {
      type: "button",
      onclick: () => {
        sorted = { column: index, down: index === sorted.column ? !sorted.down : column.name !== "Energy distance" };
        show();
        byId("list").querySelectorAll("thead button")[index].focus();
      },
    }, column.name));
}

function show() {
  const wanted = byId("find").value.trim().toLowerCase();
  const key = COLUMNS[sorted.column].key;
  const rows = runs
    .filter((run) => `${run.name} ${run.preset} ${run.status.state}`.toLowerCase().includes(wanted))
    .sort((a, b) => {
      const [x, y] = [key(a), key(b)];
      return (x < y ? -1 : x > y ? 1 : 0) * (sorted.down ? -1 : 1);
    });
  const running = runs.filter((run) => run.status.state === "running").length;
  byId("count").textContent = `${count(runs.length)}${running ? `, ${running} running` : ""}`;
  if (rows.length === 0) {
    fill(byId("list"), element("p", { className: "empty" },
      runs.length === 0 ? "No runs here yet: inoculum train makes them." : "No run fits what is looked for."));
    return;
  }
  const heads = COLUMNS.map(head);
  heads.splice(1, 0, element("th", { scope: "col" }, "Newest images"));
  const list = byId("list");
  const active = document.activeElement;
  const heading = [...list.querySelectorAll("thead button")].indexOf(active);
  fill(list, table("Runs", [element("th", { scope: "col" }, element("span", { className: "faint" }, "Choose")), ...heads],
    rows.map(rowOf), "cards"));
  if (heading >= 0) {
    list.querySelectorAll("thead button")[heading].focus(); // the one in its place: headings are made anew
  } else if (active && list.contains(active)) {
    active.focus();
  }
}

function tellChosen() {
  byId("compare").disabled = chosen.size < 2;
  byId("chosen").textContent = chosen.size === 0 ? "Choose runs to compare them"
    : chosen.size === 1 ? "One run is chosen; choose another" : `${chosen.size} runs are chosen`;
}

byId("find").addEventListener("input", show);
byId("tools").addEventListener("submit", (event) => event.preventDefault());
byId("compare").addEventListener("click", () => {
  location.href = `/compare?${[...chosen].slice(0, 6).map((id) => `run=${encodeURIComponent(id)}`).join("&")}`;
});
const load = coalesced(async () => {
  runs = await json("/api/runs");
  show();
});
load();
listen(null, load);
