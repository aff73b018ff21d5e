/**
 * What every kernel of the suite shares: its parameters and a generator of
 * data, the same as in kernel.h.
 */
import * as vm from "../../../../examples/wasm/sdk/assemblyscript/vm";

export { journalU64, journalWrite } from "../../../../examples/wasm/sdk/assemblyscript/vm";

let state: u64 = 0;

/** Reads the input: n, and where the data starts. Returns n. */
export function begin(): u32 {
  const job = memory.data(8, 8);
  vm.inputRead(job, 0, 8);
  state = load<u32>(job, 4);
  return load<u32>(job);
}

/** The next 32 random bits. */
export function next(): u32 {
  state = state * 6364136223846793005 + 1442695040888963407;
  return u32(state >> 32);
}
