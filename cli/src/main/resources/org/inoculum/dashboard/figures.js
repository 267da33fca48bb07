// Numbers and times as people read them.

const NONE = "–";

/** Four significant digits. */
export function score(value) {
  if (typeof value !== "number" || !Number.isFinite(value)) {
    return NONE;
  }
  if (value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5)) {
    return value.toExponential(2);
  }
  return Number(value.toPrecision(4)).toString();
}

/** How far a score is from what real images have in the same place. */
export function gap(one) {
  return typeof one?.value === "number" && typeof one.baseline === "number" ? `gap to real images ${score(one.value - one.baseline)}` : "";
}

/** Whether a score comes from the very images that were trained on: it flatters, and is comparable to no other. */
export const onTraining = (line) => line?.validationSet === "training_images";

export function count(value) {
  return typeof value === "number" ? value.toLocaleString("en") : NONE;
}

export function percent(value) {
  return typeof value === "number" ? `${(100 * value).toFixed(value > 0 && value < 0.1 ? 1 : 0)} %` : NONE;
}

export function duration(seconds) {
  if (typeof seconds !== "number" || !Number.isFinite(seconds)) {
    return NONE;
  }
  const s = Math.round(seconds);
  if (s < 60) {
    return `${s} s`;
  }
  if (s < 3600) {
    return `${Math.floor(s / 60)} min ${s % 60} s`;
  }
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}

/** An interval, with its unit left to the column. */
export function interval(low, high) {
  return typeof low === "number" && typeof high === "number" ? `${score(low)} … ${score(high)}` : NONE;
}

export function date(text) {
  const time = new Date(text ?? "");
  return Number.isNaN(time.getTime()) ? NONE
    : time.toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}
