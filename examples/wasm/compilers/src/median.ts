/**
 * median in AssemblyScript with its default runtime: strings, arrays, closures
 * and the garbage collector.
 */
import * as vm from "../../sdk/assemblyscript/vm";

const NAMES = ["prices", "volumes", "pool", "fees", "balances"];

export function run(): i32 {
  if (vm.inputLen() != 1) return 1;
  const input = new Uint8Array(1);
  vm.inputRead(input.dataStart, 0, 1);
  const kind = input[0];
  if (<i32>kind >= NAMES.length) return 2;
  const name = String.UTF8.encode(NAMES[kind]);
  const c = vm.collection(changetype<usize>(name), name.byteLength);
  const n = vm.collectionLen(c);
  if (n == 0) return 3;
  const values: u64[] = [];
  let sum: u64 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const v = vm.stateU64(c, i);
    sum += v;
    values.push(v);
  }
  values.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  vm.journalU64(n);
  vm.journalU64(values[0]);
  vm.journalU64(values[<i32>(n - 1) / 2]);
  vm.journalU64(values[<i32>n - 1]);
  vm.journalU64(sum);
  return 0;
}
