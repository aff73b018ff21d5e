// What the page knows: blocks, jobs, proofs in progress, events. No DOM here.

import { number } from "/dashboard/format.js";

const maxBlocks = 60;
const maxJobs = 400;
const maxEvents = 60;

export class Model {
  status = null;
  statusAt = 0;
  modules = new Map();
  blocks = new Map(); // hash -> { number, hash, reverted }
  jobs = new Map(); // id -> job
  progress = new Map(); // id -> { stage, done }
  events = []; // newest first
  before = null; // what was withdrawn before this page and is no event of it: { reorgs, undone }
  cursor = "";
  #events = 0;
  #past = null; // counts of the reorganisations found among the jobs at the start

  setModules(list) {
    for (const m of list) {
      this.modules.set(m.moduleHash, m);
      if (m.programId) this.modules.set(m.programId, m);
    }
  }

  setStatus(status) {
    this.status = status;
    this.statusAt = Date.now();
    if (this.#past && !this.before) {
      const { reorgs, undone } = status.totals;
      this.before = { reorgs: Math.max(reorgs - this.#past.reorgs, 0), undone: Math.max(undone - this.#past.undone, 0) };
    }
    for (const job of status.changed) this.setJob(job);
    for (const p of status.progress) this.progress.set(p.jobId, p);
  }

  setJob(job) {
    this.jobs.set(job.jobId, job);
    if (job.state !== "proving") this.progress.delete(job.jobId);
    if (this.jobs.size > maxJobs) this.jobs.delete(this.jobs.keys().next().value);
  }

  // Finds the reorganisations before this page in the jobs of the start: those
  // of one share the time at which they ended. The stream does not repeat them.
  setPast(jobs) {
    if (this.#past) return;
    const undone = jobs.filter((j) => j.state === "undone");
    const groups = [...Map.groupBy(undone, (j) => j.times.ended)].sort(([a], [b]) => b - a);
    for (const [at, list] of groups.slice(0, maxEvents)) {
      const heights = list.map((j) => number(j.block.number));
      this.events.push({
        id: ++this.#events, kind: "past", at: new Date(at), undone: list.length,
        first: Math.min(...heights), last: Math.max(...heights),
      });
    }
    this.#past = { reorgs: groups.length, undone: undone.length };
  }

  addBlock(block) {
    if (!block.hash) return;
    const n = number(block.number);
    const known = this.blocks.get(block.hash);
    if (known) { known.reverted = false; return; }
    this.blocks.set(block.hash, { number: n, hash: block.hash, reverted: false });
    for (const b of this.blocks.values()) if (b.number <= n - maxBlocks) this.blocks.delete(b.hash);
  }

  // Applies one message of the results stream.
  apply(message) {
    if (message.cursor) this.cursor = message.cursor;
    switch (message.type) {
      case "data": this.addBlock(message.block); break;
      case "undo": this.#undo(message); break;
      case "final": this.#event("final", { to: number(message.to.number) }); break;
    }
  }

  #undo(message) {
    const to = number(message.to.number), from = number(message.from.number);
    for (const b of this.blocks.values()) if (b.number > to) b.reverted = true;
    for (const id of message.undone) {
      const job = this.jobs.get(id);
      if (job) job.state = "undone";
    }
    this.#event("undo", { to, from, undone: message.undone.length, source: message.source });
  }

  #event(kind, facts) {
    const last = this.events[0];
    if (kind === "final" && last?.kind === "final") { // only the newest matters
      Object.assign(last, facts, { at: new Date() });
      return;
    }
    this.events.unshift({ id: ++this.#events, kind, at: new Date(), ...facts });
    this.events.length = Math.min(this.events.length, maxEvents);
  }

  forget() { // the cursor cannot be resumed: begin anew
    this.cursor = "";
    this.blocks.clear();
    this.jobs.clear();
    this.events = [];
    this.before = this.#past = null;
  }

  get head() { return this.status?.head ? number(this.status.head.number) : null; }
  get finalized() { return this.status ? number(this.status.finalized.number) : 0; }

  name(job) {
    return this.modules.get(job.moduleHash)?.name || "";
  }

  jobsNewestFirst() {
    return [...this.jobs.values()].sort((a, b) =>
      b.times.created - a.times.created || number(b.block.number) - number(a.block.number) || (a.jobId < b.jobId ? 1 : -1));
  }
}
