// Reads the lines of `vmhost dev --json` and fails unless the main job ran to its end.
import { readFileSync } from "node:fs";

const lines = readFileSync(process.argv[2], "utf8").trim().split("\n").map((l) => JSON.parse(l));
const { summary } = lines[lines.length - 1];
const wrong = [];
const atLeast = (name, n) => {
  if (!(summary?.[name] >= n)) wrong.push(`${name} is ${summary?.[name]}, want at least ${n}`);
};
for (const name of ["executed", "proven", "anchored", "verifiedOnChain", "reorgs", "undone", "rerun"]) atLeast(name, 1);
atLeast("blocks", 12);
if (!(summary?.proveSeconds?.length >= 1)) wrong.push("no proving times");
if (!(summary?.gas > 100000 && summary.gas <= 400000)) wrong.push(`verify gas is ${summary?.gas}`);
for (const event of ["executed", "proven", "anchored", "verified", "undone"]) {
  if (!lines.some((l) => l.event === event)) wrong.push(`no ${event} event`);
}
if (wrong.length) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
console.log("1 passed, 0 failed");
