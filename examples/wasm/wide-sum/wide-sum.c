//go:build ignore

/*
 * wide-sum: sum and greatest of 256-bit values, such as 18-decimal balances.
 *
 * Reads every item of the collection "values" and writes block number, count,
 * sum modulo 2^256 and the greatest value. The journal is described in
 * README.md.
 */
#include "../sdk/c/vm.h"

static struct {
	uint64_t number, count;
	vm_u256 sum, greatest;
} journal VM_ALIGNED;

static vm_u256 value;

VM_RUN int32_t run(void)
{
	vm_collection_t values = VM_COLLECTION("values");
	uint32_t count = vm_collection_len(values);

	vm_u256 sum = {{0}}, greatest = {{0}};
	for (uint32_t i = count; i-- != 0;) {
		vm_state_read(values, i, &value);
		vm_u256_add(&sum, &value);
		if (vm_u256_lt(&greatest, &value))
			greatest = value;
	}

	journal.number = vm_block_u64(VM_BLOCK_NUMBER);
	journal.count = count;
	journal.sum = sum;
	journal.greatest = greatest;
	vm_journal_write(&journal, sizeof journal);
	return 0;
}
