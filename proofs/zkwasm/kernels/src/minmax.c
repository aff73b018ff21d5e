/* minmax: least and greatest of n signed values, in passes over 64 of them. */
#include "kernel.h"

static int64_t v[64];

VM_RUN int32_t run(void)
{
	uint32_t n = begin();
	int64_t lo = INT64_MAX, hi = INT64_MIN;
	for (uint32_t i = 0; i < 64; i++)
		v[i] = (int32_t)next();
	for (uint32_t done = 0; done < n; done += 64) {
		for (uint32_t i = 0; i < 64; i++) {
			int64_t x = v[i];
			if (x < lo)
				lo = x;
			if (x > hi)
				hi = x;
		}
	}
	vm_journal_u64((uint64_t)lo);
	vm_journal_u64((uint64_t)hi);
	return 0;
}
