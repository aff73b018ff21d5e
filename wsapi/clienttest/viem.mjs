// Stock viem: subscribe, see data and an undo, lose the connection while the
// chain reorganises, and resume by the cursor without a gap or a duplicate.
import { createPublicClient, webSocket } from "viem";
import { check, controller, Ledger, same, until } from "./ledger.mjs";

const [url, controlUrl] = process.argv.slice(2);
const control = controller(controlUrl);
const client = createPublicClient({ transport: webSocket(url, { reconnect: { delay: 100, attempts: 50 }, keepAlive: { interval: 300 } }) });

check(await client.getChainId() === (await control("/info")).chainId, "eth_chainId");
check(typeof await client.getBlockNumber() === "bigint", "eth_blockNumber");
await client.request({ method: "eth_nonsense" }).then(() => check(false, "an unknown method answered"), (e) => check(e.code === -32601 || e.cause?.code === -32601, "unknown method: " + e));

const heads = [];
const stop = client.watchBlockNumber({ onBlockNumber: (n) => heads.push(Number(n)) });

const ledger = new Ledger();
const options = { proofs: "none", cursor: "" };
await client.transport.subscribe({
  params: ["results", options],
  onData: ({ result }) => {
    ledger.apply(result);
    options.cursor = ledger.cursor; // viem sends this very object again when it reconnects
  },
  onError: () => {},
});

await control("/advance?n=3");
await until("three blocks", () => ledger.blocks.length >= 3);
await until("heads", () => heads.length >= 3);
await control("/reorg?depth=2");
await until("an undo", () => ledger.undos.length >= 1);
await until("the new branch", async () => same(ledger, await control("/live")));
check(ledger.undos[0].source === "reorg", "source " + ledger.undos[0].source);

// Away: more blocks, then a reorganisation below what was seen, then more.
const before = ledger.undos.length;
await control("/away?reorg=2");
await until("the undo of the reorganisation while away", () => ledger.undos.length > before);
await until("the state after resuming", async () => same(ledger, await control("/live")));

// Away without a reorganisation: exactly the missed blocks.
const quiet = ledger.undos.length;
await control("/away?advance=3");
await until("the missed blocks", async () => same(ledger, await control("/live")));
check((await control("/info")).moving || ledger.undos.length === quiet, "an undo without a reorganisation");

stop();
check(ledger.problems.length === 0, ledger.problems.join("; "));
console.log(JSON.stringify({ ok: true, client: "viem", results: ledger.seen.size, live: ledger.live.size, undos: ledger.undos }));
process.exit(0);
