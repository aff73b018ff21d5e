/** fixmath: square root and exponential of n numbers in 32.32 fixed point. */
import { begin, journalU64, next } from "./kernel";

/** floor(sqrt(v)), digit by digit. */
function root(v: u64): u64 {
  let r: u64 = 0;
  for (let bit: u64 = 1 << 62; bit != 0; bit >>= 2) {
    if (v >= r + bit) {
      v -= r + bit;
      r = (r >> 1) + bit;
    } else {
      r >>= 1;
    }
  }
  return r;
}

/** exp of x in [0, 1), 32 binary places, by its series. */
function exponential(x: u64): u64 {
  let sum: u64 = 1 << 32, term = sum;
  for (let k: u64 = 1; term != 0; k++) {
    term = (term * x >> 32) / k;
    sum += term;
  }
  return sum;
}

export function run(): i32 {
  const n = begin();
  let check: u64 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const x = u64(next());
    check = check * 31 + root(x << 32) + exponential(x >> 2);
  }
  journalU64(check);
  return 0;
}
