/* keccak: n rounds of Keccak-f[1600] in software, from the zero state. */
#include "kernel.h"

static const uint8_t rho[24] = { 1,  3,  6,  10, 15, 21, 28, 36, 45, 55, 2,  14,
				 27, 41, 56, 8,  25, 43, 62, 18, 39, 61, 20, 44 };
static const uint8_t pi[24] = { 10, 7,	11, 17, 18, 3, 5,  16, 8,  21, 24, 4,
				15, 23, 19, 13, 12, 2, 20, 14, 22, 9,  6,  1 };
static const uint64_t rc[24] = {
	0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
	0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
	0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
	0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
	0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
	0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};
static uint64_t s[25];

static inline uint64_t rotl(uint64_t x, uint32_t k)
{
	return x << k | x >> (64 - k);
}

VM_RUN int32_t run(void)
{
	uint32_t n = begin(), round = 0;
	for (uint32_t r = 0; r < n; r++) {
		uint64_t c[5];
		for (uint32_t i = 0; i < 5; i++)
			c[i] = s[i] ^ s[i + 5] ^ s[i + 10] ^ s[i + 15] ^ s[i + 20];
		for (uint32_t i = 0; i < 5; i++) {
			uint64_t d = c[(i + 4) % 5] ^ rotl(c[(i + 1) % 5], 1);
			for (uint32_t j = 0; j < 25; j += 5)
				s[i + j] ^= d;
		}
		uint64_t t = s[1];
		for (uint32_t i = 0; i < 24; i++) {
			uint64_t next = s[pi[i]];
			s[pi[i]] = rotl(t, rho[i]);
			t = next;
		}
		for (uint32_t j = 0; j < 25; j += 5) {
			uint64_t a0 = s[j], a1 = s[j + 1], a2 = s[j + 2], a3 = s[j + 3], a4 = s[j + 4];
			s[j] = a0 ^ (~a1 & a2);
			s[j + 1] = a1 ^ (~a2 & a3);
			s[j + 2] = a2 ^ (~a3 & a4);
			s[j + 3] = a3 ^ (~a4 & a0);
			s[j + 4] = a4 ^ (~a0 & a1);
		}
		s[0] ^= rc[round];
		round = round == 23 ? 0 : round + 1;
	}
	vm_journal_write(s, 32);
	return 0;
}
