/*
 * What every kernel of the suite shares: its parameters, a generator of data,
 * and how it reports. Kernels touch no chain state: they measure computation.
 */
#include "../../../../examples/wasm/sdk/c/vm.h"

/* The input, 8 bytes: how much to do, and where the data starts. */
static struct {
	uint32_t n;
	uint32_t seed;
} job VM_ALIGNED;

static uint64_t state;

/* Reads the input; returns n. */
static inline uint32_t begin(void)
{
	vm_input_read(&job, 0, sizeof job);
	state = job.seed;
	return job.n;
}

/* The next 32 random bits. */
static inline uint32_t next(void)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(state >> 32);
}
