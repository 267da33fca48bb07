// Pictures of the same latents through the training, beside real images.
import { element, fill, picture } from "./elements.js";
import { ofRun } from "./server.js";
import { count } from "./figures.js";

const PLAY_MILLIS = 350;
const AHEAD = 3;
const KEPT = 48;

export function timeline(place, id) {
  const fake = picture("sheet", "");
  const real = picture("sheet", "Real images that the generator is trained on");
  const told = element("output", {});
  const slider = element("input", { type: "range", min: 0, max: 0, value: 0, step: 1, "aria-label": "Picture, by its iteration" });
  const play = element("button", { type: "button" }, "Play");
  const latest = element("button", { type: "button" }, "Newest");
  const realFigure = element("figure", { className: "panel" }, element("figcaption", {}, element("h3", {}, "Real")), real);
  const empty = element("p", { className: "empty panel" }, "No picture yet: the first is made before the first iteration.");
  const shown = element("div", {},
    element("div", { className: "slide" }, play, slider, told, latest),
    element("div", { className: "pair" },
      element("figure", { className: "panel" }, element("figcaption", {}, element("h3", {}, "Generated"), element("span", {}, "the same latents in each picture")), fake),
      realFigure));
  fill(place, empty, shown);
  let pictures = [];
  let following = true;
  let timer = 0;
  const loaded = new Map();

  function fetchPicture(name) {
    let image = loaded.get(name);
    if (!image) {
      image = new Image();
      image.src = ofRun(id, `pictures/${name}`);
      loaded.set(name, image);
      if (loaded.size > KEPT) {
        loaded.delete(loaded.keys().next().value);
      }
    }
    return image;
  }

  async function show(index) {
    const name = pictures[index];
    slider.value = String(index);
    const iteration = Number(name);
    told.textContent = `iteration ${count(iteration)}`;
    slider.setAttribute("aria-valuetext", `iteration ${iteration}, picture ${index + 1} of ${pictures.length}`);
    fake.alt = `Generated images at iteration ${iteration}`;
    const image = fetchPicture(name);
    try {
      await image.decode();
    } catch {
      loaded.delete(name); // it was removed: the training went back
      return;
    }
    if (pictures[Number(slider.value)] === name) {
      fake.src = image.src;
    }
    for (let next = index + 1; next <= Math.min(pictures.length - 1, index + AHEAD); next++) {
      fetchPicture(pictures[next]);
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
    let at = Number(slider.value) >= pictures.length - 1 ? -1 : Number(slider.value);
    following = false;
    timer = setInterval(() => {
      at++;
      if (at >= pictures.length) {
        stop();
        following = true;
      } else {
        show(at);
      }
    }, PLAY_MILLIS);
  });
  slider.addEventListener("input", () => {
    stop();
    following = Number(slider.value) === pictures.length - 1;
    show(Number(slider.value));
  });
  latest.addEventListener("click", () => {
    stop();
    following = true;
    show(pictures.length - 1);
  });

  return {
    update(details) {
      pictures = details.pictures;
      empty.hidden = pictures.length > 0;
      shown.hidden = pictures.length === 0;
      realFigure.hidden = !details.reals;
      if (details.reals && !real.src) {
        real.src = ofRun(id, "pictures/reals");
      }
      if (pictures.length === 0) {
        return;
      }
      slider.max = String(pictures.length - 1);
      if (following || Number(slider.value) >= pictures.length) {
        show(pictures.length - 1);
      }
    },
  };
}
