package statecache

import (
	"sync/atomic"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// store is everything that changes with the chain, at the newest block, with the
// chunks to undo it. One writer; any number of readers.
//
// Why readers need no lock. A reader wants a cell as it was at the block of
// sequence number s, and loads head, words, head.
//
//   - A writer that applies a block stores the record, then the head that names
//     it, then the words. So a reader that saw one new word sees another head the
//     second time, and starts again; a head above s leads to the record.
//   - A writer that rolls back restores the words, then the head. A reader of a
//     block that stays (s at or below the fork) either sees the head above s and
//     goes to the record, which is dropped only when all is restored, or sees the
//     old head, under which the words are restored already.
//   - Between the two loads of the head a whole apply and rollback may fit, after
//     which the head is the same and the words may be torn. turns counts up before
//     and after a rollback touches anything, and the reader starts again if it
//     moved.
//   - Views above the fork are given the dropped blocks' values (redo) before
//     turns moves, so that a reader who finds turns unmoved at the end has either
//     read before the rollback or with the redo.
//   - A record is dropped when no live view can need it. A view that expired may
//     need it still: its reads end in an error, because a missing record is an
//     error unless a rollback explains it, and because every read looks at the
//     pin's state last.
type store struct {
	cols  []*collection // by handle; the slice is the writer's
	addrs *addresses
	dir   *tree
	hist  *tree
	ring  *ring
	turns atomic.Uint64 // odd while a rollback restores cells
	used  meter
}

// collection is what the store keeps of one collection, for ever.
type collection struct {
	handle uint32
	name   string
	elem   fr.Element // the name's
	base   [32]byte
	items  *items
	values *tree // leaves: value and leaf hash
	list   *tree // leaves: item hashes

	dropped bool // a drop was recorded, in effect or pending; guarded by mu
}

func newStore() *store {
	s := &store{}
	s.addrs = newAddresses(&s.used.items)
	s.ring = newRing(&s.used.undo)
	s.dir = &tree{id: treeID(treeDirectory, 0), used: &s.used.nodes}
	s.hist = &tree{id: treeID(treeHistory, 0), used: &s.used.history}
	s.hist.levels[0] = newPastCells(&s.used.history)
	header := s.add(HeaderName, [32]byte{})
	for i := range uint64(headerFields) {
		it := Item{Kind: KindHeader, Slot: u256(i)}
		x := itemPreimage(&it)
		header.items.append(&it, hash8(&x))
	}
	return s
}

// add makes an empty collection under the next handle.
func (s *store) add(name string, base [32]byte) *collection {
	c := s.empty(uint32(len(s.cols)), name, base)
	s.cols = append(s.cols, c)
	return c
}

// empty makes a collection without items.
func (s *store) empty(h uint32, name string, base [32]byte) *collection {
	c := &collection{handle: h, name: name, elem: nameElement(name), base: base, items: newItems(s.addrs, &s.used.items)}
	c.values = &tree{id: treeID(treeLeaves, h), used: &s.used.nodes}
	c.values.levels[0] = newLeafCells(&s.used.values)
	c.list = &tree{id: treeID(treeItems, h), used: &s.used.nodes}
	c.list.levels[0] = c.items.hashes
	return c
}

// forget frees a collection that no retained block has any more; what takes its
// place in the store has only its name. Requires mu and writer.
func (s *store) forget(h uint32) *collection {
	old := s.cols[h]
	values := old.values.levels[0]
	s.used.values.Add(-values.bytes())
	for _, c := range append(old.values.levels[1:], old.list.levels[1:]...) {
		if c != nil {
			s.used.nodes.Add(-c.bytes())
		}
	}
	for _, c := range []*cells{old.items.about, old.items.slots, old.items.keys, old.items.hashes} {
		s.used.items.Add(-c.bytes())
	}
	s.used.items.Add(-old.items.index.bytes())
	s.cols[h] = s.empty(h, old.name, old.base)
	s.cols[h].dropped = true
	return s.cols[h]
}

// tree returns the tree of an address.
func (s *store) tree(kind int, handle uint32) *tree {
	switch kind {
	case treeLeaves:
		return s.cols[handle].values
	case treeItems:
		return s.cols[handle].list
	case treeDirectory:
		return s.dir
	}
	return s.hist
}

// touch saves a cell in the chunk before it is changed.
func (s *store) touch(c *chunk, rec, addr uint64, cell []uint64) {
	c.addr[rec] = addr
	copy(c.old(rec), cell[1:])
	s.ring.link(c, rec, versionID(cell[0]))
	atomic.StoreUint64(&cell[0], c.seq<<recordBits|rec)
}

// restore undoes a chunk. Requires that no newer one is in force.
func (s *store) restore(c *chunk) {
	for rec := range uint64(len(c.addr)) {
		kind, handle, level, i := splitAddress(c.addr[rec])
		cell := s.tree(kind, handle).cell(level, i)
		storeWords(cell[1:], c.old(rec))
		atomic.StoreUint64(&cell[0], uint64(c.prev[rec]))
	}
}

// found says how a read of a cell ended.
type found uint8

const (
	foundTip  found = iota // the words are those at the tip, if turns is unmoved
	foundUndo              // the words are from a record
	tornRead               // the writer was at it: again
	foundGone              // a record was dropped
)

// read copies words of a versioned cell, from word from on, as they were at seq.
func (s *store) read(cell []uint64, seq, from uint64, dst []uint64) found {
	head := atomic.LoadUint64(&cell[0])
	if versionID(head).seq() <= seq {
		loadWords(dst, cell[from:])
		if atomic.LoadUint64(&cell[0]) != head {
			return tornRead
		}
		return foundTip
	}
	c, rec := s.ring.find(versionID(head), seq)
	if c == nil {
		return foundGone
	}
	copy(dst, c.old(rec)[from-1:])
	return foundUndo
}
