/** fnv: FNV-1a over n bytes, 64 at a time, by single-byte loads. */
import { begin, journalU64, next } from "./kernel";

export function run(): i32 {
  const n = begin();
  const p = memory.data(64, 8);
  for (let i: u32 = 0; i < 64; i += 8) {
    const hi = u64(next()) << 32;
    store<u64>(p + i, hi | next());
  }
  let h: u64 = 14695981039346656037;
  for (let done: u32 = 0; done < n; done += 64)
    for (let i: u32 = 0; i < 64; i++)
      h = (h ^ load<u8>(p + i)) * 1099511628211;
  journalU64(h);
  return 0;
}
