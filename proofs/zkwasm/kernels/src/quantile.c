/* quantile: the median of each 32 of 32*n values, by quickselect. */
#include "kernel.h"

static uint64_t v[32];

VM_RUN int32_t run(void)
{
	uint32_t n = begin();
	uint64_t check = 0;
	for (uint32_t k = 0; k < n; k++) {
		for (uint32_t i = 0; i < 32; i++)
			v[i] = next();
		int32_t lo = 0, hi = 31;
		while (lo < hi) {
			uint64_t pivot = v[16];
			int32_t i = lo, j = hi;
			do {
				while (v[i] < pivot)
					i++;
				while (pivot < v[j])
					j--;
				if (i <= j) {
					uint64_t t = v[i];
					v[i++] = v[j];
					v[j--] = t;
				}
			} while (i <= j);
			if (j < 16)
				lo = i;
			if (16 < i)
				hi = j;
		}
		check = check * 31 + v[16];
	}
	vm_journal_u64(check);
	return 0;
}
