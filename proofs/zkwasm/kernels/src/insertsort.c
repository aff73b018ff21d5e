/* insertsort: sorts n arrays of 16 values. */
#include "kernel.h"

static uint32_t v[16];

VM_RUN int32_t run(void)
{
	uint32_t n = begin();
	uint64_t check = 0;
	for (uint32_t k = 0; k < n; k++) {
		for (uint32_t i = 0; i < 16; i++)
			v[i] = next();
		for (uint32_t i = 1; i < 16; i++) {
			uint32_t x = v[i], j = i;
			while (j > 0 && v[j - 1] > x) {
				v[j] = v[j - 1];
				j--;
			}
			v[j] = x;
		}
		check = check * 31 + v[0] + v[15];
	}
	vm_journal_u64(check);
	return 0;
}
