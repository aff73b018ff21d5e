// Draws the anchor service: what is in the way, the money, what is asked, and
// the newest anchors.

import { count, element, ether, height, number, plural, short } from "/dashboard/format.js";
import { reconcile, text } from "/dashboard/view.js";

const shown = 8; // anchors in the list
const $ = (id) => document.getElementById(id);

export function anchors(model) {
  const s = model.status?.anchors;
  $("anchors-panel").hidden = !s;
  if (!s) return;
  text("anchor-summary", Object.entries(s.states ?? {}).sort().map(([state, n]) => `${count(n)} ${state}`).join(", "));
  $("anchor-problem").hidden = !s.problem;
  text("anchor-problem", s.problem);
  reconcile($("anchor-facts"), facts(s).flatMap(([name, value, bad]) => [
    element("dt", { "data-key": name }, name),
    element("dd", { "data-key": "is " + name, class: bad && "bad" }, value)]));
  const list = (s.anchors ?? []).slice(0, shown);
  $("no-anchors").hidden = list.length > 0;
  reconcile($("anchors"), list.map((a) => element("li", { "data-key": a.height + a.commitment },
    element("div", { class: "row" },
      element("span", { class: "mono", title: a.commitment }, `${height(number(a.height))} ${short(a.commitment)}`),
      element("span", { class: "state", state: a.state }, a.state)),
    element("span", { class: "muted" }, under(a)))));
}

// under says where an anchor is on the chain, or why it is not.
function under(a) {
  const block = number(a.included);
  return [block && `in block ${height(block)}`, a.attempts > 1 && plural(a.attempts, "attempt"), a.why].filter(Boolean).join(", ");
}

// facts are rows of name, value, and whether it calls for somebody.
function facts(s) {
  const rows = [["account", `${short(s.account)}${s.balance ? ", " + ether(s.balance) : ""}`, s.balance === "0x0"]];
  const d = s.deposit;
  if (d) {
    const more = [d.leaving !== "0x0" && `${ether(d.leaving)} leaving`, d.earned !== "0x0" && `${ether(d.earned)} earned`].filter(Boolean);
    rows.push(["deposit", [`${ether(d.free)} free`, `${ether(d.locked)} locked by bonds of ${ether(d.bond)}`, ...more].join(", "), Number(d.free) < Number(d.bond)]);
  }
  const q = s.demands;
  if (q) {
    const first = q.open ? `, the first until block ${height(number(q.nearest))}` : "";
    rows.push(["demands", `${count(q.open)} open${first}, ${count(q.answered)} answered`, false]);
    if (q.cannot) rows.push(["unanswerable", [`${count(q.cannot)}`, ...(q.why ?? []).map((w) => `${height(number(w.height))} until block ${height(number(w.deadline))}: ${w.why}`)].join("; "), true]);
  }
  return rows;
}
