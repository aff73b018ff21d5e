/** bigint: n steps of x = x * y + z modulo 2^256, in words of 32 bits. */
import { begin, journalWrite, next } from "./kernel";

export function run(): i32 {
  const n = begin();
  const x = memory.data(32, 8), y = memory.data(32, 8), z = memory.data(32, 8), r = memory.data(32, 8);
  for (let i: u32 = 0; i < 32; i += 4) {
    store<u32>(x + i, next());
    store<u32>(y + i, next() | 1);
    store<u32>(z + i, next());
  }
  for (let k: u32 = 0; k < n; k++) {
    for (let i: u32 = 0; i < 32; i += 4) store<u32>(r + i, load<u32>(z + i));
    for (let i: u32 = 0; i < 32; i += 4) {
      let carry: u64 = 0;
      for (let j: u32 = 0; i + j < 32; j += 4) {
        carry += u64(load<u32>(x + i)) * load<u32>(y + j) + load<u32>(r + i + j);
        store<u32>(r + i + j, u32(carry));
        carry >>= 32;
      }
    }
    for (let i: u32 = 0; i < 32; i += 4) store<u32>(x + i, load<u32>(r + i));
  }
  journalWrite(x, 32);
  return 0;
}
