/* mapping: n updates of an open-addressing hash table of 256 places, half full. */
#include "kernel.h"

static struct {
	uint64_t key, value;
} slot[256];

VM_RUN int32_t run(void)
{
	uint32_t n = begin();
	uint64_t found = 0;
	for (uint32_t i = 0; i < n; i++) {
		uint64_t key = 1 + (next() >> 25); /* one of 128 */
		uint32_t h = (uint32_t)(key * 0x9e3779b97f4a7c15u >> 56);
		while (slot[h].key != 0 && slot[h].key != key)
			h = (h + 1) & 255;
		found += slot[h].value;
		slot[h].key = key;
		slot[h].value += i;
	}
	vm_journal_u64(found);
	return 0;
}
