/*
 * The provable host functions of vmhost, compiled into every proof. They run in
 * the guest's own memory (a pointer is a guest address) and have neither stack
 * nor data of their own. What a real machine would do outside of the guest is an
 * import from "zk", which the lowering replaces by rows of the circuit.
 *
 * Whatever must trap is a branch on a value that depends on the fallible
 * operation: an operation whose result nobody needs has no row.
 */
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;

#define ZK(name) __attribute__((import_module("zk"), import_name(#name))) name
#define VM(name) __attribute__((export_name(#name))) vm_##name
#define UNLIKELY(x) __builtin_expect(!!(x), 0)

u64 ZK(memory_bytes)(void); /* a constant if the module cannot grow */
u64 ZK(max_memory_bytes)(void);
void ZK(grow_page)(void);
u32 ZK(input_bytes)(void);
u32 ZK(input_load8)(u32);
u32 ZK(input_load16)(u32);
u32 ZK(input_load32)(u32);
u64 ZK(input_load64)(u32);
u32 ZK(journal_len)(void);
void ZK(set_journal_len)(u32);
void ZK(journal_store8)(u32, u32);
void ZK(journal_store16)(u32, u32);
void ZK(journal_store32)(u32, u32);
void ZK(journal_store64)(u32, u64);
u64 ZK(leaf0)(u32 handle, u32 index); /* limbs of the value, least first */
u64 ZK(leaf1)(u32, u32);
u64 ZK(leaf2)(u32, u32);
u64 ZK(leaf3)(u32, u32);
u32 ZK(leaf4)(u32, u32); /* 1 if limbs 1 to 3 are not all 0 */
u32 ZK(len)(u32 handle);
u32 ZK(find)(u64, u64, u64, u64); /* limbs of length * 2^248 + name, least first */
u64 ZK(aged0)(u32 age, u32 handle, u32 index); /* limbs, as of leaf */
u64 ZK(aged1)(u32, u32, u32);
u64 ZK(aged2)(u32, u32, u32);
u64 ZK(aged3)(u32, u32, u32);
u64 ZK(manifest0)(u32 handle); /* words as the guest's memory holds them */
u64 ZK(manifest1)(u32);
u64 ZK(manifest2)(u32);
u64 ZK(manifest3)(u32);
u64 ZK(item0)(u32 handle, u32 index); /* words of kind, address, slot, key */
u64 ZK(item1)(u32, u32);
u64 ZK(item2)(u32, u32);
u64 ZK(item3)(u32, u32);
u64 ZK(item4)(u32, u32);
u64 ZK(item5)(u32, u32);
u64 ZK(item6)(u32, u32);
u64 ZK(item7)(u32, u32);
u64 ZK(item8)(u32, u32);
u64 ZK(item9)(u32, u32);
u64 ZK(item10)(u32, u32); /* the last 5 bytes */
u64 ZK(keccak_load)(u32 offset); /* the state of keccak256, 200 bytes */
void ZK(keccak_store)(u32, u64);
void ZK(keccak_f)(void);
_Noreturn void ZK(trap_out_of_bounds)(void);
_Noreturn void ZK(trap_journal_overflow)(void);
_Noreturn void ZK(trap_unknown_collection)(void);
_Noreturn void ZK(trap_value_too_wide)(void);
_Noreturn void ZK(trap_index_out_of_range)(void);
_Noreturn void ZK(trap_invalid_handle)(void);
_Noreturn void ZK(trap_unknown_block_field)(void);

#define JOURNAL_MAX 248
#define NO_LENGTH 0xffffffffu /* above every length: 8^d <= 2^30 */
#define NO_HANDLE 0xffffffffu /* above every handle: there are 4,096 */

typedef u8 any_u8;
typedef u16 any_u16 __attribute__((aligned(1)));
typedef u32 any_u32 __attribute__((aligned(1)));
typedef u64 any_u64 __attribute__((aligned(1)));
#define LOAD(type, a) (*(const volatile any_##type *)(a))
#define STORE(type, a, v) (*(volatile any_##type *)(a) = (v))

static inline __attribute__((always_inline)) void range(u32 ptr, u64 n)
{
	if (UNLIKELY(ptr + n > memory_bytes()))
		trap_out_of_bounds();
}

u32 VM(input_len)(void)
{
	return input_bytes();
}

u32 VM(input_read)(u32 dst, u32 off, u32 len)
{
	range(dst, len);
	u32 size = input_bytes();
	if (off >= size)
		return 0;
	if (len > size - off)
		len = size - off;
	u32 end = dst + len, s = off;
	while (end - dst >= 8) {
		STORE(u64, dst, input_load64(s));
		dst += 8;
		s += 8;
	}
	if (!(len & 7))
		return len;
	if (len & 4) {
		STORE(u32, dst, input_load32(s));
		dst += 4;
		s += 4;
	}
	if (len & 2) {
		STORE(u16, dst, input_load16(s));
		dst += 2;
		s += 2;
	}
	if (len & 1)
		STORE(u8, dst, input_load8(s));
	return len;
}

void VM(journal_write)(u32 ptr, u32 len)
{
	range(ptr, len);
	u32 at = journal_len();
	u32 sum = at + len; /* no overflow: len is at most the memory's size */
	if (UNLIKELY(sum > JOURNAL_MAX))
		trap_journal_overflow();
	set_journal_len(sum);
	u32 end = ptr + len;
	while (end - ptr >= 8) {
		journal_store64(at, LOAD(u64, ptr));
		ptr += 8;
		at += 8;
	}
	if (!(len & 7))
		return;
	if (len & 4) {
		journal_store32(at, LOAD(u32, ptr));
		ptr += 4;
		at += 4;
	}
	if (len & 2) {
		journal_store16(at, LOAD(u16, ptr));
		ptr += 2;
		at += 2;
	}
	if (len & 1)
		journal_store8(at, LOAD(u8, ptr));
}

static inline __attribute__((always_inline)) u64 swap(u64 x)
{
	x = x << 32 | x >> 32;
	__asm__("" : "+r"(x)); /* or clang sees a byte swap and spells it out in 21 instructions */
	x = (x & 0x0000ffff0000ffffull) << 16 | (x >> 16 & 0x0000ffff0000ffffull);
	return (x & 0x00ff00ff00ff00ffull) << 8 | (x >> 8 & 0x00ff00ff00ff00ffull);
}

/* The names of a committed directory obey the name rules, so a name with a bad
 * character or length is simply not found; only the empty name, whose element
 * would be 0, is excluded here, and lengths that do not fit the element. */
u32 VM(collection)(u32 name, u32 len)
{
	range(name, len);
	if (UNLIKELY(len - 1 > 30))
		trap_unknown_collection();
	/* The first limb holds what is left over by the others, 1 to 8 bytes. It is
	 * loaded as 8, as a load of single bytes would cost as much: from the name
	 * on, or up to its end where memory ends. There is no loop because lengths
	 * are mostly constants, and then little of this remains. */
	u64 a, b = 0, c = 0, d = 0;
	u32 first = ((len - 1) & 7) + 1, high = 64 - 8 * first, p = name + first;
	if (UNLIKELY(name + 8ull > memory_bytes()))
		a = swap(LOAD(u64, p - 8)) << high >> high;
	else
		a = swap(LOAD(u64, name)) >> high;
	if (len > 8) {
		b = a, a = swap(LOAD(u64, p));
		if (len > 16) {
			c = b, b = a, a = swap(LOAD(u64, p + 8));
			if (len > 24)
				d = c, c = b, b = a, a = swap(LOAD(u64, p + 16));
		}
	}
	u32 handle = find(a, b, c, d | (u64)len << 56);
	if (UNLIKELY(handle == NO_HANDLE))
		trap_unknown_collection();
	return handle;
}

u32 VM(collection_len)(u32 handle)
{
	u32 n = len(handle);
	if (UNLIKELY(n == NO_LENGTH))
		trap_invalid_handle();
	return n;
}

u64 VM(state_u64)(u32 handle, u32 index)
{
	if (UNLIKELY(leaf4(handle, index)))
		trap_value_too_wide();
	return leaf0(handle, index);
}

static inline __attribute__((always_inline)) void copy_leaf(u32 handle, u32 index, u32 dst)
{
	u64 a = leaf0(handle, index), b = leaf1(handle, index);
	u64 c = leaf2(handle, index), d = leaf3(handle, index);
	STORE(u64, dst, a);
	STORE(u64, dst + 8, b);
	STORE(u64, dst + 16, c);
	STORE(u64, dst + 24, d);
}

void VM(state_read)(u32 handle, u32 index, u32 dst)
{
	range(dst, 32);
	copy_leaf(handle, index, dst);
}

void VM(state_read_n)(u32 handle, u32 index, u32 n, u32 dst)
{
	range(dst, (u64)n * 32);
	u32 size = len(handle);
	if (UNLIKELY(size == NO_LENGTH)) /* index + n may be known to be 0 */
		trap_invalid_handle();
	if (UNLIKELY((u64)index + n > size))
		trap_index_out_of_range();
	for (u32 end = index + n; index != end; index++, dst += 32)
		copy_leaf(handle, index, dst);
}

void VM(state_read_at)(u32 age, u32 handle, u32 index, u32 dst)
{
	range(dst, 32);
	u64 a = aged0(age, handle, index), b = aged1(age, handle, index);
	u64 c = aged2(age, handle, index), d = aged3(age, handle, index);
	STORE(u64, dst, a);
	STORE(u64, dst + 8, b);
	STORE(u64, dst + 16, c);
	STORE(u64, dst + 24, d);
}

void VM(manifest)(u32 handle, u32 dst)
{
	range(dst, 32);
	STORE(u64, dst, manifest0(handle));
	STORE(u64, dst + 8, manifest1(handle));
	STORE(u64, dst + 16, manifest2(handle));
	STORE(u64, dst + 24, manifest3(handle));
}

void VM(item)(u32 handle, u32 index, u32 dst)
{
	range(dst, 85);
	STORE(u64, dst, item0(handle, index));
	STORE(u64, dst + 8, item1(handle, index));
	STORE(u64, dst + 16, item2(handle, index));
	STORE(u64, dst + 24, item3(handle, index));
	STORE(u64, dst + 32, item4(handle, index));
	STORE(u64, dst + 40, item5(handle, index));
	STORE(u64, dst + 48, item6(handle, index));
	STORE(u64, dst + 56, item7(handle, index));
	STORE(u64, dst + 64, item8(handle, index));
	STORE(u64, dst + 72, item9(handle, index));
	u64 last = item10(handle, index);
	STORE(u32, dst + 80, last);
	STORE(u8, dst + 84, last >> 32);
}

/* Header fields are the items of collection 0; the block hash (field 3) stands
 * in memory as on chain, numbers little-endian. */
void VM(block)(u32 field, u32 dst)
{
	range(dst, 32);
	if (UNLIKELY(field > 5))
		trap_unknown_block_field();
	copy_leaf(0, field, dst);
	if (field == 3) {
		u64 a = LOAD(u64, dst), b = LOAD(u64, dst + 8);
		u64 c = LOAD(u64, dst + 16), d = LOAD(u64, dst + 24);
		STORE(u64, dst, swap(d));
		STORE(u64, dst + 8, swap(c));
		STORE(u64, dst + 16, swap(b));
		STORE(u64, dst + 24, swap(a));
	}
}

#define RATE 136

static inline __attribute__((always_inline)) void absorb(u32 at, u64 word)
{
	keccak_store(at, keccak_load(at) ^ word);
}

void VM(keccak256)(u32 ptr, u32 len, u32 dst)
{
	range(ptr, len);
	range(dst, 32);
	for (u32 at = 0; at != 200; at += 40) {
		keccak_store(at, 0);
		keccak_store(at + 8, 0);
		keccak_store(at + 16, 0);
		keccak_store(at + 24, 0);
		keccak_store(at + 32, 0);
	}
	u32 at = 0, end = ptr + len;
	while (end - ptr >= 8) {
		absorb(at, LOAD(u64, ptr));
		ptr += 8;
		at += 8;
		if (at == RATE) {
			keccak_f();
			at = 0;
		}
	}
	u64 last = 1; /* what is left, and the padding's first bit */
	if (len & 1)
		last = 1 << 8 | LOAD(u8, ptr + (len & 6));
	if (len & 2)
		last = last << 16 | LOAD(u16, ptr + (len & 4));
	if (len & 4)
		last = last << 32 | LOAD(u32, ptr);
	absorb(at, last);
	absorb(RATE - 8, 1ull << 63);
	keccak_f();
	STORE(u64, dst, keccak_load(0));
	STORE(u64, dst + 8, keccak_load(8));
	STORE(u64, dst + 16, keccak_load(16));
	STORE(u64, dst + 24, keccak_load(24));
}

void VM(log)(u32 ptr, u32 len)
{
	range(ptr, len);
}

/* Instructions that are loops in a proof. */

void VM(memory_fill)(u32 dst, u32 value, u32 n)
{
	range(dst, n);
	u64 w = (value & 255) * 0x0101010101010101ull;
	u32 end = dst + n;
	while (dst != end && dst & 7)
		STORE(u8, dst++, value);
	while (end - dst >= 8) {
		STORE(u64, dst, w);
		dst += 8;
	}
	while (dst != end)
		STORE(u8, dst++, value);
}

void VM(memory_copy)(u32 dst, u32 src, u32 n)
{
	range(src, n);
	range(dst, n);
	if (dst - src >= n) { /* dst below src, or behind its end: upwards */
		u32 end = dst + n;
		while (end - dst >= 8) {
			STORE(u64, dst, LOAD(u64, src));
			dst += 8;
			src += 8;
		}
		while (dst != end)
			STORE(u8, dst++, LOAD(u8, src++));
	} else {
		u32 d = dst + n, s = src + n;
		while (d - dst >= 8) {
			d -= 8;
			s -= 8;
			STORE(u64, d, LOAD(u64, s));
		}
		while (d != dst)
			STORE(u8, --d, LOAD(u8, --s));
	}
}

/* The answer is a function of the run: growth fails only beyond the maximum. */
u32 VM(memory_grow)(u32 n)
{
	u64 old = memory_bytes(), end = old + ((u64)n << 16);
	if (end > max_memory_bytes())
		return 0xffffffff;
	for (u64 size = old; size != end; size += 1 << 16)
		grow_page();
	return old >> 16;
}
