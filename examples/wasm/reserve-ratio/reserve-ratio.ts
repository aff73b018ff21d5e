/**
 * reserve-ratio: the price in a constant-product pool, as a proven oracle.
 *
 * Reads items 0 and 1 of the collection "pool" (the two reserves) and writes
 * block number, reserves and price = reserve1 / reserve0 in millionths, rounded
 * down. The journal is described in README.md.
 *
 * Fails with 1 if reserve0 is 0, with 2 if it is 2^54 or more (the remainders
 * below would overflow) or if reserve1 / reserve0 is 2^44 or more.
 */
import * as vm from "../sdk/assemblyscript/vm";

export function run(): i32 {
  const name = memory.data<u8>([0x70, 0x6f, 0x6f, 0x6c], 8); // "pool"
  const journal = memory.data(32, 8);

  const pool = vm.collection(name, 4);
  const reserve0 = vm.stateU64(pool, 0);
  const reserve1 = vm.stateU64(pool, 1);

  if (reserve0 == 0) return 1;

  // Long division: the whole part, then twice three decimals.
  const whole = reserve1 / reserve0;
  const rest = (reserve1 - whole * reserve0) * 1000;
  const high = rest / reserve0;
  const low = (rest - high * reserve0) * 1000 / reserve0;
  if ((reserve0 >> 54 | whole >> 44) != 0) return 2;

  store<u64>(journal, vm.blockU64(vm.Field.Number));
  store<u64>(journal, reserve0, 8);
  store<u64>(journal, reserve1, 16);
  store<u64>(journal, whole * 1000000 + high * 1000 + low, 24);
  vm.journalWrite(journal, 32);
  return 0;
}
