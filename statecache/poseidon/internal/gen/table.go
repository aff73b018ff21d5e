package main

import "math"

// table is a pool of constants, each once: of whole registers, or of words.
type table struct {
	base  string
	word  bool
	size  int
	words []uint64
	index map[uint64]int
}

func newTable(base string, size int) *table {
	return &table{base: base, word: size == 8, size: size, index: map[uint64]int{}}
}

func (t *table) at(f float64) mem { return t.word64(math.Float64bits(f)) }

func (t *table) word64(w uint64) mem {
	i, ok := t.index[w]
	if !ok {
		i = len(t.words)
		t.words = append(t.words, w)
		t.index[w] = i
	}
	return mem{t.base, i * t.size, t.word}
}
