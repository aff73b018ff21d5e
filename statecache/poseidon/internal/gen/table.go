package main

import "math"

// table is the pool of broadcast constants, 32 bytes each.
type table struct {
	words []uint64
	index map[uint64]int
	width int
}

func newTable(width int) *table { return &table{index: map[uint64]int{}, width: width} }

func (t *table) at(f float64) mem { return t.word(math.Float64bits(f)) }

func (t *table) word(w uint64) mem {
	i, ok := t.index[w]
	if !ok {
		i = len(t.words)
		t.words = append(t.words, w)
		t.index[w] = i
	}
	return mem{"tab", i * t.width}
}
