/*
 * vm.h - the guest ABI of vmhost for C (clang, wasm32). ABI version 1.
 *
 * A guest exports run(), reads checked chain state through collections, and
 * appends its result to the journal. It is deterministic: no clock, no
 * randomness, no environment. All lengths and indexes are unsigned. A call that
 * cannot be answered traps, with a named reason, and the job fails; no call
 * returns an error code.
 *
 *     #include "vm.h"
 *
 *     VM_RUN int32_t run(void) {
 *         vm_collection_t pool = VM_COLLECTION("pool");
 *         vm_journal_u64(vm_state_u64(pool, 0));
 *         return 0;
 *     }
 *
 * Build without floats and without instructions past WebAssembly 1.0:
 *
 *     clang-19 --target=wasm32 -mcpu=mvp -O2 -ffreestanding -nostdlib \
 *         -Wl,--no-entry -Wl,--strip-all -Wl,-z,stack-size=4096 \
 *         -Wl,--initial-memory=65536 -Wl,--max-memory=65536 -o guest.wasm guest.c
 *
 * Proving costs follow what is executed. Cheap: 64-bit integer arithmetic,
 * vm_state_u64, 8-byte aligned memory, one journal write of a few words. Dear:
 * byte loops, arrays on the stack, signed division, many variables that a loop
 * carries from one turn to the next.
 *
 * vm_keccak256 costs 35,000 constraints for every 136 bytes, the first
 * vm_state_read_at of a block 4,500 and each read its path.
 */
#ifndef VMHOST_VM_H
#define VMHOST_VM_H

#include <stdint.h>

#define VM_IMPORT(name) __attribute__((import_module("vm"), import_name(name)))

/* Put before the definition of run. A result other than 0 fails the job. */
#define VM_RUN __attribute__((export_name("run")))

/* Put before a static buffer, so that 8-byte accesses to it are aligned. */
#define VM_ALIGNED __attribute__((aligned(8)))

/* Handle of a collection: a named, ordered list of watched 256-bit values. */
typedef uint32_t vm_collection_t;

/* The collection of the block's header fields, always there; see VM_BLOCK_... */
#define VM_HEADER ((vm_collection_t)0)

/* ---- input: private bytes that the job came with ---- */

/* Length of the input in bytes. */
VM_IMPORT("input_len") uint32_t vm_input_len(void);

/* Copies up to len bytes of the input from offset off to dst; returns how many. */
VM_IMPORT("input_read") uint32_t vm_input_read(void *dst, uint32_t off, uint32_t len);

/* ---- journal: the public result ---- */

/* Appends len bytes. Limit: 248 bytes in all when the job is proven, else 64 KiB. */
VM_IMPORT("journal_write") void vm_journal_write(const void *ptr, uint32_t len);

/* ---- state at the job's block ---- */

/* Handle of the collection called name (see VM_COLLECTION). Traps if unknown. */
VM_IMPORT("collection") vm_collection_t vm_collection(const char *name, uint32_t len);

/* Number of items. */
VM_IMPORT("collection_len") uint32_t vm_collection_len(vm_collection_t c);

/* Value of item index; traps if it needs more than 64 bits. */
VM_IMPORT("state_u64") uint64_t vm_state_u64(vm_collection_t c, uint32_t index);

/* Value of item index as 32 little-endian bytes (see vm_u256). */
VM_IMPORT("state_read") void vm_state_read(vm_collection_t c, uint32_t index, void *dst);

/* Values of n items from index on, 32 bytes each. */
VM_IMPORT("state_read_n")
void vm_state_read_n(vm_collection_t c, uint32_t index, uint32_t n, void *dst);

/* Value of item index as it was age blocks earlier. */
VM_IMPORT("state_read_at")
void vm_state_read_at(uint32_t age, vm_collection_t c, uint32_t index, void *dst);

/* What item index is. */
VM_IMPORT("item") void vm_item(vm_collection_t c, uint32_t index, void *dst);

/* The 85 bytes that vm_item writes; addresses and hashes as on chain. */
typedef struct {
	uint8_t kind; /* 0 slot, 1 balance, 2 nonce, 3 code hash, 4 header field */
	uint8_t address[20];
	uint8_t slot[32];
	uint8_t key[32]; /* mapping key the slot was derived from, 0 if none */
} vm_item_t;

/* The 32-byte root over the collection's items: what a contract can pin. */
VM_IMPORT("manifest") void vm_manifest(vm_collection_t c, void *dst);

/* ---- the block ---- */

enum {
	VM_BLOCK_NUMBER = 0,
	VM_BLOCK_TIMESTAMP = 1, /* seconds */
	VM_BLOCK_BASE_FEE = 2,  /* wei */
	VM_BLOCK_HASH = 3,      /* bytes as on chain */
	VM_BLOCK_GAS_USED = 4,
	VM_BLOCK_PREV_RANDAO = 5,
};

/* Writes a field of the job's block: 32 bytes, numbers little-endian. */
VM_IMPORT("block") void vm_block(uint32_t field, void *dst);

/* ---- others ---- */

/* Writes the 32-byte Keccak-256 of len bytes. */
VM_IMPORT("keccak256") void vm_keccak256(const void *ptr, uint32_t len, void *dst);

/* A debugging message; not part of the result or of the claim. */
VM_IMPORT("log") void vm_log(const char *ptr, uint32_t len);

/* ---- helpers; each is only linked where it is used ---- */

/* Handle of a collection given by a string literal. */
#define VM_COLLECTION(literal)                                      \
	__extension__({                                             \
		static const char VM_ALIGNED vm_name_[] = literal;  \
		vm_collection(vm_name_, sizeof vm_name_ - 1);       \
	})

/* Logs a string literal. */
#define VM_LOG(literal) vm_log(literal, sizeof(literal) - 1)

/* Appends v to the journal, 8 bytes little-endian. To append many values,
 * store them in a static VM_ALIGNED array and write that once: it is cheaper. */
static inline void vm_journal_u64(uint64_t v)
{
	static uint64_t word;
	word = v;
	vm_journal_write(&word, sizeof word);
}

/* A block field that fits 64 bits: number, timestamp, gas used, base fee. No
 * memory is touched, so this is cheaper than vm_block. */
static inline uint64_t vm_block_u64(uint32_t field)
{
	return vm_state_u64(VM_HEADER, field);
}

/* Reverses the bytes of v, for journals that Solidity reads as uint64. */
static inline uint64_t vm_swap64(uint64_t v)
{
	v = (v & 0x00ff00ff00ff00ffu) << 8 | (v >> 8 & 0x00ff00ff00ff00ffu);
	v = (v & 0x0000ffff0000ffffu) << 16 | (v >> 16 & 0x0000ffff0000ffffu);
	return v << 32 | v >> 32;
}

/* A 256-bit unsigned integer; w[0] is the least significant word. The layout is
 * that of vm_state_read, so one can be read in place. */
typedef struct {
	uint64_t w[4];
} vm_u256;

/* 1 if a < b, else 0. */
static inline uint32_t vm_u256_lt(const vm_u256 *a, const vm_u256 *b)
{
	if (a->w[3] != b->w[3])
		return a->w[3] < b->w[3];
	if (a->w[2] != b->w[2])
		return a->w[2] < b->w[2];
	if (a->w[1] != b->w[1])
		return a->w[1] < b->w[1];
	return a->w[0] < b->w[0];
}

/* 1 if a == b, else 0. */
static inline uint32_t vm_u256_eq(const vm_u256 *a, const vm_u256 *b)
{
	return ((a->w[0] ^ b->w[0]) | (a->w[1] ^ b->w[1]) | (a->w[2] ^ b->w[2]) |
		(a->w[3] ^ b->w[3])) == 0;
}

/* One word of an addition: returns a + b + *carry and leaves the new carry. */
static inline uint64_t vm_addc(uint64_t a, uint64_t b, uint64_t *carry)
{
	uint64_t s = a + b;
	uint64_t t = s + *carry;
	*carry = (uint64_t)(s < a) | (uint64_t)(t < s);
	return t;
}

/* *a += *b modulo 2^256; returns the carry, 0 or 1. */
static inline uint32_t vm_u256_add(vm_u256 *a, const vm_u256 *b)
{
	uint64_t carry = 0;
	a->w[0] = vm_addc(a->w[0], b->w[0], &carry);
	a->w[1] = vm_addc(a->w[1], b->w[1], &carry);
	a->w[2] = vm_addc(a->w[2], b->w[2], &carry);
	a->w[3] = vm_addc(a->w[3], b->w[3], &carry);
	return (uint32_t)carry;
}

#endif
