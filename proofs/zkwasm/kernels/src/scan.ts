/** scan: prefix sums of n 64-bit values, over and over 64 of them. */
import { begin, journalU64, next } from "./kernel";

export function run(): i32 {
  const n = begin();
  const v = memory.data(512, 8), out = memory.data(512, 8);
  for (let i: u32 = 0; i < 512; i += 8) store<u64>(v + i, next());
  let sum: u64 = 0;
  for (let done: u32 = 0; done < n; done += 64) {
    for (let i: u32 = 0; i < 512; i += 8) {
      sum += load<u64>(v + i);
      store<u64>(out + i, sum);
    }
  }
  journalU64(load<u64>(out, 504));
  return 0;
}
