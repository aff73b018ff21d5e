/* quicksort: sorts n 64-bit values (at most 4,096), recursively. */
#include "kernel.h"

static uint64_t v[4096];

static void sort(uint64_t *a, int32_t lo, int32_t hi)
{
	while (lo < hi) {
		uint64_t pivot = a[(lo + hi) / 2];
		int32_t i = lo, j = hi;
		while (i <= j) {
			while (a[i] < pivot)
				i++;
			while (a[j] > pivot)
				j--;
			if (i <= j) {
				uint64_t t = a[i];
				a[i++] = a[j];
				a[j--] = t;
			}
		}
		sort(a, lo, j);
		lo = i;
	}
}

VM_RUN int32_t run(void)
{
	uint32_t n = begin();
	if (n > 4096)
		return 1;
	for (uint32_t i = 0; i < n; i++)
		v[i] = next();
	sort(v, 0, (int32_t)n - 1);
	uint64_t check = 0;
	for (uint32_t i = 0; i < n; i++)
		check = check * 31 + v[i];
	vm_journal_u64(check);
	return 0;
}
