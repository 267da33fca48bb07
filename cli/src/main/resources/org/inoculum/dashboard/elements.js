// Pages are built from texts only: nothing that a run holds is ever read as markup.

/** Control characters and those that turn the direction of a text are made to show. */
export function shown(value) {
  return String(value).replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (c) => (c === "\n" ? "\n" : "\uFFFD"));
}

/** An element with properties, attributes (names with a dash, role) and content. */
export function element(tag, properties = {}, ...content) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) {
      continue;
    }
    if (name.includes("-") || name === "role" || name === "scope" || name === "for") {
      made.setAttribute(name, shown(value));
    } else if (name.startsWith("on")) {
      made.addEventListener(name.slice(2), value);
    } else {
      made[name] = typeof value === "string" ? shown(value) : value;
    }
  }
  made.append(...content.flat().filter((c) => c !== null && c !== undefined)
    .map((c) => (c instanceof Node ? c : document.createTextNode(shown(c)))));
  return made;
}

export const byId = (id) => document.getElementById(id);

/** Replaces what is in an element. */
export function fill(parent, ...content) {
  parent.replaceChildren(...content.flat().filter((c) => c !== null && c !== undefined)
    .map((c) => (c instanceof Node ? c : document.createTextNode(shown(c)))));
}

/** An image that keeps the one before until the next is there. */
export function steadyImage(className, alt) {
  const image = element("img", { className, alt, decoding: "async" });
  return image;
}

const STATES = {
  running: "running", killed: "killed", elsewhere: "on another machine", finished: "finished",
  stopped: "stopped", diverged: "diverged", failed: "failed", unknown: "unknown",
};

/** Where a run stands, in a word that does not rely on its colour. */
export function pill(state) {
  const word = Object.hasOwn(STATES, state) ? state : "unknown";
  return element("span", { className: `pill ${word}` }, STATES[word]);
}

/** A table in a part of the page that can be scrolled sideways, also with the keys. */
export function table(caption, heads, rows, className = "") {
  return element("div", { className: "scroll", role: "region", tabIndex: 0, "aria-label": caption },
    element("table", { className },
      element("thead", {}, element("tr", {}, heads)),
      element("tbody", {}, rows)));
}
