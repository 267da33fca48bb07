// What a generator makes of seeds, and on the way between two images.
import { byId, element, fill } from "./elements.js";
import { attempt, blob, json, ofRun } from "./server.js";
import { count } from "./figures.js";

const id = decodeURIComponent(location.pathname.split("/")[2]);
const COLUMNS = 8;
const WHOLE = 3; // the slider's end: nothing is drawn again
const WALK_MILLIS = 80;
let details = null;
let generator = null;
let drawn = null; // what the tiles show: seed, first, class, truncation, images
let start = null;
let end = null;
let liked = [];
let busy = false;

const store = () => `liked ${id} ${generator.info.sha256}`;
const same = (a, b) => a && b && a.seed === b.seed && a.index === b.index && a.class === b.class && a.truncation === b.truncation;
const truncation = () => (Number(byId("truncation").value) >= WHOLE ? null : Number(byId("truncation").value));
const asked = () => ({ class: byId("class").value || null, truncation: truncation(), snapshot: generator.snapshot });
const names = () => (details.data.classes ?? []).map((one) => one.name);
const knowsClasses = () => names().length > 1 && generator.info.classes === names().length;

/** The tiles of a sheet without gaps. */
async function tiles(sheetImage, size) {
  const sheet = await createImageBitmap(sheetImage);
  const all = [];
  for (let i = 0; i < generator.images; i++) {
    const canvas = element("canvas", { width: size, height: size });
    canvas.getContext("2d").drawImage(sheet, (i % COLUMNS) * size, Math.floor(i / COLUMNS) * size, size, size, 0, 0, size, size);
    all.push(canvas);
  }
  sheet.close();
  return all;
}

async function work(what, task) {
  if (busy) {
    return;
  }
  busy = true;
  byId("status").textContent = what;
  byId("grid").setAttribute("aria-busy", "true");
  const done = await attempt(task);
  busy = false;
  byId("grid").setAttribute("aria-busy", "false");
  if (done === undefined) {
    if (!drawn) {
      fill(byId("grid")); // no tile waits any longer
    }
    byId("status").textContent = "Nothing was drawn.";
  }
}

function imageAt(i) {
  const index = drawn.first + i;
  const image = { seed: drawn.seed, index };
  if (knowsClasses()) {
    image.class = drawn.class ?? names()[index % names().length];
  }
  if (drawn.truncation !== null) {
    image.truncation = drawn.truncation;
  }
  return image;
}

function draw(first) {
  const seed = Math.max(0, Math.floor(Number(byId("seed").value) || 0));
  const query = { ...asked(), seed, first };
  if (!drawn) {
    fill(byId("grid"), Array.from({ length: generator.images }, () => element("div", { className: "tile waiting" })));
  }
  return work("Drawing: the first time, the generator is loaded.", async () => {
    const began = performance.now();
    const images = await tiles(await blob(ofRun(id, "draw", query)), generator.info.size);
    drawn = { seed, first, class: query.class, truncation: query.truncation, images };
    byId("before").disabled = first === 0;
    byId("after").disabled = false;
    showGrid();
    byId("status").textContent = `Images ${count(first)} to ${count(first + images.length - 1)} of seed ${seed}, in ${((performance.now() - began) / 1000).toFixed(1)} s.`;
    return true;
  });
}

function words(image) {
  return `image ${image.index} of seed ${image.seed}${image.class ? `, ${image.class}` : ""}${image.truncation ? `, truncated at ${image.truncation}` : ""}`;
}

function showGrid() {
  fill(byId("grid"), drawn.images.map((canvas, i) => {
    const image = imageAt(i);
    return element("button", {
      type: "button", className: `tile${same(image, start?.image) ? " start" : ""}${same(image, end?.image) ? " end" : ""}`,
      "aria-pressed": String(liked.some((one) => same(one, image))), "aria-label": words(image), title: words(image),
      onclick: (event) => press(image, event.currentTarget, canvas),
      onkeydown: (event) => step(event, i),
    }, canvas);
  }));
}

/** Arrows go from image to image, and from row to row. */
function step(event, i) {
  const tiles = byId("grid").children;
  const across = getComputedStyle(byId("grid")).gridTemplateColumns.split(" ").length;
  const to = { ArrowRight: i + 1, ArrowLeft: i - 1, ArrowDown: i + across, ArrowUp: i - across, Home: 0, End: tiles.length - 1 }[event.key];
  if (to !== undefined) {
    tiles[to]?.focus();
    event.preventDefault();
  }
}

/** What a press does is chosen above the grid. */
function press(image, tile, canvas) {
  const mode = new FormData(byId("mode")).get("press");
  if (mode === "like") {
    like(image, tile);
  } else if (mode === "start") {
    mark({ image, canvas }, same(image, end?.image) ? null : end);
    byId("mode").elements.press.value = "end";
  } else {
    mark(same(image, start?.image) ? null : start, { image, canvas });
  }
}

function like(image, tile) {
  liked = liked.some((one) => same(one, image)) ? liked.filter((one) => !same(one, image)) : [...liked, image];
  tile.setAttribute("aria-pressed", String(liked.some((one) => same(one, image))));
  localStorage.setItem(store(), JSON.stringify(liked));
  showLiked();
}

function mark(newStart, newEnd) {
  start = newStart;
  end = newEnd;
  [...byId("grid").children].forEach((tile, i) => {
    const image = imageAt(i);
    tile.classList.toggle("start", Boolean(same(image, start?.image)));
    tile.classList.toggle("end", Boolean(same(image, end?.image)));
  });
  showWalk();
}

function showWalk() {
  const place = byId("walk");
  if (!start || !end) {
    fill(place, element("p", { className: "faint" }, start ? `Start: ${words(start.image)}. Now choose the end.` : end ? `End: ${words(end.image)}. Now choose the start.` : "Choose its start and its end above the images."));
    return;
  }
  const [from, to] = [start, end];
  const canvas = element("canvas", { width: generator.info.size, height: generator.info.size, role: "img", "aria-label": `On the way from ${words(from.image)} to ${words(to.image)}` });
  const slider = element("input", { type: "range", min: 0, max: generator.images - 1, value: 0, step: 1, disabled: true, "aria-label": "How far on the way" });
  const go = element("button", { type: "button" }, "Walk");
  let steps = null;
  let timer = 0;
  const show = (i) => {
    slider.value = String(i);
    slider.setAttribute("aria-valuetext", `${Math.round((100 * i) / (generator.images - 1))} %`);
    canvas.getContext("2d").drawImage(steps[i], 0, 0);
  };
  canvas.getContext("2d").drawImage(from.canvas, 0, 0);
  slider.addEventListener("input", () => { clearInterval(timer); show(Number(slider.value)); });
  go.addEventListener("click", () => work("Walking: as many images are drawn as in the grid.", async () => {
    steps ??= await tiles(await blob(ofRun(id, "walk", { ...asked(), class: from.image.class ?? null, truncation: from.image.truncation ?? null,
      fromSeed: from.image.seed, fromIndex: from.image.index, toSeed: to.image.seed, toIndex: to.image.index })), generator.info.size);
    slider.disabled = false;
    clearInterval(timer);
    let at = 0;
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    show(0);
    if (!still) {
      timer = setInterval(() => { at++; show(at); if (at >= steps.length - 1 || !canvas.isConnected) { clearInterval(timer); } }, WALK_MILLIS);
    }
    byId("status").textContent = "The way is drawn.";
    return true;
  }));
  fill(place, canvas, element("div", {},
    element("p", {}, `From ${words(from.image)} to ${words(to.image)}.`),
    element("div", { className: "slide" }, go, slider)));
}

function lines() {
  return liked.map((image) => `${JSON.stringify(image)}\n`).join("");
}

function showLiked() {
  const place = byId("liked");
  if (liked.length === 0) {
    fill(place, element("p", { className: "faint" }, "Nothing yet. Liked images become a list of seeds that inoculum generate makes again, exactly."));
    return;
  }
  const file = `liked-${id.replace(/[^A-Za-z0-9._-]/g, "")}-${generator.snapshot}.jsonl`;
  const save = element("button", { type: "button", onclick: () => {
    const link = element("a", { href: URL.createObjectURL(new Blob([lines()], { type: "application/jsonl" })), download: file });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  } }, `Save ${count(liked.length)} as ${file}`);
  const clear = element("button", { type: "button", onclick: () => { liked = []; localStorage.removeItem(store()); showLiked(); if (drawn) { showGrid(); } } }, "Forget them");
  fill(place,
    element("p", { className: "buttons" }, save, clear),
    element("p", {}, "Then: ", element("code", {}, `inoculum generate RUN --snapshot ${Number(generator.snapshot)} --seeds-file ${file} --out liked`)),
    element("details", { className: "panel flush" }, element("summary", {}, "The list"), element("pre", { className: "log", id: "list", tabIndex: 0 }, lines())));
}

async function useSnapshot() {
  generator = await json(ofRun(id, "generator", { snapshot: byId("snapshot").value }));
  start = null;
  end = null;
  try {
    liked = JSON.parse(localStorage.getItem(store()) ?? "[]");
  } catch {
    liked = [];
  }
  const classes = byId("class");
  const chosen = classes.value;
  fill(classes, element("option", { value: "" }, knowsClasses() ? "all in turn" : names()[0] ?? "all"),
    knowsClasses() ? names().map((name) => element("option", { value: name }, name)) : null);
  classes.value = chosen;
  classes.disabled = !knowsClasses();
  showLiked();
  showWalk();
}

function tellTruncation() {
  byId("truncation-shown").textContent = truncation() === null ? "none" : String(truncation());
}

async function load() {
  details = await json(ofRun(id));
  document.title = `Explore ${details.row.name} - inoculum`;
  fill(byId("name"), "Explore ", element("bdi", {}, details.row.name));
  byId("back").href = `/runs/${id}`;
  if (details.snapshots.length === 0) {
    throw new Error("This run has no snapshot yet; one is saved at every sample grid.");
  }
  const best = details.best === null ? null : String(details.best).padStart(6, "0");
  fill(byId("snapshot"), [...details.snapshots].reverse().map((name) => element("option", { value: name }, `${name}${name === best ? " (best)" : ""}`)));
  byId("snapshot").value = details.snapshots.includes(best) ? best : details.snapshots.at(-1);
  await useSnapshot();
  tellTruncation();
  return true;
}

byId("controls").addEventListener("submit", (event) => { event.preventDefault(); draw(0); });
byId("fresh").addEventListener("click", () => {
  byId("seed").value = String(crypto.getRandomValues(new Uint32Array(1))[0]);
  draw(0);
});
byId("before").addEventListener("click", () => draw(Math.max(0, drawn.first - generator.images)));
byId("after").addEventListener("click", () => draw(drawn.first + generator.images));
byId("truncation").addEventListener("input", tellTruncation);
byId("snapshot").addEventListener("change", () => attempt(useSnapshot));
if (await attempt(load)) {
  draw(0);
}
