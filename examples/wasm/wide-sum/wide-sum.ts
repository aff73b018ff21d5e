/**
 * wide-sum: sum and greatest of 256-bit values, such as 18-decimal balances.
 *
 * Reads every item of the collection "values" and writes block number, count,
 * sum modulo 2^256 and the greatest value. The journal is described in
 * README.md.
 */
import * as vm from "../sdk/assemblyscript/vm";

export function run(): i32 {
  const name = memory.data<u8>([0x76, 0x61, 0x6c, 0x75, 0x65, 0x73], 8); // "values"
  const journal = memory.data(80, 8);
  const value = memory.data(32, 8);
  const sum = journal + 16;
  const greatest = journal + 48;

  const values = vm.collection(name, 6);
  const count = vm.collectionLen(values);

  store<u64>(journal, vm.blockU64(vm.Field.Number));
  store<u64>(journal, u64(count), 8);
  if (count != 0) {
    let i = count;
    do { // tests at the end: one block of code a turn
      vm.stateRead(values, --i, value);
      vm.add256(sum, value);
      if (vm.lt256(greatest, value)) vm.copy256(greatest, value);
    } while (i != 0);
  }
  vm.journalWrite(journal, 80);
  return 0;
}
