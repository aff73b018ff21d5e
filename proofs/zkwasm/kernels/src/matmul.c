/* matmul: n products of 8x8 matrices of 64-bit numbers. */
#include "kernel.h"

static uint64_t a[8][8], b[8][8], c[8][8];

VM_RUN int32_t run(void)
{
	uint32_t n = begin();
	for (uint32_t i = 0; i < 64; i++) {
		a[i / 8][i % 8] = next();
		b[i / 8][i % 8] = next();
	}
	for (uint32_t k = 0; k < n; k++) {
		for (uint32_t i = 0; i < 8; i++)
			for (uint32_t j = 0; j < 8; j++) {
				uint64_t sum = 0;
				for (uint32_t l = 0; l < 8; l++)
					sum += a[i][l] * b[l][j];
				c[i][j] = sum;
			}
		a[k & 7][k >> 3 & 7] ^= c[7][7];
	}
	vm_journal_u64(c[0][0] ^ c[7][7]);
	return 0;
}
