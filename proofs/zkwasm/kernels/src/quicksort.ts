/** quicksort: sorts n 64-bit values (at most 4,096), recursively. */
import { begin, journalU64, next } from "./kernel";

const v = memory.data(32768, 8);

function at(i: i32): u64 {
  return load<u64>(v + (i << 3));
}

function sort(lo: i32, hi: i32): void {
  while (lo < hi) {
    const pivot = at((lo + hi) / 2);
    let i = lo, j = hi;
    while (i <= j) {
      while (at(i) < pivot) i++;
      while (at(j) > pivot) j--;
      if (i <= j) {
        const t = at(i);
        store<u64>(v + (i << 3), at(j));
        store<u64>(v + (j << 3), t);
        i++;
        j--;
      }
    }
    sort(lo, j);
    lo = i;
  }
}

export function run(): i32 {
  const n = begin();
  if (n > 4096) return 1;
  for (let i: u32 = 0; i < n; i++) store<u64>(v + (i << 3), next());
  sort(0, i32(n) - 1);
  let check: u64 = 0;
  for (let i: u32 = 0; i < n; i++) check = check * 31 + at(i);
  journalU64(check);
  return 0;
}
