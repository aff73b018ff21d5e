// Compiles every contract under ../src with the pinned solc-js and writes one
// JSON artifact a deployable contract. Deterministic: sorted input, no
// metadata hash, fixed optimizer and EVM version.
//
//   node compile.mjs OUT_DIR TEST_OUT_DIR ABIGEN_DIR
//
// OUT_DIR gets the artifacts, TEST_OUT_DIR those of src/test, ABIGEN_DIR a
// NAME.abi and NAME.bin for each contract that gets Go bindings: all but those
// of src/test and the judges, which share structs that abigen would declare twice.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import solc from "solc";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "src");
const [outDir, testOutDir, abigenDir] = process.argv.slice(2);
if (!abigenDir) {
  console.error("usage: node compile.mjs OUT_DIR TEST_OUT_DIR ABIGEN_DIR");
  process.exit(2);
}

const settings = {
  optimizer: { enabled: true, runs: 1000000 },
  evmVersion: "cancun",
  metadata: { appendCBOR: false, bytecodeHash: "none" },
  outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } },
};

function sources(dir) {
  return readdirSync(dir, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((e) => {
      const path = join(dir, e.name);
      if (e.isDirectory()) return sources(path);
      return e.name.endsWith(".sol") ? [path] : [];
    });
}

const input = { language: "Solidity", sources: {}, settings };
for (const path of sources(root)) {
  input.sources[relative(root, path)] = { content: readFileSync(path, "utf8") };
}
const output = JSON.parse(solc.compile(JSON.stringify(input)));
let failed = false;
for (const e of output.errors ?? []) {
  console.error(e.formattedMessage);
  failed ||= e.severity !== "info"; // warnings fail too
}
if (failed) process.exit(1);

const { outputSelection, ...shown } = settings;
const seen = new Map();
for (const file of Object.keys(output.contracts).sort()) {
  for (const [name, c] of Object.entries(output.contracts[file])) {
    const bytecode = c.evm.bytecode.object;
    if (bytecode === "" || c.abi.length === 0) continue; // interface, library of internal functions
    if (seen.has(name)) throw new Error(`${name} is in ${seen.get(name)} and in ${file}`);
    seen.set(name, file);
    const artifact = {
      contract: name,
      source: file,
      compiler: solc.version(),
      settings: shown,
      abi: c.abi,
      bytecode: "0x" + bytecode,
      runtimeBytecode: "0x" + c.evm.deployedBytecode.object,
    };
    const test = file.startsWith("test/");
    writeFileSync(join(test ? testOutDir : outDir, `${name}.json`), JSON.stringify(artifact, null, 1) + "\n");
    if (!test && !name.endsWith("Judge")) {
      writeFileSync(join(abigenDir, `${name}.abi`), JSON.stringify(c.abi));
      writeFileSync(join(abigenDir, `${name}.bin`), bytecode);
    }
  }
}
