/**
 * balance-dist: how a token is spread over its holders.
 *
 * Reads every item of the collection "balances" and writes block number, count,
 * sum, least, greatest and the greatest's share of the sum in basis points. The
 * journal is described in README.md.
 *
 * Fails with 1 if the sum needs more than 64 bits.
 */
import * as vm from "../sdk/assemblyscript/vm";

/**
 * part * 10000 / whole, rounded down, for part <= whole and whole > 0. From
 * 2^50 on whole is first divided by 10000: the result is then at most one too
 * great, and never above 10000.
 */
// @ts-ignore: decorator
@inline
function basisPoints(part: u64, whole: u64): u64 {
  if (whole >> 50) whole /= 10000;
  else part *= 10000;
  return part / whole;
}

export function run(): i32 {
  const name = memory.data<u8>([0x62, 0x61, 0x6c, 0x61, 0x6e, 0x63, 0x65, 0x73], 8); // "balances"
  const journal = memory.data(48, 8);

  const balances = vm.collection(name, 8);
  const count = vm.collectionLen(balances);

  let sum: u64 = 0, carry: u64 = 0, max: u64 = 0;
  let min: u64 = select<u64>(u64.MAX_VALUE, 0, count != 0);
  if (count != 0) {
    let i = count;
    do { // tests at the end: one block of code a turn
      const v = vm.stateU64(balances, --i);
      sum += v;
      carry += u64(sum < v);
      min = select(v, min, v < min);
      max = select(v, max, v > max);
    } while (i != 0);
  }
  if (carry) return 1;

  store<u64>(journal, vm.blockU64(vm.Field.Number));
  store<u64>(journal, u64(count), 8);
  store<u64>(journal, sum, 16);
  store<u64>(journal, min, 24);
  store<u64>(journal, max, 32);
  store<u64>(journal, basisPoints(max, select<u64>(sum, 1, sum != 0)), 40);
  vm.journalWrite(journal, 48);
  return 0;
}
