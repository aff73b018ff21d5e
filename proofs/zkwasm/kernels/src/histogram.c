/* histogram: n values into 64 classes, then the class with the most. */
#include "kernel.h"

static uint32_t count[64];

VM_RUN int32_t run(void)
{
	uint32_t n = begin();
	for (uint32_t i = 0; i < n; i++)
		count[next() >> 26]++;
	uint32_t best = 0;
	for (uint32_t i = 1; i < 64; i++)
		if (count[i] > count[best])
			best = i;
	vm_journal_u64((uint64_t)best << 32 | count[best]);
	return 0;
}
