package statecache

import (
	"fmt"
	"log/slog"

	"vmhost/statecache/poseidon"
)

// DeltaLog is a durable list of records with consecutive numbers. Package
// deltalog has one in memory and one in Pebble. The cache appends from one
// goroutine at a time; the other methods are called at any time.
type DeltaLog interface {
	// Append stores record seq. It MUST be durable when Append returns nil. The
	// cache calls with the next number; after an error it may call again with
	// the same number and another record, which MUST replace whatever the failed
	// call left behind. The first record of an empty log may have any number.
	Append(seq uint64, rec []byte) error
	// Bounds returns the number of the oldest record and that of the next one;
	// they are equal if the log is empty.
	Bounds() (first, next uint64)
	// Replay calls fn for each record in order, from number from on, and stops at
	// the first error, which it returns as it is. fn does not keep rec. It MUST
	// fail if record from was pruned, or if one is missing.
	Replay(from uint64, fn func(seq uint64, rec []byte) error) error
	// Prune drops the records below a number, never the last one. It reports
	// records that were missing there, after dropping the others.
	Prune(below uint64) error
}

// logWriter is the cache's end of the log: the place of the next record.
type logWriter struct {
	seq  uint64
	prev [32]byte // sum of the last record
}

// append makes a change durable before the caller publishes it. Requires writer.
// If it fails nothing may be published; a record that was stored all the same is
// replaced by the next, or is the state after a crash: a block that the caller
// will meet as the head and may apply again.
func (c *Cache) append(kind byte, payload []byte) error {
	if c.opts.Log == nil {
		return nil
	}
	rec := sealRecord(kind, c.log.seq, c.log.prev, payload)
	if err := c.opts.Log.Append(c.log.seq, rec); err != nil {
		return fmt.Errorf("%w: record %d: %w", ErrLog, c.log.seq, err)
	}
	c.log.seq++
	c.log.prev = [32]byte(rec[len(rec)-sumSize:])
	return nil
}

// recover replays the log. Rows are evicted down to the hard cap only while
// replaying, because pins may have held them when a rollback was logged.
func (c *Cache) recover() error {
	log := c.opts.Log
	if log == nil {
		return nil
	}
	want := appendOpen(nil, c.opts.ChainID, c.opts.NoHistory, poseidon.CommitmentVersion)
	c.opts.Log = nil // what is replayed is not logged again
	err := log.Replay(0, func(seq uint64, rec []byte) error {
		if seq != c.log.seq {
			return fmt.Errorf("%w: record %d instead of %d", ErrLogCorrupt, seq, c.log.seq)
		}
		kind, payload, sum, err := openRecord(rec, seq, c.log.prev)
		if err != nil {
			return err
		}
		if (seq == 0) != (kind == recOpen) {
			return fmt.Errorf("%w: record %d of kind %d", ErrLogCorrupt, seq, kind)
		}
		if seq == 0 && string(payload) != string(want) {
			return fmt.Errorf("%w: the log is of another chain, history mode or commitment version", ErrOptions)
		}
		if err := c.replay(kind, payload); err != nil {
			return fmt.Errorf("record %d: %w", seq, err)
		}
		c.log = logWriter{seq + 1, sum}
		return nil
	})
	c.opts.Log = log
	if err != nil {
		return err
	}
	if c.log.seq == 0 {
		return c.append(recOpen, want)
	}
	c.mu.Lock()
	c.evict(c.opts.Window)
	c.mu.Unlock()
	c.opts.Logger.Info("delta log replayed", slog.Uint64("records", c.log.seq), slog.Int("blocks", len(c.rows)))
	return nil
}

// replay does again what one record says.
func (c *Cache) replay(kind byte, payload []byte) error {
	r := &reader{b: payload}
	var do func() error
	switch kind {
	case recOpen:
		return nil
	case recDefine:
		col := r.collection()
		do = func() error { return c.define(col) }
	case recExtend:
		col := r.collection()
		do = func() error { return c.extend(col.Name, col.Items) }
	case recApply:
		rec := r.apply()
		do = func() error { return c.replayApply(&rec) }
	case recRollback:
		to, want := r.ref(), Commitment(r.word())
		do = func() error { return c.replayRollback(to, want) }
	case recFinalize:
		n := r.u64()
		do = func() error { return c.Finalize(n) }
	default:
		return fmt.Errorf("%w: unknown kind %d", ErrLogCorrupt, kind)
	}
	if err := r.done(); err != nil {
		return fmt.Errorf("%w: %w", ErrLogCorrupt, err)
	}
	return do()
}

// replayApply applies a logged block with the definitions it was logged with.
func (c *Cache) replayApply(rec *applyRecord) error {
	if rec.defs < c.inEffect() || rec.defs > len(c.defs.ops) {
		return fmt.Errorf("%w: %d definitions in effect of %d", ErrLogCorrupt, rec.defs, len(c.defs.ops))
	}
	if err := c.linked(&rec.header); err != nil {
		return err
	}
	changes := make([]Change, len(rec.updates))
	for i, handle := range rec.handles {
		if handle == 0 || int(handle) > len(c.defs.cols) {
			return fmt.Errorf("%w: handle %d", ErrLogCorrupt, handle)
		}
		changes[i] = Change{c.defs.cols[handle-1].name, rec.updates[i].index, rec.updates[i].value}
	}
	ops := c.defs.ops[c.inEffect():rec.defs]
	next, err := derive(c.head(), c.input(rec.header, ops, changes))
	if err != nil {
		return err
	}
	if got := Commitment(next.commitment.Bytes()); got != rec.commitment {
		return fmt.Errorf("%w: block %v is 0x%x, logged 0x%x", ErrDiverged, rec.header.Ref, got, rec.commitment)
	}
	c.publish(next, c.opts.HardCap)
	return nil
}

// replayRollback rolls back and checks where that ended.
func (c *Cache) replayRollback(to BlockRef, want Commitment) error {
	if err := c.Rollback(to); err != nil {
		return err
	}
	if got := Commitment(c.head().commitment.Bytes()); got != want {
		return fmt.Errorf("%w: rollback to %v is 0x%x, logged 0x%x", ErrDiverged, to, got, want)
	}
	return nil
}
