package statecache

import (
	"hash/maphash"
	"sync/atomic"
)

// index finds positions by a 32-bit tag of their key's hash: open addressing,
// linear probing, a slot is tag 32 | position+1 32, at most half of them taken.
// The slot at which probing begins follows from the tag, so that growing needs no
// key. One writer; readers probe while it inserts or swaps in a larger table.
type index struct {
	table atomic.Pointer[[]uint64]
	n     int
	used  *atomic.Int64
}

const minIndex = 8

// tagOf is the tag of a hash. The hash is seeded, so that who chooses the items
// cannot choose the tags.
func tagOf(seed maphash.Seed, key []byte) uint32 { return uint32(maphash.Bytes(seed, key) >> 32) }

// find returns the first position with a tag that is the one sought.
func (x *index) find(tag uint32, is func(pos uint32) bool) (uint32, bool) {
	p := x.table.Load()
	if p == nil {
		return 0, false
	}
	table := *p
	mask := uint32(len(table) - 1)
	for i := tag & mask; ; i = (i + 1) & mask {
		s := atomic.LoadUint64(&table[i])
		if s == 0 {
			return 0, false
		}
		if uint32(s>>32) == tag && is(uint32(s)-1) {
			return uint32(s) - 1, true
		}
	}
}

// insert adds a position. Requires that what it names can be read already.
func (x *index) insert(tag, pos uint32) {
	var table []uint64
	if p := x.table.Load(); p != nil {
		table = *p
	}
	if 2*(x.n+1) > len(table) {
		table = x.resize(table, max(minIndex, 2*len(table)))
	}
	put(table, uint64(tag)<<32|uint64(pos+1))
	x.n++
}

// bytes returns what the table added to used.
func (x *index) bytes() int64 {
	if p := x.table.Load(); p != nil {
		return int64(8 * len(*p))
	}
	return 0
}

// reserve makes room in an empty index.
func (x *index) reserve(n int) {
	size := minIndex
	for size < 2*n {
		size *= 2
	}
	x.resize(nil, size)
}

func (x *index) resize(table []uint64, size int) []uint64 {
	bigger := make([]uint64, size)
	for _, s := range table {
		if s != 0 {
			put(bigger, s)
		}
	}
	x.used.Add(int64(8 * (size - len(table))))
	x.table.Store(&bigger)
	return bigger
}

func put(table []uint64, s uint64) {
	mask := uint32(len(table) - 1)
	i := uint32(s>>32) & mask
	for table[i] != 0 {
		i = (i + 1) & mask
	}
	atomic.StoreUint64(&table[i], s)
}
