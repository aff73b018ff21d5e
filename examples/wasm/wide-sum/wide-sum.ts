/**
 * wide-sum: sum and greatest of 256-bit values, such as 18-decimal balances.
 *
 * Reads every item of the collection "values" and writes block number, count,
 * sum modulo 2^256 and the greatest value. The journal is described in
 * README.md.
 */
import * as vm from "../sdk/assemblyscript/vm";

/** Whether a < b; the most significant words come first. */
// @ts-ignore: decorator
@inline
function less(a3: u64, a2: u64, a1: u64, a0: u64, b3: u64, b2: u64, b1: u64, b0: u64): bool {
  if (a3 != b3) return a3 < b3;
  if (a2 != b2) return a2 < b2;
  if (a1 != b1) return a1 < b1;
  return a0 < b0;
}

export function run(): i32 {
  const name = memory.data<u8>([0x76, 0x61, 0x6c, 0x75, 0x65, 0x73], 8); // "values"
  const journal = memory.data(80, 8);
  const value = memory.data(32, 8);

  const values = vm.collection(name, 6);
  const count = vm.collectionLen(values);

  // vm.add256 and vm.lt256 would do, but variables are cheaper than memory.
  let s0: u64 = 0, s1: u64 = 0, s2: u64 = 0, s3: u64 = 0; // sum
  let g0: u64 = 0, g1: u64 = 0, g2: u64 = 0, g3: u64 = 0; // greatest
  if (count != 0) {
    let i = count;
    do { // tests at the end: one block of code a turn
      vm.stateRead(values, --i, value);
      const v0 = load<u64>(value), v1 = load<u64>(value, 8);
      const v2 = load<u64>(value, 16), v3 = load<u64>(value, 24);

      s0 += v0;
      let carry = u64(s0 < v0);
      s1 += v1;
      const over1 = u64(s1 < v1);
      s1 += carry;
      carry = over1 | u64(s1 < carry);
      s2 += v2;
      const over2 = u64(s2 < v2);
      s2 += carry;
      carry = over2 | u64(s2 < carry);
      s3 += v3 + carry;

      if (less(g3, g2, g1, g0, v3, v2, v1, v0)) {
        g0 = v0;
        g1 = v1;
        g2 = v2;
        g3 = v3;
      }
    } while (i != 0);
  }

  store<u64>(journal, vm.blockU64(vm.Field.Number));
  store<u64>(journal, u64(count), 8);
  store<u64>(journal, s0, 16);
  store<u64>(journal, s1, 24);
  store<u64>(journal, s2, 32);
  store<u64>(journal, s3, 40);
  store<u64>(journal, g0, 48);
  store<u64>(journal, g1, 56);
  store<u64>(journal, g2, 64);
  store<u64>(journal, g3, 72);
  vm.journalWrite(journal, 80);
  return 0;
}
