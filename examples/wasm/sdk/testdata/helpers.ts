/**
 * Calls every helper of the SDK that the examples do not need, on items 0 and 1
 * of "values". ../../sdk_test.go says what must come out.
 */
import * as vm from "../assemblyscript/vm";

export function run(): void {
  const name = memory.data<u8>([0x76, 0x61, 0x6c, 0x75, 0x65, 0x73], 8); // "values"
  const a = memory.data(64, 8);
  const b = a + 32;
  const number = memory.data(32, 8);

  vm.log(name, 6);
  vm.stateReadN(vm.collection(name, 6), 0, 2, a);
  vm.block(vm.Field.Number, number);
  vm.journalU64(load<u64>(number));
  vm.journalU64(u64(vm.lt256(a, b)));
  vm.journalU64(u64(vm.eq256(a, b)));
  vm.journalU64(bswap(load<u64>(a)));
  vm.journalU64(vm.add256(a, b));
  vm.copy256(b, a);
  vm.journalWrite(b, 32);
}
