// The dashboard: one WebSocket, three subscriptions, one drawing a frame.

import { Model } from "/dashboard/model.js";
import { Rpc } from "/dashboard/rpc.js";
import { anchors } from "/dashboard/anchors.js";
import * as view from "/dashboard/view.js";

const history = 24; // blocks shown at the start
const model = new Model();
let filter = "all";
let dirty = true;

const rpc = new Rpc(location.href.replace(/^http/, "ws").replace(/[^/]*([?#].*)?$/, "ws"), (state) => {
  document.getElementById("link").dataset.state = state;
  document.getElementById("link-text").textContent = { live: "live", connecting: "connecting", down: "reconnecting" }[state];
});

function changed() { dirty = true; }

function notice(text) {
  const node = document.getElementById("notice");
  node.hidden = !text;
  node.textContent = text;
}

async function refreshModules() {
  model.setModules(await rpc.call("vm_listModules"));
  changed();
}

rpc.subscribe(
  async () => {
    const jobs = await rpc.call("vm_listJobs", [{ limit: 300 }]);
    for (const job of jobs.reverse()) model.setJob(job);
    model.setPast(jobs);
    await refreshModules();
    return ["status"];
  },
  (status) => {
    const known = model.status?.modules;
    model.setStatus(status);
    if (known !== undefined && known !== status.modules) refreshModules().catch(() => {});
    changed();
  });

rpc.subscribe(
  async () => {
    if (model.cursor) return ["results", { proofs: "none", cursor: model.cursor }];
    const { head } = await rpc.call("vm_status");
    const from = head ? "0x" + Math.max(Number.parseInt(head.number, 16) - history, 0).toString(16) : "latest";
    return ["results", { proofs: "none", from }];
  },
  (message) => {
    if (message.type === "error") notice(message.message);
    else model.apply(message);
    changed();
  },
  (error) => {
    if (error.code !== -32001 || !model.cursor) return false;
    notice("The server restarted with another log: what was shown before is gone.");
    model.forget();
    return true;
  });

rpc.subscribe(() => ["newHeads"], (head) => { model.addBlock(head); changed(); });

async function open(id) {
  try {
    const job = await rpc.call("vm_getJob", [id]);
    let url = "";
    if (job.state === "proven") {
      const file = await rpc.call("vm_getProof", [id]);
      url = "data:application/json," + encodeURIComponent(JSON.stringify(file));
    }
    view.detail(job, model, url);
  } catch (error) {
    notice("Job " + id + ": " + error.message);
  }
}

function draw() {
  view.tiles(model); // the age of the head moves by itself
  if (dirty) {
    dirty = false;
    view.blocks(model);
    view.jobs(model, filter, open);
    view.proofs(model);
    view.events(model);
    view.nodes(model);
    anchors(model);
  }
}

document.getElementById("filter").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  filter = button.dataset.filter;
  for (const b of button.parentNode.children) b.setAttribute("aria-pressed", String(b === button));
  changed();
  draw();
});
const dialog = document.getElementById("detail");
document.getElementById("detail-close").addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

const root = document.documentElement;
const stored = localStorage.getItem("theme");
if (stored) root.dataset.theme = stored;
document.getElementById("theme").addEventListener("click", () => {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
});

setInterval(draw, 100);
rpc.open();
