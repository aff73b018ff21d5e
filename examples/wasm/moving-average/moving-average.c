//go:build ignore

/*
 * moving-average: simple and exponential average of the latest values.
 *
 * Reads the last `window` items of the collection "prices", oldest first, and
 * writes block number, the parameters, the simple and the exponential average.
 * Input and journal are described in README.md.
 *
 * Fails with 1 if the input is not 8 bytes, with 2 if window is 0, more than
 * 65536 or more than the collection has, or weight is not in 1 .. 65536, with 3
 * if a value is 2^47 or more (the products and the sum could then overflow).
 */
#include "../sdk/c/vm.h"

/* What the job is given, and what the journal repeats. */
struct parameters {
	uint32_t window; /* number of values */
	uint32_t weight; /* of the newest value, in 1/65536 */
};

static struct {
	uint64_t number;
	struct parameters p;
	uint64_t simple;
	uint64_t exponential;
} journal VM_ALIGNED;

VM_RUN int32_t run(void)
{
	vm_collection_t prices = VM_COLLECTION("prices");
	uint32_t len = vm_collection_len(prices);

	if (vm_input_len() != sizeof journal.p)
		return 1;
	vm_input_read(&journal.p, 0, sizeof journal.p);

	uint32_t window = journal.p.window;
	uint64_t weight = journal.p.weight;
	if (window - 1 >= len || window > 65536 || weight - 1 >= 65536)
		return 2;

	uint64_t rest = 65536 - weight;
	uint32_t i = len - window;
	uint64_t ema = vm_state_u64(prices, i);
	uint64_t sum = ema, bits = ema;
	while (++i != len) {
		uint64_t v = vm_state_u64(prices, i);
		sum += v;
		bits |= v;
		ema = (ema * rest + v * weight + 32768) >> 16;
	}
	if (bits >> 47)
		return 3;

	journal.number = vm_block_u64(VM_BLOCK_NUMBER);
	journal.simple = sum / window;
	journal.exponential = ema;
	vm_journal_write(&journal, sizeof journal);
	return 0;
}
