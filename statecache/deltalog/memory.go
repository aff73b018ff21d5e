package deltalog

import (
	"bytes"
	"fmt"
	"slices"
	"sync"
)

// Memory is a log in memory. The zero value is empty and ready.
type Memory struct {
	mu    sync.Mutex
	first uint64 // number of recs[0]
	recs  [][]byte
}

// Append stores record seq, replacing it if it is the last one. The first record
// of an empty log may have any number. Error: ErrGap.
func (m *Memory) Append(seq uint64, rec []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := m.first + uint64(len(m.recs))
	switch {
	case len(m.recs) == 0:
		m.first = seq
		m.recs = append(m.recs, bytes.Clone(rec))
	case seq == n:
		m.recs = append(m.recs, bytes.Clone(rec))
	case seq == n-1:
		m.recs[len(m.recs)-1] = bytes.Clone(rec)
	default:
		return fmt.Errorf("%w: record %d after record %d", ErrGap, seq, n-1)
	}
	return nil
}

// Bounds returns the numbers of the first record and of the next one.
func (m *Memory) Bounds() (first, next uint64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.first, m.first + uint64(len(m.recs))
}

// Replay calls fn for each record in order, from a number on. Error: ErrPruned.
func (m *Memory) Replay(from uint64, fn func(seq uint64, rec []byte) error) error {
	m.mu.Lock()
	first, recs := m.first, slices.Clone(m.recs)
	m.mu.Unlock()
	if from < first && len(recs) > 0 {
		return fmt.Errorf("%w: %d, the first is %d", ErrPruned, from, first)
	}
	for i := max(from, first) - first; i < uint64(len(recs)); i++ {
		if err := fn(first+i, recs[i]); err != nil {
			return err
		}
	}
	return nil
}

// Prune drops the records below a number, but never the last one.
func (m *Memory) Prune(below uint64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := m.first + uint64(len(m.recs))
	if below <= m.first {
		return nil
	}
	if below >= n {
		return fmt.Errorf("%w: prune below %d of %d", ErrGap, below, n)
	}
	m.recs = append([][]byte(nil), m.recs[below-m.first:]...)
	m.first = below
	return nil
}
