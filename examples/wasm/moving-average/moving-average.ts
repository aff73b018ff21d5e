/**
 * moving-average: simple and exponential average of the latest values.
 *
 * Reads the last `window` items of the collection "prices", oldest first, and
 * writes block number, the parameters, the simple and the exponential average.
 * Input and journal are described in README.md.
 *
 * Fails with 1 if the input is not 8 bytes, with 2 if window is 0, more than
 * 65536 or more than the collection has, or weight is not in 1 .. 65536, with 3
 * if a value is 2^47 or more (the products and the sum could then overflow).
 */
import * as vm from "../sdk/assemblyscript/vm";

export function run(): i32 {
  const name = memory.data<u8>([0x70, 0x72, 0x69, 0x63, 0x65, 0x73], 8); // "prices"
  const journal = memory.data(32, 8);

  const prices = vm.collection(name, 6);
  const len = vm.collectionLen(prices);

  if (vm.inputLen() != 8) return 1;
  vm.inputRead(journal + 8, 0, 8);

  const window = load<u32>(journal, 8);
  const weight = u64(load<u32>(journal, 12));
  if (window - 1 >= len || window > 65536 || weight - 1 >= 65536) return 2;

  const rest = 65536 - weight;
  let i = len - window;
  let ema = vm.stateU64(prices, i);
  let sum = ema, bits = ema;
  if (++i != len) {
    do { // tests at the end: one block of code a turn
      const v = vm.stateU64(prices, i);
      sum += v;
      bits |= v;
      ema = (ema * rest + v * weight + 32768) >> 16;
    } while (++i != len);
  }
  if (bits >> 47) return 3;

  store<u64>(journal, vm.blockU64(vm.Field.Number));
  store<u64>(journal, sum / u64(window), 16);
  store<u64>(journal, ema, 24);
  vm.journalWrite(journal, 32);
  return 0;
}
