// Watches results with stock viem, and loses nothing:
//
//   - after a dropped connection viem sends the same params object again, and
//     we keep the newest cursor in it;
//   - after a restart of this program the cursor comes from a file;
//   - a result that a reorganisation withdrew is taken back by its job id.
//
// node watch.mjs [ws://127.0.0.1:8547] [cursor-file]
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { createPublicClient, webSocket } from "viem";

const [url = "ws://127.0.0.1:8547", file = "cursor.txt"] = process.argv.slice(2);
const results = new Map(); // jobId -> journal: what is true now

const params = { proofs: "status", cursor: stored() };

function stored() {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return ""; // the first start: from now on
  }
}

// An application writes the cursor together with what it made of the message,
// in one transaction. Here the message is only printed.
function keep(cursor) {
  params.cursor = cursor;
  writeFileSync(file + ".new", cursor);
  renameSync(file + ".new", file);
}

function onMessage(message) {
  switch (message.type) {
    case "data":
      for (const item of message.items) {
        if (item.state !== "executed") continue;
        results.set(item.jobId, item.journal);
        console.log(`+ block ${Number(message.block.number)} job ${item.jobId} journal ${item.journal}`);
      }
      break;
    case "undo":
      for (const id of message.undone) {
        results.delete(id);
        console.log(`- job ${id} undone (${message.source})`);
      }
      break;
    case "proof":
      console.log(`  job ${message.jobId} ${message.status}${message.tx ? " in " + message.tx : ""}`);
      break;
    case "final":
      console.log(`= final up to block ${Number(message.to.number)}`);
      break;
    case "error": // too slow: the log no longer has what we missed
      console.error(`! ${message.message}`);
      startOver(message.oldestCursor);
      return;
  }
  if (message.cursor) keep(message.cursor);
}

// What is left when a cursor is past retention (or of another server): forget
// what we have, and read again from the oldest record.
function startOver(oldestCursor) {
  results.clear();
  keep(oldestCursor);
  subscribe();
}

// Ctrl-C ends the program between two messages, never within one.
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));

const client = createPublicClient({
  transport: webSocket(url, { keepAlive: true, reconnect: { delay: 500, attempts: 1000 } }),
});

async function subscribe() {
  try {
    await client.transport.subscribe({
      params: ["results", params],
      onData: ({ result }) => onMessage(result),
      onError: () => {}, // viem reconnects and subscribes again by itself
    });
  } catch (error) {
    const oldest = error.cause?.data?.oldestCursor ?? error.data?.oldestCursor;
    if (!oldest) throw error;
    console.error("! the cursor cannot be resumed, starting over");
    startOver(oldest);
  }
}

await subscribe();
console.log(`watching ${url}`);
