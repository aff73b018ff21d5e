package statecache

import "crypto/sha256"

// DigestsFrom is Digests of the retained blocks from a height on.
func (c *Cache) DigestsFrom(number uint64) map[string][32]byte {
	c.writer.Lock()
	defer c.writer.Unlock()
	out := map[string][32]byte{}
	for _, t := range tables() {
		w := sha256.New()
		for _, v := range c.rows {
			if v.header.Ref.Number >= number {
				t.digest(c.peek(v), w)
			}
		}
		out[t.name()] = [32]byte(w.Sum(nil))
	}
	return out
}

// Corrupt flips a bit of a stored word of a tree's cell: kind as in an address.
func (c *Cache) Corrupt(kind int, handle uint32, level int, index uint64, word int) {
	cell := c.st.tree(kind, handle).cell(level, index)
	cell[len(cell)-1-word] ^= 1
}

// CorruptItem flips a bit of an item's slot.
func (c *Cache) CorruptItem(handle uint32, index uint64) {
	c.st.cols[handle].items.slots.at(index)[0] ^= 1
}
