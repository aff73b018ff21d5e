/* fixmath: square root and exponential of n numbers in 32.32 fixed point. */
#include "kernel.h"

/* floor(sqrt(v)), digit by digit. */
static uint64_t root(uint64_t v)
{
	uint64_t r = 0;
	for (uint64_t bit = (uint64_t)1 << 62; bit; bit >>= 2) {
		if (v >= r + bit) {
			v -= r + bit;
			r = (r >> 1) + bit;
		} else {
			r >>= 1;
		}
	}
	return r;
}

/* exp of x in [0, 1), 32 binary places, by its series. */
static uint64_t exponential(uint64_t x)
{
	uint64_t sum = (uint64_t)1 << 32, term = sum;
	for (uint64_t k = 1; term; k++) {
		term = (term * x >> 32) / k;
		sum += term;
	}
	return sum;
}

VM_RUN int32_t run(void)
{
	uint32_t n = begin();
	uint64_t check = 0;
	for (uint32_t i = 0; i < n; i++) {
		uint64_t x = next();
		check = check * 31 + root(x << 32) + exponential(x >> 2);
	}
	vm_journal_u64(check);
	return 0;
}
