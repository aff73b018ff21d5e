/* ema: exponential average of n signed values with a fixed-point weight. */
#include "kernel.h"

static int32_t v[64];

VM_RUN int32_t run(void)
{
	uint32_t n = begin();
	int64_t ema = 0;
	for (uint32_t i = 0; i < 64; i++)
		v[i] = (int32_t)next() >> 4;
	for (uint32_t done = 0; done < n; done += 64)
		for (uint32_t i = 0; i < 64; i++)
			ema += (((int64_t)v[i] << 8) - ema) * 3277 >> 16;
	vm_journal_u64((uint64_t)ema);
	return 0;
}
