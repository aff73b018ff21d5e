// Draws the model. What did not change keeps its node, so that focus, selection
// and scrolling survive, and only what is new moves.

import { ago, clock, count, element, height, number, plural, seconds, short } from "/dashboard/format.js";

const $ = (id) => document.getElementById(id);

// reconcile gives parent these children, in this order. A child is known by its
// data-key; one that would look the same is left alone.
export function reconcile(parent, nodes) {
  const old = new Map([...parent.children].map((c) => [c.dataset.key, c]));
  let changed = old.size !== nodes.length;
  nodes.forEach((node, i) => {
    const known = old.get(node.dataset.key);
    if (known && known.outerHTML === node.outerHTML) node = known;
    else if (known) known.replaceWith(node);
    if (!known && parent.dataset.live) node.animate?.(arrival, { duration: calm.matches ? 0 : 350, easing: "ease-out" });
    if (parent.children[i] !== node) {
      parent.insertBefore(node, parent.children[i] ?? null);
      changed = true;
    }
  });
  while (parent.children.length > nodes.length) parent.lastElementChild.remove();
  parent.dataset.live = "yes"; // what is there at the start does not arrive
  return changed;
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const arrival = [{ opacity: 0, transform: "translateY(8px)" }, { opacity: 1, transform: "none" }];

export function text(id, value) {
  if ($(id).textContent !== value) $(id).textContent = value;
}

export function tiles(model) {
  const s = model.status;
  if (!s) return;
  text("chain", "chain " + number(s.chainId));
  text("head", model.head == null ? "–" : height(model.head));
  if (s.lagSeconds != null) text("lag", ago(s.lagSeconds + (Date.now() - model.statusAt) / 1000));
  text("finalized", model.finalized ? height(model.finalized) : "–");
  text("behind", model.finalized && model.head != null ? plural(model.head - model.finalized, "block") + " behind the head" : "no block is final yet");
  text("executed", count(s.totals.executed));
  text("running", s.queues.running + s.queues.queued ? `${s.queues.running} running, ${s.queues.queued} waiting` : plural(s.triggers, "trigger") + ", all done");
  text("proven", count(s.totals.proven));
  text("proving", s.queues.proving + s.queues.proofsQueued ? `${s.queues.proving} proving, ${s.queues.proofsQueued} waiting` : "nothing to prove");
  text("anchored", count(s.totals.anchored));
  text("undone", count(s.totals.undone));
  text("reorgs", s.totals.reorgs ? `${plural(s.totals.reorgs, "reorg")}, ${count(s.totals.rerun)} run again` : "no reorganisation");
  $("reorg-tile").classList.toggle("warn", s.totals.undone > 0);
  $("ready").hidden = s.ready;
  $("ready").className = "badge warn";
  text("ready", "not ready: " + s.reasons.join("; "));
  text("footer", `${s.version} · ${plural(s.modules, "module")} · ${plural(s.connections, "connection")} · results log ${short(s.epoch, 8, 4)}` +
    (s.cache ? ` · ${plural(s.cache.items, "item")} watched, state kept from ${height(number(s.cache.oldestHeight))}` : "") +
    (s.cache ? `, ${(s.cache.bytes / 1048576).toFixed(1)} MiB` + (s.cache.level === "ok" ? "" : ` (${s.cache.level})`) : ""));
}

export function blocks(model) {
  const all = [...model.blocks.values()];
  $("no-blocks").hidden = all.length > 0;
  if (all.length === 0) return;
  const first = Math.min(...all.map((b) => b.number));
  const byBlock = Map.groupBy(model.jobs.values(), (j) => j.block.hash);
  const rows = new Map();
  const cards = all
    .sort((a, b) => a.number - b.number || a.reverted - b.reverted)
    .map((b) => {
      const row = (rows.get(b.number) ?? 0) + 1;
      rows.set(b.number, row);
      return card(b, b.number - first + 1, row, byBlock.get(b.hash) ?? [], model);
    });
  const strip = $("blocks");
  if (reconcile(strip, cards) && follow) strip.scrollLeft = strip.scrollWidth;
}

// The strip follows the head until its user scrolls back.
let follow = true;
$("blocks").addEventListener("scroll", ({ target }) => { follow = target.scrollLeft + target.clientWidth > target.scrollWidth - 130; });
addEventListener("resize", () => { $("blocks").scrollLeft = $("blocks").scrollWidth; });

function card(block, column, row, jobs, model) {
  const final = !block.reverted && block.number <= model.finalized;
  const head = !block.reverted && block.number === model.head;
  const label = block.reverted ? "reverted" : head ? "head" : final ? "final" : "";
  const classes = ["block", block.reverted && "reverted", head && "head", final && "final", column === 1 && "first"].filter(Boolean).join(" ");
  const states = jobs.sort((a, b) => (a.jobId < b.jobId ? -1 : 1)).map((j) => element("i", { state: j.state, title: `${model.name(j) || short(j.moduleHash)}: ${j.state}` }));
  const node = element("div", {
    class: classes, role: "listitem", title: block.hash,
    "aria-label": `Block ${block.number} ${label} ${jobs.map((j) => j.state).join(", ")}`,
  },
    element("div", { class: "n" }, element("span", {}, height(block.number)), element("small", {}, label)),
    element("div", { class: "h" }, short(block.hash)),
    element("div", { class: "squares" }, ...states.slice(0, 14)));
  node.dataset.key = block.hash;
  node.style.gridColumn = column;
  node.style.gridRow = row;
  return node;
}

const active = ["queued", "running", "proving"];
const filters = {
  all: () => true,
  active: (j) => active.includes(j.state) || (j.state === "executed" && j.prove),
  proven: (j) => j.state === "proven",
  failed: (j) => j.state === "failed",
  undone: (j) => j.state === "undone",
};

export function jobs(model, filter, open) {
  const list = model.jobsNewestFirst().filter(filters[filter]).slice(0, 100);
  $("no-jobs").hidden = list.length > 0;
  if (model.jobs.size > 0) text("no-jobs", "No job in this state.");
  reconcile($("jobs"), list.map((j) => row(j, model)));
  $("jobs").onclick = (event) => {
    const tr = event.target.closest("tr");
    if (tr) open(tr.dataset.key);
  };
}

function row(job, model) {
  const marks = [job.anchored && "anchored", job.finalized && job.state !== "undone" && "final"].filter(Boolean).join(", ");
  const journal = job.failure && job.state !== "undone"
    ? element("td", { class: "journal", title: job.failure.reason }, element("span", { class: "why" }, `${job.failure.class}: ${job.failure.reason}`))
    : element("td", { class: "journal mono", title: job.result?.journal }, job.result ? short(job.result.journal, 18, 8) : "");
  const proof = job.proof ? seconds(job.proof.seconds) : job.state === "proving" ? "…" : job.prove && job.state === "executed" ? "waiting" : "";
  const name = model.name(job);
  const tr = element("tr", { class: job.state },
    element("td", {}, element("button", { type: "button", "aria-label": `Block ${number(job.block.number)}: details of the job` }, height(number(job.block.number)))),
    element("td", {}, element("span", { class: "state", state: job.state }, job.state), marks ? element("span", { class: "mark" }, marks) : null),
    element("td", { title: job.programId, class: name ? "" : "mono" }, name || short(job.moduleHash), job.attempt > 1 ? element("span", { class: "muted" }, ` attempt ${job.attempt}`) : null),
    journal,
    element("td", { class: "num steps" }, job.result ? count(job.result.steps) : ""),
    element("td", { class: "num" }, proof));
  tr.dataset.key = job.jobId;
  return tr;
}

export function proofs(model) {
  const running = model.jobsNewestFirst().filter((j) => j.state === "proving").reverse();
  const items = running.map((j) => {
    const p = model.progress.get(j.jobId);
    const bar = element("progress", { "aria-label": "Progress", max: 1, ...(p && p.done >= 0 ? { value: p.done } : {}) });
    return element("li", { "data-key": j.jobId },
      element("div", { class: "row" },
        element("span", {}, `${model.name(j) || short(j.moduleHash)} at ${height(number(j.block.number))}`),
        element("span", { class: "muted" }, p ? p.stage : "starting")), bar);
  });
  reconcile($("proofs"), items);
  const done = model.jobsNewestFirst().filter((j) => j.proof).slice(0, 40).reverse();
  const waiting = model.status?.queues.proofsQueued ?? 0;
  text("proof-summary", waiting ? `${waiting} waiting` : "");
  $("no-proofs").hidden = running.length + done.length > 0;
  $("chart").hidden = done.length === 0;
  if (done.length > 0) chart(done.map((j) => j.proof.seconds));
}

function chart(values) {
  const max = Math.max(...values);
  const width = 300 / Math.max(values.length, 12);
  const bars = values.map((v, i) => {
    const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    const h = Math.max(2, (v / max) * 66);
    bar.dataset.key = i;
    for (const [k, x] of Object.entries({ x: i * width + 1, y: 70 - h, width: width - 2, height: h, rx: 1.5 })) bar.setAttribute(k, x.toFixed(2));
    return bar;
  });
  reconcile($("bars"), bars);
  const sorted = [...values].sort((a, b) => a - b);
  text("chart-text", `latest ${seconds(values.at(-1))}, median ${seconds(sorted[sorted.length >> 1])}, longest ${seconds(max)} over ${plural(values.length, "proof")}`);
}

export function nodes(model) {
  const s = model.status?.source;
  $("nodes-panel").hidden = !s;
  if (!s) return;
  const a = s.agreement;
  const held = a?.heldSeconds == null ? "" : `, held back for ${seconds(a.heldSeconds)}`;
  text("agreement", a ? `${a.same} of ${a.of} have ${height(number(a.block.number))}, ${a.want} must${held}` : s.connected ? "" : "not connected");
  reconcile($("nodes"), s.nodes.map((n) => element("li", { "data-key": n.name },
    element("div", { class: "row" },
      element("span", { class: "mono" }, n.name),
      element("span", { class: "state", state: n.state }, n.name === s.node && s.connected ? `followed, ${n.state}` : n.state)),
    element("span", { class: "muted" }, [n.head === "0x0" ? "" : "head " + height(number(n.head)), n.why && (n.seconds ? `for ${seconds(n.seconds)}: ` : "") + n.why].filter(Boolean).join(", ")))));
}

export function events(model) {
  const items = model.events.map((e) => element("li", { "data-key": e.id }, element("time", {}, clock(e.at)), ...happened(e)));
  reconcile($("events"), items);
  const { reorgs = 0, undone = 0 } = model.before ?? {};
  const earlier = [reorgs && plural(reorgs, "reorganisation"), undone && plural(undone, "job") + " undone"].filter(Boolean).join(", ");
  $("no-events").hidden = items.length > 0 && !earlier;
  text("no-events", earlier ? `Before ${items.length > 0 ? "that" : "this page was opened"}: ${earlier}.` : "Nothing withdrawn so far.");
}

function happened(e) {
  if (e.kind === "final") return [element("span", {}, `Final up to ${height(e.to)}`)];
  const what = e.source === "cursor" ? "Undone while away" : "Reorganisation";
  const blocks = e.kind === "undo" ? `back from ${height(e.from)} to ${height(e.to)}`
    : e.first === e.last ? `at ${height(e.first)}` : `at ${height(e.first)} to ${height(e.last)}`;
  return [element("span", { class: "reorg" }, what), element("span", { class: "detail" }, `${blocks}, ${plural(e.undone, "job")} undone`)];
}

export function detail(job, model, proofUrl) {
  text("detail-title", "Job " + short(job.jobId, 10, 6));
  const rows = {
    State: element("span", { class: "state", state: job.state }, job.state),
    Block: `${height(number(job.block.number))} ${job.block.hash}`,
    Module: `${model.name(job)} ${job.moduleHash}`.trim(),
    Program: job.programId,
    Attempt: job.retryOf ? `${job.attempt}, after ${job.retryOf} was undone` : String(job.attempt),
    Steps: job.result && `${count(job.result.steps)} instructions, ${plural(job.result.reads, "read")}, ${seconds((job.result.micros ?? 0) / 1e6)}`,
    Failure: job.failure && `${job.failure.class}: ${job.failure.reason}`,
    Proof: job.proof && `class ${job.proof.class}, ${seconds(job.proof.seconds)}`,
    Anchored: job.anchored && `in transaction ${job.anchored.tx}`,
    Final: job.finalized ? "yes" : "not yet",
    Job: job.jobId,
  };
  $("detail-facts").replaceChildren(...Object.entries(rows).filter(([, v]) => v)
    .flatMap(([k, v]) => [element("dt", {}, k), element("dd", { class: typeof v === "string" && v.includes("0x") ? "mono" : "" }, v)]));
  $("detail-journal").textContent = job.result?.journal ?? "–";
  $("detail-proof").hidden = !proofUrl;
  if (proofUrl) Object.assign($("detail-proof"), { href: proofUrl, download: `proof-${number(job.block.number)}-${job.jobId.slice(2, 10)}.json` });
  if (!$("detail").open) $("detail").showModal();
}
