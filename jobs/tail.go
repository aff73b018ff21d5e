package jobs

import (
	"context"
	"fmt"
)

// tailRecords is how many decoded records are kept in memory for readers.
const tailRecords = 4096

// tailCache is the newest records, decoded, consecutive.
type tailCache struct {
	recs []*Record
}

func (t *tailCache) add(r *Record) {
	t.recs = append(t.recs, r)
	if len(t.recs) >= 2*tailRecords {
		t.recs = append([]*Record(nil), t.recs[tailRecords:]...)
	}
}

// from returns cached records from seq on; ok is false if they reach further
// back than the cache.
func (t *tailCache) from(seq uint64, limit int) (out []*Record, ok bool) {
	if len(t.recs) == 0 || seq < t.recs[0].Seq {
		return nil, false
	}
	i := int(min(seq-t.recs[0].Seq, uint64(len(t.recs))))
	return t.recs[i:min(i+limit, len(t.recs))], true
}

// Records returns up to limit records from seq on (none at the end). They are
// shared: do not change them.
func (m *Manager) Records(seq uint64, limit int) ([]*Record, error) {
	oldest, _ := m.log.Bounds()
	m.mu.RLock()
	out, ok := m.tail.from(seq, limit)
	m.mu.RUnlock()
	if ok && seq >= oldest {
		return out, nil
	}
	entries, err := m.log.Read(seq, limit)
	if err != nil {
		return nil, fmt.Errorf("read records: %w", err)
	}
	out = make([]*Record, len(entries))
	for i, e := range entries {
		if out[i], err = decodeRecord(e); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// waiter returns the channel that is closed at the next change, the number the
// next record will get, and the fault or close that ends all waiting.
func (m *Manager) waiter() (grown <-chan struct{}, next uint64, err error) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	switch {
	case m.fatal != nil:
		err = m.fatal
	case m.closed:
		err = ErrClosed
	}
	return m.grown, m.next, err
}

// WaitRecords blocks until a record with this number exists.
func (m *Manager) WaitRecords(ctx context.Context, seq uint64) error {
	for {
		grown, next, err := m.waiter()
		if next > seq {
			return nil
		}
		if err != nil {
			return err
		}
		select {
		case <-grown:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
