package statecache

import (
	"math/bits"
	"sync/atomic"
)

// cells is a growing vector of cells: a few 64-bit words each, in pointer-free
// segments. A cell never moves, so that readers run while it grows.
//
// A versioned cell is a head word and the words of its value at the tip. The
// head is the version of the newest undo record of the cell, 0 if nothing of it
// ever changed since it was made. Cells that are written once have no head.
type cells struct {
	stride    uint64 // words of a cell, the head included
	hash      uint64 // first word of the cell's hash, if it has one
	versioned bool
	used      *atomic.Int64 // bytes of the table, this among them
	segs      atomic.Pointer[[][]uint64]
}

// Segments double from 8 cells up to segCells, so that a tiny collection is
// small and a large one has little slack.
const (
	segBits  = 16
	segCells = 1 << segBits

	sliceBytes = 24 // of a segment's place in the table
)

// Shapes of cells, in words.
const (
	leafWords = 8  // value, leaf hash
	nodeWords = 4  // hash
	pastWords = 12 // leaf hash, directory root, block hash: of a block in the history
	valueWord = 1  // in a leaf cell
)

func newLeafCells(used *atomic.Int64) *cells {
	return &cells{stride: 1 + leafWords, hash: 1 + 4, versioned: true, used: used}
}

func newNodeCells(used *atomic.Int64) *cells {
	return &cells{stride: 1 + nodeWords, hash: 1, versioned: true, used: used}
}

func newPastCells(used *atomic.Int64) *cells {
	return &cells{stride: 1 + pastWords, hash: 1, versioned: true, used: used}
}

// plainCells are written once, before the first reader is told of them.
func plainCells(words uint64, used *atomic.Int64) *cells { return &cells{stride: words, used: used} }

// place returns the segment of a cell and its place in it.
func place(i uint64) (seg, at uint64) {
	switch s := uint64(bits.Len64(i >> 3)); {
	case s == 0:
		return 0, i
	case i < segCells:
		return s, i - 4<<s
	}
	return segBits - 3 + i>>segBits, i & (segCells - 1)
}

// segLen returns how many cells a segment has.
func segLen(seg uint64) uint64 {
	switch {
	case seg == 0:
		return 8
	case seg < segBits-2:
		return 4 << seg
	}
	return segCells
}

// at returns the words of a cell. Requires grow(i+1) before.
func (c *cells) at(i uint64) []uint64 {
	seg, at := place(i)
	s := (*c.segs.Load())[seg]
	return s[at*c.stride : at*c.stride+c.stride : at*c.stride+c.stride]
}

// grow makes room for n cells. One caller at a time.
func (c *cells) grow(n uint64) {
	if n == 0 {
		return
	}
	last, _ := place(n - 1)
	var have [][]uint64
	if p := c.segs.Load(); p != nil {
		have = *p
	}
	if uint64(len(have)) > last {
		return
	}
	next := make([][]uint64, last+1)
	copy(next, have)
	for seg := uint64(len(have)); seg <= last; seg++ {
		next[seg] = make([]uint64, segLen(seg)*c.stride)
		c.used.Add(int64(8*len(next[seg]) + sliceBytes))
	}
	c.segs.Store(&next)
}

// holds reports whether there is room for a cell.
func (c *cells) holds(i uint64) bool {
	p := c.segs.Load()
	seg, _ := place(i)
	return p != nil && seg < uint64(len(*p))
}

// bytes returns what the segments added to used.
func (c *cells) bytes() (n int64) {
	if p := c.segs.Load(); p != nil {
		for _, s := range *p {
			n += int64(8*len(s) + sliceBytes)
		}
	}
	return n
}

// loadWords and storeWords copy words that another goroutine may be writing or
// reading.
func loadWords(dst, src []uint64) {
	for i := range dst {
		dst[i] = atomic.LoadUint64(&src[i])
	}
}

func storeWords(dst, src []uint64) {
	for i := range src {
		atomic.StoreUint64(&dst[i], src[i])
	}
}
