/** insertsort: sorts n arrays of 16 values. */
import { begin, journalU64, next } from "./kernel";

export function run(): i32 {
  const n = begin();
  const v = memory.data(64, 8);
  let check: u64 = 0;
  for (let k: u32 = 0; k < n; k++) {
    for (let i: u32 = 0; i < 64; i += 4) store<u32>(v + i, next());
    for (let i: u32 = 4; i < 64; i += 4) {
      const x = load<u32>(v + i);
      let j = i;
      while (j > 0 && load<u32>(v + j - 4) > x) {
        store<u32>(v + j, load<u32>(v + j - 4));
        j -= 4;
      }
      store<u32>(v + j, x);
    }
    check = check * 31 + load<u32>(v) + load<u32>(v, 60);
  }
  journalU64(check);
  return 0;
}
