// Sample grids of the same latents through the training, beside real images.
import { element, fill, steadyImage } from "./elements.js";
import { ofRun } from "./server.js";
import { count } from "./figures.js";

const PLAY_MILLIS = 350;
const AHEAD = 3;
const KEPT = 48;

export function timeline(place, id) {
  const fake = steadyImage("sheet", "");
  const real = steadyImage("sheet", "Real images that the generator is trained on");
  const told = element("output", {});
  const slider = element("input", { type: "range", min: 0, max: 0, value: 0, step: 1, "aria-label": "Sample grid, by its iteration" });
  const play = element("button", { type: "button" }, "Play");
  const latest = element("button", { type: "button" }, "Newest");
  const realFigure = element("figure", { className: "panel" }, element("figcaption", {}, element("h3", {}, "Real")), real);
  const empty = element("p", { className: "empty panel" }, "No sample grid yet: the first is made before the first iteration.");
  const shown = element("div", {},
    element("div", { className: "slide" }, play, slider, told, latest),
    element("div", { className: "pair" },
      element("figure", { className: "panel" }, element("figcaption", {}, element("h3", {}, "Generated"), element("span", {}, "the same latents in each sample grid")), fake),
      realFigure));
  fill(place, empty, shown);
  let sampleGrids = [];
  let following = true;
  let timer = 0;
  const loaded = new Map();

  function fetchSampleGrid(name) {
    let image = loaded.get(name);
    if (!image) {
      image = new Image();
      image.src = ofRun(id, `samples/${name}`);
      loaded.set(name, image);
      if (loaded.size > KEPT) {
        loaded.delete(loaded.keys().next().value);
      }
    }
    return image;
  }

  async function show(index) {
    const name = sampleGrids[index];
    slider.value = String(index);
    const iteration = Number(name);
    told.textContent = `iteration ${count(iteration)}`;
    slider.setAttribute("aria-valuetext", `iteration ${iteration}, sample grid ${index + 1} of ${sampleGrids.length}`);
    fake.alt = `Generated images at iteration ${iteration}`;
    const image = fetchSampleGrid(name);
    try {
      await image.decode();
    } catch {
      loaded.delete(name); // it was removed: the training went back
      return;
    }
    if (sampleGrids[Number(slider.value)] === name) {
      fake.src = image.src;
    }
    for (let next = index + 1; next <= Math.min(sampleGrids.length - 1, index + AHEAD); next++) {
      fetchSampleGrid(sampleGrids[next]);
    }
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
  }

  play.addEventListener("click", () => {
    if (timer) {
      stop();
      return;
    }
    play.textContent = "Stop";
    let at = Number(slider.value) >= sampleGrids.length - 1 ? -1 : Number(slider.value);
    following = false;
    timer = setInterval(() => {
      at++;
      if (at >= sampleGrids.length) {
        stop();
        following = true;
      } else {
        show(at);
      }
    }, PLAY_MILLIS);
  });
  slider.addEventListener("input", () => {
    stop();
    following = Number(slider.value) === sampleGrids.length - 1;
    show(Number(slider.value));
  });
  latest.addEventListener("click", () => {
    stop();
    following = true;
    show(sampleGrids.length - 1);
  });

  return {
    update(details) {
      sampleGrids = details.sampleGrids;
      empty.hidden = sampleGrids.length > 0;
      shown.hidden = sampleGrids.length === 0;
      realFigure.hidden = !details.reals;
      if (details.reals && !real.src) {
        real.src = ofRun(id, "samples/reals");
      }
      if (sampleGrids.length === 0) {
        return;
      }
      slider.max = String(sampleGrids.length - 1);
      if (following || Number(slider.value) >= sampleGrids.length) {
        show(sampleGrids.length - 1);
      }
    },
  };
}
