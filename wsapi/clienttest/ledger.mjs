// What an application keeps: the live results. It checks what the stream
// promises: no duplicate, no unknown undo, blocks link.
export class Ledger {
  live = new Map(); // jobId -> block hash
  seen = new Set();
  blocks = []; // {number, hash}, the chain as told
  undos = [];
  problems = [];
  cursor = "";

  apply(message) {
    if (message.cursor) this.cursor = message.cursor;
    switch (message.type) {
      case "data": this.#data(message); break;
      case "undo": this.#undo(message); break;
      case "error": this.problems.push("error " + message.code + " " + message.message); break;
    }
  }

  #data({ block, items }) {
    const number = Number(block.number);
    const last = this.blocks.at(-1);
    if (last && number > last.number) {
      if (number !== last.number + 1) this.problems.push(`gap: ${last.number} then ${number}`);
      else if (block.parentHash !== last.hash) this.problems.push(`block ${number} does not link to what was told before`);
    }
    if (!last || number > last.number) this.blocks.push({ number, hash: block.hash });
    for (const item of items) {
      if (this.seen.has(item.jobId)) this.problems.push("duplicate " + item.jobId);
      this.seen.add(item.jobId);
      this.live.set(item.jobId, block.hash);
    }
  }

  #undo({ to, from, source, undone }) {
    const number = Number(to.number);
    this.undos.push({ to: number, from: Number(from.number), source });
    this.blocks = this.blocks.filter((b) => b.number <= number);
    const last = this.blocks.at(-1);
    if (last && (last.number !== number || last.hash !== to.hash)) this.problems.push(`undo to ${number}, which was never told`);
    for (const id of undone) this.live.delete(id);
  }
}

export async function until(what, test, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  while (!(await test())) {
    if (Date.now() > end) throw new Error("timed out waiting for " + what);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export function controller(url) {
  return async (path) => {
    const response = await fetch(url + path, { method: "POST" });
    if (!response.ok) throw new Error(path + ": " + response.status + " " + (await response.text()));
    return response.json();
  };
}

// same says whether the ledger holds exactly the server's live results of the
// blocks it was told about.
export function same(ledger, live) {
  const known = new Set(ledger.blocks.map((b) => b.hash));
  const want = live.filter((j) => known.has(j.hash)).map((j) => j.jobId).sort();
  const head = live.reduce((n, j) => Math.max(n, j.number), 0);
  return ledger.blocks.at(-1)?.number >= head && JSON.stringify([...ledger.live.keys()].sort()) === JSON.stringify(want);
}

export function check(condition, text) {
  if (!condition) throw new Error(text);
}
