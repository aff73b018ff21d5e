/** histogram: n values into 64 classes, then the class with the most. */
import { begin, journalU64, next } from "./kernel";

export function run(): i32 {
  const n = begin();
  const count = memory.data(256, 8);
  for (let i: u32 = 0; i < n; i++) {
    const p = count + (next() >> 26 << 2);
    store<u32>(p, load<u32>(p) + 1);
  }
  let best: u32 = 0, most = load<u32>(count);
  for (let i: u32 = 1; i < 64; i++) {
    const c = load<u32>(count + (i << 2));
    if (c > most) {
      most = c;
      best = i;
    }
  }
  journalU64(u64(best) << 32 | most);
  return 0;
}
