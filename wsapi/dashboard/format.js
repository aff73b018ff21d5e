// How numbers, hashes and times are written.

export const number = (hex) => Number.parseInt(hex, 16);
export const height = (n) => "#" + n.toLocaleString("en-US");
export const count = (n) => (n ?? 0).toLocaleString("en-US");
export const short = (hex, head = 6, tail = 4) =>
  !hex || hex.length <= head + tail + 3 ? hex ?? "" : hex.slice(0, head) + "…" + hex.slice(-tail);

export function seconds(s) {
  if (s == null) return "";
  if (s < 0.001) return Math.round(s * 1e6) + " µs";
  if (s < 0.1) return Math.round(s * 1000) + " ms";
  if (s < 100) return s.toFixed(1) + " s";
  return Math.round(s / 60) + " min";
}

export function ago(s) {
  if (s < 1) return "just now";
  if (s < 90) return Math.round(s) + " s ago";
  if (s < 5400) return Math.round(s / 60) + " min ago";
  return Math.round(s / 3600) + " h ago";
}

export const clock = (date = new Date()) => date.toLocaleTimeString("en-GB");

export function plural(n, one, many = one + "s") {
  return `${count(n)} ${n === 1 ? one : many}`;
}

// ether writes a hex quantity of wei; what is not zero never reads as zero.
export function ether(hex) {
  const wei = Number(hex);
  if (wei === 0) return "0 ether";
  return wei < 1e10 ? count(wei) + " wei" : Number((wei / 1e18).toPrecision(5)).toLocaleString("en-US", { maximumFractionDigits: 9 }) + " ether";
}

// element makes a DOM node; text is always set as text, never as markup.
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (value == null || value === false) continue;
    if (key === "class") node.className = value;
    else if (key === "state") node.dataset.state = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((c) => c != null));
  return node;
}
