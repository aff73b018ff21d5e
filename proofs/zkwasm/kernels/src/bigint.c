/* bigint: n steps of x = x * y + z modulo 2^256, in words of 32 bits. */
#include "kernel.h"

static uint32_t x[8], y[8], z[8];

VM_RUN int32_t run(void)
{
	uint32_t n = begin();
	for (uint32_t i = 0; i < 8; i++) {
		x[i] = next();
		y[i] = next() | 1;
		z[i] = next();
	}
	for (uint32_t k = 0; k < n; k++) {
		uint32_t r[8];
		for (uint32_t i = 0; i < 8; i++)
			r[i] = z[i];
		for (uint32_t i = 0; i < 8; i++) {
			uint64_t carry = 0;
			for (uint32_t j = 0; i + j < 8; j++) {
				carry += (uint64_t)x[i] * y[j] + r[i + j];
				r[i + j] = (uint32_t)carry;
				carry >>= 32;
			}
		}
		for (uint32_t i = 0; i < 8; i++)
			x[i] = r[i];
	}
	vm_journal_write(x, sizeof x);
	return 0;
}
