package statecache

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/crypto/sha3"
)

// items are a collection's items, in columns, with an index. They are appended
// and never changed or rolled back; a row says how many are in effect.
type items struct {
	n      uint64 // the writer's; readers know a length that was published
	about  *cells // kind and number of the address, two items in a word
	slots  *cells
	keys   *cells // grown only once an item has a key: 0 beyond
	hashes *cells
	index  index
	addrs  *addresses
}

// kindBits of an item's half word; the address's number takes the rest.
const kindBits = 3

func newItems(a *addresses, used *atomic.Int64) *items {
	return &items{
		about: plainCells(1, used), slots: plainCells(4, used), keys: plainCells(4, used), hashes: plainCells(nodeWords, used),
		index: index{used: used}, addrs: a,
	}
}

// append adds an item with its hash.
func (t *items) append(it *Item, hash fr.Element) {
	i := t.n
	t.about.grow(i/2 + 1)
	t.slots.grow(i + 1)
	t.hashes.grow(i + 1)
	about := &t.about.at(i / 2)[0]
	half := t.addrs.number(it.Address)<<kindBits | uint64(it.Kind)
	atomic.StoreUint64(about, *about|half<<(32*(i&1)))
	putWord(t.slots.at(i), &it.Slot)
	if it.Key != ([32]byte{}) {
		t.keys.grow(i + 1)
		putWord(t.keys.at(i), &it.Key)
	}
	storeWords(t.hashes.at(i), hash[:])
	t.index.insert(t.addrs.tag(it), uint32(i))
	t.n++
}

// keyed reports whether any item may have a key.
func (t *items) keyed() bool { return t.keys.segs.Load() != nil }

// half is the half word of an item's kind and address.
func (t *items) half(i uint64) uint64 {
	return atomic.LoadUint64(&t.about.at(i / 2)[0]) >> (32 * (i & 1)) & (1<<32 - 1)
}

// get returns an item that was appended.
func (t *items) get(i uint64) (it Item) {
	half := t.half(i)
	it.Kind = Kind(half & (1<<kindBits - 1))
	it.Address = t.addrs.get(half >> kindBits)
	it.Slot = getWord(t.slots.at(i))
	if t.keys.holds(i) {
		it.Key = getWord(t.keys.at(i))
	}
	return it
}

// find returns the place of an item, also if it is not in effect yet.
func (t *items) find(it *Item) (uint32, bool) {
	return t.index.find(t.addrs.tag(it), func(i uint32) bool { return t.get(uint64(i)) == *it })
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

// canAppend reports duplicates among new items and with those there are.
func (t *items) canAppend(items []Item) error {
	if t.n+uint64(len(items)) > MaxItems {
		return ErrTooLarge
	}
	fresh := index{used: new(atomic.Int64)}
	for i := range items {
		tag := t.addrs.tag(&items[i])
		_, dup := t.index.find(tag, func(k uint32) bool { return t.get(uint64(k)) == items[i] })
		if !dup {
			_, dup = fresh.find(tag, func(k uint32) bool { return items[k] == items[i] })
		}
		if dup {
			return fmt.Errorf("%w: number %d of the new ones", ErrDuplicateItem, i)
		}
		fresh.insert(tag, uint32(i))
	}
	return nil
}

// addresses numbers the addresses of all items: most items share a few.
type addresses struct {
	seed  maphash.Seed
	cells *cells
	index index
}

func newAddresses(used *atomic.Int64) *addresses {
	return &addresses{seed: maphash.MakeSeed(), cells: plainCells(3, used), index: index{used: used}}
}

// number returns the number of an address, a new one if need be.
func (a *addresses) number(addr [20]byte) uint64 {
	tag := tagOf(a.seed, addr[:])
	if i, ok := a.index.find(tag, func(i uint32) bool { return a.get(uint64(i)) == addr }); ok {
		return uint64(i)
	}
	i := uint64(a.index.n)
	a.cells.grow(i + 1)
	var b [24]byte
	copy(b[:], addr[:])
	c := a.cells.at(i)
	for k := range c {
		atomic.StoreUint64(&c[k], binary.BigEndian.Uint64(b[8*k:]))
	}
	a.index.insert(tag, uint32(i))
	return i
}

func (a *addresses) get(i uint64) (addr [20]byte) {
	var b [24]byte
	for k, w := range a.cells.at(i) {
		binary.BigEndian.PutUint64(b[8*k:], w)
	}
	copy(addr[:], b[:])
	return addr
}

// tag is the tag of an item.
func (a *addresses) tag(it *Item) uint32 {
	var b [1 + 20 + 32 + 32]byte
	b[0] = byte(it.Kind)
	copy(b[1:], it.Address[:])
	copy(b[21:], it.Slot[:])
	copy(b[53:], it.Key[:])
	return tagOf(a.seed, b[:])
}

// index makes what is derived from restored columns. Errors: ErrCheckpoint if
// they are not columns of items.
func (c *Cache) index(addrs uint32) error {
	a := c.st.addrs
	a.index.reserve(int(addrs))
	for i := range addrs {
		addr := a.get(uint64(i))
		a.index.insert(tagOf(a.seed, addr[:]), i)
	}
	cols := c.st.cols[1:]
	errs := make([]error, len(cols))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(cols)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(cols); i = int(next.Add(1)) - 1 {
				errs[i] = cols[i].reindex(addrs, !c.opts.UnsafeAnySlots)
			}
		})
	}
	wg.Wait()
	return errors.Join(errs...)
}

// reindex makes the index of restored items, and checks them.
func (c *collection) reindex(addrs uint32, slots bool) error {
	t, h := c.items, sha3.NewLegacyKeccak256()
	if t.n%2 == 1 { // the other half may be of an item that came later
		t.about.at(t.n / 2)[0] &= 1<<32 - 1
	}
	t.index.reserve(int(t.n))
	for i := range t.n {
		if about := t.half(i); about>>kindBits >= uint64(addrs) || !Kind(about&(1<<kindBits-1)).Valid() {
			return fmt.Errorf("%w: item %d of %q", ErrCheckpoint, i, c.name)
		}
		it := t.get(i)
		if slots && !fits(h, &c.base, &it) {
			return fmt.Errorf("%w: item %d of %q: %w", ErrCheckpoint, i, c.name, ErrBadSlot)
		}
		t.index.insert(t.addrs.tag(&it), uint32(i))
	}
	return nil
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
