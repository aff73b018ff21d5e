/* movavg: average of the latest 16 of n prices, kept in a ring; the greatest one. */
#include "kernel.h"

static uint64_t ring[16];

VM_RUN int32_t run(void)
{
	uint32_t n = begin();
	uint64_t sum = 0, best = 0, price = 1u << 20;
	for (uint32_t i = 0; i < n; i++) {
		price += next() & 1023;
		sum += price - ring[i & 15];
		ring[i & 15] = price;
		uint64_t avg = sum >> 4;
		if (i >= 15 && avg > best)
			best = avg;
	}
	vm_journal_u64(best);
	return 0;
}
