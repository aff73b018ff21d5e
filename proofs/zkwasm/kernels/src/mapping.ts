/** mapping: n updates of an open-addressing hash table of 256 places, half full. */
import { begin, journalU64, next } from "./kernel";

export function run(): i32 {
  const n = begin();
  const table = memory.data(4096, 8);
  let found: u64 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const key = 1 + u64(next() >> 25); // one of 128
    let p = table + (usize(key * 0x9e3779b97f4a7c15 >> 56) << 4);
    for (let k = load<u64>(p); k != 0 && k != key; k = load<u64>(p))
      p = table + ((p - table + 16) & 4095);
    found += load<u64>(p, 8);
    store<u64>(p, key);
    store<u64>(p, load<u64>(p, 8) + i, 8);
  }
  journalU64(found);
  return 0;
}
