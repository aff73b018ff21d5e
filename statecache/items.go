package statecache

import (
	"encoding/binary"
	"sync/atomic"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// items are a collection's items, in columns. They are appended and never
// changed or rolled back; a row says how many are in effect.
type items struct {
	n      uint64 // the writer's; readers know a length that was published
	head   *cells // kind, address: 3 words
	slots  *cells
	keys   *cells // grown only once an item has a key: 0 beyond
	hashes *cells
}

func newItems() *items {
	return &items{head: plainCells(3), slots: plainCells(4), keys: plainCells(4), hashes: plainCells(nodeWords)}
}

// append adds an item with its hash.
func (t *items) append(it *Item, hash fr.Element) {
	i := t.n
	for _, c := range []*cells{t.head, t.slots, t.hashes} {
		c.grow(i + 1)
	}
	var b [24]byte
	b[0] = byte(it.Kind)
	copy(b[4:], it.Address[:])
	h := t.head.at(i)
	for k := range h {
		atomic.StoreUint64(&h[k], binary.BigEndian.Uint64(b[8*k:]))
	}
	putWord(t.slots.at(i), &it.Slot)
	if it.Key != ([32]byte{}) {
		t.keys.grow(i + 1)
		putWord(t.keys.at(i), &it.Key)
	}
	storeWords(t.hashes.at(i), hash[:])
	t.n++
}

// keyed reports whether any item may have a key.
func (t *items) keyed() bool { return t.keys.segs.Load() != nil }

// get returns an item that was appended.
func (t *items) get(i uint64) (it Item) {
	var b [24]byte
	h := t.head.at(i)
	for k := range h {
		binary.BigEndian.PutUint64(b[8*k:], h[k])
	}
	it.Kind = Kind(b[0])
	copy(it.Address[:], b[4:])
	it.Slot = getWord(t.slots.at(i))
	if t.keys.holds(i) {
		it.Key = getWord(t.keys.at(i))
	}
	return it
}

// hash returns an item's hash.
func (t *items) hash(i uint64) (e fr.Element) {
	copy(e[:], t.hashes.at(i))
	return e
}

// list returns the items from one index to another.
func (t *items) list(from, to uint64) []Item {
	out := make([]Item, 0, to-from)
	for i := from; i < to; i++ {
		out = append(out, t.get(i))
	}
	return out
}

// putWord and getWord turn a big-endian value into a cell's words and back.
func putWord(dst []uint64, v *[32]byte) {
	for k := range 4 {
		atomic.StoreUint64(&dst[k], binary.BigEndian.Uint64(v[8*k:]))
	}
}

func getWord(src []uint64) (v [32]byte) {
	for k := range 4 {
		binary.BigEndian.PutUint64(v[8*k:], src[k])
	}
	return v
}
