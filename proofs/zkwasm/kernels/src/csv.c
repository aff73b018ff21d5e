/* csv: sums the columns of n lines "123456,4711,-42\n", read byte by byte. */
#include "kernel.h"

static char text[128];

/* Appends v in decimal. */
static char *put(char *p, uint32_t v)
{
	char digits[10];
	uint32_t k = 0;
	do
		digits[k++] = (char)('0' + v % 10);
	while (v /= 10);
	while (k > 0)
		*p++ = digits[--k];
	return p;
}

VM_RUN int32_t run(void)
{
	uint32_t n = begin();
	char *end = text;
	while (end < text + 92) {
		end = put(end, next() >> 12);
		*end++ = ',';
		end = put(end, next() >> 20);
		*end++ = ',';
		if (next() >> 31)
			*end++ = '-';
		end = put(end, next() >> 24);
		*end++ = '\n';
	}
	int64_t sum[3] = { 0, 0, 0 }, value = 0, sign = 1;
	uint32_t column = 0;
	const char *p = text;
	while (n > 0) {
		char c = *p++;
		if (c >= '0' && c <= '9') {
			value = value * 10 + (c - '0');
		} else if (c == '-') {
			sign = -1;
		} else {
			sum[column] += sign * value;
			value = 0;
			sign = 1;
			column++;
			if (c == '\n') {
				column = 0;
				n--;
				if (p == end)
					p = text;
			}
		}
	}
	for (uint32_t i = 0; i < 3; i++)
		vm_journal_u64((uint64_t)sum[i]);
	return 0;
}
