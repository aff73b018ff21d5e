//go:build ignore

/*
 * balance-dist: how a token is spread over its holders.
 *
 * Reads every item of the collection "balances" and writes block number, count,
 * sum, least, greatest and the greatest's share of the sum in basis points. The
 * journal is described in README.md.
 *
 * Fails with 1 if the sum needs more than 64 bits.
 */
#include "../sdk/c/vm.h"

static uint64_t journal[6] VM_ALIGNED;

/* part * 10000 / whole, rounded down, for part <= whole and whole > 0. From
 * 2^50 on whole is first divided by 10000: the result is then at most one too
 * great, and never above 10000. */
static inline uint64_t basis_points(uint64_t part, uint64_t whole)
{
	if (whole >> 50)
		whole /= 10000;
	else
		part *= 10000;
	return part / whole;
}

VM_RUN int32_t run(void)
{
	vm_collection_t balances = VM_COLLECTION("balances");
	uint32_t count = vm_collection_len(balances);

	uint64_t sum = 0, carry = 0, max = 0;
	uint64_t min = count ? UINT64_MAX : 0;
	for (uint32_t i = count; i-- != 0;) {
		uint64_t v = vm_state_u64(balances, i);
		sum += v;
		carry += sum < v;
		if (v < min)
			min = v;
		if (v > max)
			max = v;
	}
	if (carry)
		return 1;

	journal[0] = vm_block_u64(VM_BLOCK_NUMBER);
	journal[1] = count;
	journal[2] = sum;
	journal[3] = min;
	journal[4] = max;
	journal[5] = basis_points(max, sum ? sum : 1);
	vm_journal_write(journal, sizeof journal);
	return 0;
}
