// What the server is asked. Everything is a GET, and nothing is kept by the browser.
import { byId, element, shown } from "./elements.js";

const RETRY_MILLIS = 5000;

function problem(text) {
  const place = byId("problem");
  place.hidden = !text;
  place.textContent = text ? shown(text) : "";
  if (text && location.pathname !== "/") {
    place.append(" ", element("a", { href: "/" }, "To the runs"));
  }
}

async function ask(path) {
  const answer = await fetch(path, { credentials: "same-origin", cache: "no-store" });
  if (!answer.ok) {
    const error = new Error((await answer.text()).trim() || `The server answered ${answer.status}.`);
    error.status = answer.status;
    throw error;
  }
  return answer;
}

export const json = async (path) => (await ask(path)).json();
export const blob = async (path) => (await ask(path)).blob();

/** Where things of a run are. */
export const ofRun = (id, what = "", query = {}) => {
  const asked = new URLSearchParams(Object.entries(query).filter(([, v]) => v !== null && v !== undefined));
  const text = asked.toString();
  return `/api/runs/${encodeURIComponent(id)}${what ? `/${what}` : ""}${text ? `?${text}` : ""}`;
};

/** Does something that asks the server; what goes wrong is told at the top of the page. */
export async function attempt(work) {
  try {
    const result = await work();
    problem("");
    return result;
  } catch (error) {
    problem(error instanceof TypeError ? "The dashboard does not answer; is inoculum dashboard still running?" : error.message);
    return undefined;
  }
}

/**
 * Calls back with the state of the files, at once and whenever it changes. Where the server has no
 * room for another listener, or is away, the page asks again after a while.
 */
export function listen(run, changed) {
  const live = byId("live");
  const query = run === null ? "" : `?run=${encodeURIComponent(run)}`;
  let timer = 0;
  const open = () => {
    const source = new EventSource(`/api/events${query}`);
    source.onopen = () => { live.textContent = "live"; };
    source.onmessage = (event) => { live.textContent = "live"; changed(JSON.parse(event.data)); };
    source.onerror = () => {
      live.textContent = "not live";
      if (source.readyState === EventSource.CLOSED) {
        source.close();
        changed({ polled: Date.now() });
        timer = setTimeout(open, RETRY_MILLIS);
      }
    };
    return source;
  };
  let source = open();
  addEventListener("pagehide", () => { clearTimeout(timer); source.close(); });
  addEventListener("pageshow", (event) => { if (event.persisted) { source = open(); } });
}

/** One at a time, and once more if it was asked for meanwhile. */
export function coalesced(work) {
  let running = false;
  let again = false;
  return async function run() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      await attempt(work);
    } while (again);
    running = false;
  };
}
