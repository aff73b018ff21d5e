/**
 * vm.ts - the guest ABI of vmhost for AssemblyScript. ABI version 1.
 *
 * A guest exports run(), reads checked chain state through collections, and
 * appends its result to the journal. It is deterministic: no clock, no
 * randomness, no environment. All lengths and indexes are unsigned. A call that
 * cannot be answered traps, with a named reason, and the job fails; no call
 * returns an error code.
 *
 *     import * as vm from "../sdk/assemblyscript/vm";
 *
 *     export function run(): i32 {
 *       const name = memory.data<u8>([0x70, 0x6f, 0x6f, 0x6c], 8); // "pool"
 *       vm.journalU64(vm.stateU64(vm.collection(name, 4), 0));
 *       return 0;
 *     }
 *
 * Names and buffers are static: memory.data(...) is a place in memory that
 * exists from the start. Do not use strings, arrays, classes or closures: they
 * allocate, and the proof pays for it. Build as build.sh does: runtime stub, no
 * abort, no instructions past WebAssembly 1.0.
 *
 * keccak256 costs 35,000 constraints for every 136 bytes, the first stateReadAt
 * of a block 4,500 and each read its path.
 */

/** Handle of a collection: a named, ordered list of watched 256-bit values. */
export type Collection = u32;

/** The collection of the block's header fields, always there; see Field. */
export const HEADER: Collection = 0;

// ---- input: private bytes that the job came with ----

/** Length of the input in bytes. */
@external("vm", "input_len")
export declare function inputLen(): u32;

/** Copies up to len bytes of the input from offset off to dst; returns how many. */
@external("vm", "input_read")
export declare function inputRead(dst: usize, off: u32, len: u32): u32;

// ---- journal: the public result ----

/** Appends len bytes. Limit: 248 bytes in all when the job is proven, else 64 KiB. */
@external("vm", "journal_write")
export declare function journalWrite(ptr: usize, len: u32): void;

// ---- state at the job's block ----

/** Handle of the collection with that name. Traps if unknown. */
@external("vm", "collection")
export declare function collection(name: usize, len: u32): Collection;

/** Number of items. */
@external("vm", "collection_len")
export declare function collectionLen(c: Collection): u32;

/** Value of item index; traps if it needs more than 64 bits. */
@external("vm", "state_u64")
export declare function stateU64(c: Collection, index: u32): u64;

/** Writes the value of item index as 32 little-endian bytes. */
@external("vm", "state_read")
export declare function stateRead(c: Collection, index: u32, dst: usize): void;

/** Writes the values of n items from index on, 32 bytes each. */
@external("vm", "state_read_n")
export declare function stateReadN(c: Collection, index: u32, n: u32, dst: usize): void;

/** Writes the value of item index as it was age blocks earlier. */
@external("vm", "state_read_at")
export declare function stateReadAt(age: u32, c: Collection, index: u32, dst: usize): void;

/** Writes kind (1 byte), address (20), slot (32) and key (32) of item index. */
@external("vm", "item")
export declare function item(c: Collection, index: u32, dst: usize): void;

/** Writes the 32-byte root over the collection's items. */
@external("vm", "manifest")
export declare function manifest(c: Collection, dst: usize): void;

// ---- the block ----

/** Fields of block(); the hash is written as on chain, numbers little-endian. */
export const enum Field {
  Number = 0,
  /** Seconds. */
  Timestamp = 1,
  /** Wei. */
  BaseFee = 2,
  Hash = 3,
  GasUsed = 4,
  PrevRandao = 5,
}

/** Writes a field of the job's block: 32 bytes. */
@external("vm", "block")
export declare function block(field: Field, dst: usize): void;

// ---- others ----

/** Writes the 32-byte Keccak-256 of len bytes. */
@external("vm", "keccak256")
export declare function keccak256(ptr: usize, len: u32, dst: usize): void;

/** A debugging message; not part of the result or of the claim. */
@external("vm", "log")
export declare function log(ptr: usize, len: u32): void;

// ---- helpers; each is only compiled where it is used ----

/**
 * Appends v to the journal, 8 bytes little-endian. To append many values, store
 * them in one static buffer and write that once: it is cheaper.
 */
export function journalU64(v: u64): void {
  const word = memory.data(8, 8);
  store<u64>(word, v);
  journalWrite(word, 8);
}

/**
 * A block field that fits 64 bits: number, timestamp, gas used, base fee. No
 * memory is touched, so this is cheaper than block().
 */
// @ts-ignore: decorator
@inline
export function blockU64(field: Field): u64 {
  return stateU64(HEADER, field);
}

// 256-bit unsigned integers stay in memory, 32 bytes least significant first:
// the layout that stateRead writes. Pointers should be multiples of 8.

/** Whether the 256-bit integer at a is less than the one at b. */
export function lt256(a: usize, b: usize): bool {
  if (load<u64>(a, 24) != load<u64>(b, 24)) return load<u64>(a, 24) < load<u64>(b, 24);
  if (load<u64>(a, 16) != load<u64>(b, 16)) return load<u64>(a, 16) < load<u64>(b, 16);
  if (load<u64>(a, 8) != load<u64>(b, 8)) return load<u64>(a, 8) < load<u64>(b, 8);
  return load<u64>(a) < load<u64>(b);
}

/** Whether the 256-bit integers at a and b are equal. */
export function eq256(a: usize, b: usize): bool {
  return (load<u64>(a) ^ load<u64>(b) | load<u64>(a, 8) ^ load<u64>(b, 8) |
    load<u64>(a, 16) ^ load<u64>(b, 16) | load<u64>(a, 24) ^ load<u64>(b, 24)) == 0;
}

/** Adds the 256-bit integer at b to the one at a, modulo 2^256; returns the carry. */
export function add256(a: usize, b: usize): u64 {
  let x = load<u64>(a);
  let s = x + load<u64>(b);
  store<u64>(a, s);
  let carry = u64(s < x);

  x = load<u64>(a, 8);
  s = x + load<u64>(b, 8);
  let t = s + carry;
  store<u64>(a, t, 8);
  carry = u64(s < x) | u64(t < s);

  x = load<u64>(a, 16);
  s = x + load<u64>(b, 16);
  t = s + carry;
  store<u64>(a, t, 16);
  carry = u64(s < x) | u64(t < s);

  x = load<u64>(a, 24);
  s = x + load<u64>(b, 24);
  t = s + carry;
  store<u64>(a, t, 24);
  return u64(s < x) | u64(t < s);
}

/** Copies the 256-bit integer at from to the one at to. */
export function copy256(to: usize, from: usize): void {
  store<u64>(to, load<u64>(from));
  store<u64>(to, load<u64>(from, 8), 8);
  store<u64>(to, load<u64>(from, 16), 16);
  store<u64>(to, load<u64>(from, 24), 24);
}
