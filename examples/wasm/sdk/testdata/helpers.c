/*
 * Calls every helper of the SDK that the examples do not need, on items 0 and 1
 * of "values". ../../sdk_test.go says what must come out.
 */
#include "../c/vm.h"

static vm_u256 pair[2], number;

VM_RUN void run(void)
{
	VM_LOG("helpers");
	vm_collection_t values = VM_COLLECTION("values");
	vm_state_read_n(values, 0, 2, pair);
	vm_block(VM_BLOCK_NUMBER, &number);
	vm_journal_u64(number.w[0]);
	vm_journal_u64(vm_u256_lt(&pair[0], &pair[1]));
	vm_journal_u64(vm_u256_eq(&pair[0], &pair[1]));
	vm_journal_u64(vm_swap64(pair[0].w[0]));
	vm_journal_u64(vm_u256_add(&pair[0], &pair[1]));
	vm_journal_write(&pair[0], sizeof pair[0]);
}
