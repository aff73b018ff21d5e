/* scan: prefix sums of n 64-bit values, over and over 64 of them. */
#include "kernel.h"

static uint64_t v[64], out[64];

VM_RUN int32_t run(void)
{
	uint32_t n = begin();
	uint64_t sum = 0;
	for (uint32_t i = 0; i < 64; i++)
		v[i] = next();
	for (uint32_t done = 0; done < n; done += 64) {
		for (uint32_t i = 0; i < 64; i++) {
			sum += v[i];
			out[i] = sum;
		}
	}
	vm_journal_u64(out[63]);
	return 0;
}
