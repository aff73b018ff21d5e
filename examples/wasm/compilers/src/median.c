//go:build ignore

/*
 * median in C: a heap, a switch, function pointers and recursion, so that the
 * compilers have something to choose from.
 */
#include "../../sdk/c/vm.h"

extern unsigned char __heap_base;

typedef int32_t compare(const uint64_t *, const uint64_t *);

static int32_t up(const uint64_t *a, const uint64_t *b) { return *a < *b ? -1 : *a > *b; }
static int32_t down(const uint64_t *a, const uint64_t *b) { return up(b, a); }

/* A pointer that the compiler cannot see through. */
static compare *volatile const order[] = {up, down};

static void sort(uint64_t *v, int32_t n, compare *less)
{
	if (n < 2)
		return;
	uint64_t pivot = v[n / 2];
	int32_t i = 0, j = n - 1;
	for (;; i++, j--) {
		while (less(&v[i], &pivot) < 0)
			i++;
		while (less(&pivot, &v[j]) < 0)
			j--;
		if (i >= j)
			break;
		uint64_t t = v[i];
		v[i] = v[j];
		v[j] = t;
	}
	sort(v, i, less);
	sort(v + i, n - i, less);
}

static vm_collection_t open(uint32_t kind)
{
	switch (kind) {
	case 0:
		return VM_COLLECTION("prices");
	case 1:
		return VM_COLLECTION("volumes");
	case 2:
		return VM_COLLECTION("pool");
	case 3:
		return VM_COLLECTION("fees");
	case 4:
		return VM_COLLECTION("balances");
	}
	return 0xffffffff;
}

VM_RUN int32_t run(void)
{
	unsigned char kind = 0;
	if (vm_input_len() != 1)
		return 1;
	vm_input_read(&kind, 0, 1);
	vm_collection_t c = open(kind);
	if (c == 0xffffffff)
		return 2;
	uint32_t n = vm_collection_len(c);
	if (n == 0)
		return 3;
	uintptr_t at = ((uintptr_t)&__heap_base + 7) & ~(uintptr_t)7, end = at + (uintptr_t)n * 8;
	uintptr_t have = (uintptr_t)__builtin_wasm_memory_size(0) << 16;
	if (end > have && __builtin_wasm_memory_grow(0, (end - have + 0xffff) >> 16) == (uintptr_t)-1)
		__builtin_trap();
	uint64_t *v = (uint64_t *)at, sum = 0;
	for (uint32_t i = 0; i < n; i++)
		sum += v[i] = vm_state_u64(c, i);
	sort(v, (int32_t)n, order[0]);
	uint64_t journal[5] = {n, v[0], v[(n - 1) / 2], v[n - 1], sum};
	vm_journal_write(journal, sizeof journal);
	return 0;
}
