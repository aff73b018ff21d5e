// Stock ethers: a SocketSubscriber for "results", the block event, an undo; and
// since ethers does not reconnect, a new provider that resumes by the cursor.
import { SocketSubscriber, WebSocketProvider } from "ethers";
import { check, controller, Ledger, same, until } from "./ledger.mjs";

const [url, controlUrl] = process.argv.slice(2);
const control = controller(controlUrl);
const ledger = new Ledger();

class Results extends SocketSubscriber {
  constructor(provider, options) { super(provider, ["results", options]); }
  async _emit(_provider, message) { ledger.apply(message); }
}

function connect() {
  const provider = new WebSocketProvider(url);
  provider.websocket.onerror = () => {};
  provider.on("error", () => {});
  const results = new Results(provider, { proofs: "none", cursor: ledger.cursor });
  results.start();
  return { provider, results };
}

let { provider } = connect();
check(Number((await provider.getNetwork()).chainId) === (await control("/info")).chainId, "chain id");
const heads = [];
await provider.on("block", (n) => heads.push(n));
await provider.getBlockNumber();
await provider.send("eth_nonsense", []).then(() => check(false, "an unknown method answered"), (e) => check(/-32601/.test(JSON.stringify(e)) || e.error?.code === -32601, "unknown method: " + e));

await control("/advance?n=3");
await until("three blocks", () => ledger.blocks.length >= 3);
await until("heads", () => heads.length >= 1);
await control("/reorg?depth=2");
await until("an undo", () => ledger.undos.length >= 1);
await until("the new branch", async () => same(ledger, await control("/live")));

const before = ledger.undos.length;
await control("/away?reorg=2");
provider.destroy().catch(() => {});
({ provider } = connect());
await until("the undo of the reorganisation while away", () => ledger.undos.length > before);
await until("the state after resuming", async () => same(ledger, await control("/live")));
check(ledger.undos[before].source === "cursor" || (await control("/info")).moving, "source " + ledger.undos[before].source);

check(ledger.problems.length === 0, ledger.problems.join("; "));
console.log(JSON.stringify({ ok: true, client: "ethers", results: ledger.seen.size, live: ledger.live.size, undos: ledger.undos }));
process.exit(0);
