package deltalog

import (
	"bytes"
	"fmt"
	"sync"
)

// Memory is a log in memory. The zero value is empty and ready.
type Memory struct {
	mu   sync.Mutex
	recs [][]byte
}

// Append stores record seq, replacing it if it is the last one. Error: ErrGap.
func (m *Memory) Append(seq uint64, rec []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	n := uint64(len(m.recs))
	switch seq {
	case n:
		m.recs = append(m.recs, bytes.Clone(rec))
	case n - 1:
		m.recs[seq] = bytes.Clone(rec)
	default:
		return fmt.Errorf("%w: record %d after %d records", ErrGap, seq, n)
	}
	return nil
}

// Replay calls fn for each record in order.
func (m *Memory) Replay(fn func(seq uint64, rec []byte) error) error {
	m.mu.Lock()
	recs := m.recs[:len(m.recs):len(m.recs)]
	m.mu.Unlock()
	for i, rec := range recs {
		if err := fn(uint64(i), rec); err != nil {
			return err
		}
	}
	return nil
}
