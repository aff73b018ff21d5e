//go:build ignore

/*
 * reserve-ratio: the price in a constant-product pool, as a proven oracle.
 *
 * Reads items 0 and 1 of the collection "pool" (the two reserves) and writes
 * block number, reserves and price = reserve1 / reserve0 in millionths, rounded
 * down. The journal is described in README.md.
 *
 * Fails with 1 if reserve0 is 0, with 2 if it is 2^54 or more (the remainders
 * below would overflow) or if reserve1 / reserve0 is 2^44 or more.
 */
#include "../sdk/c/vm.h"

static uint64_t journal[4] VM_ALIGNED;

VM_RUN int32_t run(void)
{
	vm_collection_t pool = VM_COLLECTION("pool");
	uint64_t reserve0 = vm_state_u64(pool, 0);
	uint64_t reserve1 = vm_state_u64(pool, 1);

	if (reserve0 == 0)
		return 1;

	/* Long division: the whole part, then twice three decimals. */
	uint64_t whole = reserve1 / reserve0;
	uint64_t rest = reserve1 % reserve0 * 1000;
	uint64_t high = rest / reserve0;
	uint64_t low = rest % reserve0 * 1000 / reserve0;
	if (reserve0 >> 54 | whole >> 44)
		return 2;

	journal[0] = vm_block_u64(VM_BLOCK_NUMBER);
	journal[1] = reserve0;
	journal[2] = reserve1;
	journal[3] = whole * 1000000 + high * 1000 + low;
	vm_journal_write(journal, sizeof journal);
	return 0;
}
