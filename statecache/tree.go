package statecache

import (
	"sync/atomic"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// tree is an 8-ary hash tree over a range of leaves without gaps, kept as dense
// levels of cells: level 0 holds the leaves, level l the nodes over 8^l of them.
// The root of a tree of depth d is the first cell of level d. An empty subtree is
// the literal 0 at every level and has no cell. How far a tree reaches at a block
// is a span, which the block's row gives.
type tree struct {
	id     uint64 // kind and handle, as in an address
	used   *atomic.Int64
	first  uint64 // index of the leftmost leaf ever, not 0 in the history only
	levels [historyDepth + 1]*cells
}

// span is the part of a tree that exists at a block: leaves lo to hi-1.
type span struct {
	lo, hi uint64
	depth  int
}

// has reports whether there is a node at a place.
func (s span) has(level int, i uint64) bool {
	return level <= s.depth && s.lo < s.hi && i >= s.lo>>(3*level) && i <= (s.hi-1)>>(3*level)
}

// end returns the index after the last node of a level.
func (s span) end(level int) uint64 {
	if level > s.depth || s.lo >= s.hi {
		return s.lo >> (3 * level)
	}
	return (s.hi-1)>>(3*level) + 1
}

// columnSpan is the span of a collection's trees.
func columnSpan(n uint32) span { return span{hi: uint64(n), depth: depthFor(n)} }

// An address names one cell of the store: tree kind 2 bits, handle 12, level 4,
// index 33. Undo records, redo records and differences use it, so that nothing
// need map a cell back to where it stands.
const (
	treeLeaves = iota // a collection's values
	treeItems         // a collection's items
	treeDirectory
	treeHistory

	indexBits  = 33
	levelBits  = 4
	handleBits = 12
)

func treeID(kind int, handle uint32) uint64 {
	return (uint64(kind)<<handleBits | uint64(handle)) << (levelBits + indexBits)
}

func address(id uint64, level int, i uint64) uint64 {
	return id | uint64(level)<<indexBits | i
}

func splitAddress(a uint64) (kind int, handle uint32, level int, i uint64) {
	return int(a >> (handleBits + levelBits + indexBits)), uint32(a>>(levelBits+indexBits)) & (1<<handleBits - 1),
		int(a>>indexBits) & (1<<levelBits - 1), a & (1<<indexBits - 1)
}

// cell returns the words of a node's cell. Requires that it was made.
func (t *tree) cell(level int, i uint64) []uint64 {
	return t.levels[level].at(i - t.first>>(3*level))
}

// grow makes room for the nodes of a span.
func (t *tree) grow(s span) {
	for l := 0; l <= s.depth; l++ {
		if t.levels[l] == nil {
			t.levels[l] = newNodeCells(t.used)
		}
		if l > 0 || t.levels[l].versioned {
			t.levels[l].grow(s.end(l) - t.first>>(3*l))
		}
	}
}

// tip returns the newest hash of a node, 0 where s has none. For the writer.
func (t *tree) tip(s span, level int, i uint64) (e fr.Element) {
	if s.has(level, i) {
		c := t.levels[level]
		copy(e[:], t.cell(level, i)[c.hash:c.hash+nodeWords])
	}
	return e
}

// tipRoot returns the newest root.
func (t *tree) tipRoot(s span) fr.Element { return t.tip(s, s.depth, s.lo>>(3*s.depth)) }

// childSlot returns which child of a node height levels above the bottom leads
// to the leaf.
func childSlot(index uint64, height int) int {
	return int(index>>(3*height)) & 7
}
