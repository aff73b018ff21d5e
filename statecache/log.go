package statecache

import (
	"fmt"

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

	replaying []byte // the record that is being replayed; its change is not sealed again
	recover   bool   // replaying what the log holds already
}

// append makes a change durable before the caller publishes it. Requires writer.
// If it fails nothing may be published; a record that was stored all the same is
// replaced by the next, or is the state after a crash: a block that the caller
// will meet as the head and may apply again.
func (c *Cache) append(kind byte, payload []byte) error {
	rec := c.log.replaying
	if rec == nil && c.opts.Log == nil {
		return nil
	}
	if rec == nil {
		rec = sealRecord(kind, c.log.seq, c.log.prev, payload)
	}
	if c.opts.Log != nil && !c.log.recover {
		if err := c.opts.Log.Append(c.log.seq, rec); err != nil {
			return fmt.Errorf("%w: record %d: %w", ErrLog, c.log.seq, err)
		}
	}
	c.log.seq++
	c.log.prev = [32]byte(rec[len(rec)-sumSize:])
	c.feed.advance(c.log.seq)
	return nil
}

// openPayload is the payload of the first record: what must never change.
func (c *Cache) openPayload() []byte {
	return appendOpen(nil, c.opts.ChainID, c.opts.NoHistory, poseidon.CommitmentVersion)
}

// replay checks the next record and does again what it says. On error nothing
// has changed. Requires that nobody else writes.
func (c *Cache) replay(raw []byte) error {
	seq := c.log.seq
	rec, err := openRecord(raw, seq, c.log.prev)
	if err != nil {
		return err
	}
	if (seq == 0) != (rec.kind == recOpen) {
		return fmt.Errorf("%w: record %d of kind %d", ErrLogCorrupt, seq, rec.kind)
	}
	c.log.replaying = raw
	err = c.redo(rec)
	c.log.replaying = nil
	if err == nil && c.log.seq != seq+1 {
		err = fmt.Errorf("%w: it changes nothing", ErrLogCorrupt)
	}
	if err != nil {
		return fmt.Errorf("record %d: %w", seq, err)
	}
	return nil
}

func (c *Cache) redo(rec record) error {
	r := rec.payload
	var do func() error
	switch rec.kind {
	case recOpen:
		if string(r.bytes(len(r.b))) != string(c.openPayload()) {
			return fmt.Errorf("%w: the log is of another chain, history mode or commitment version", ErrOptions)
		}
		do = func() error { return c.append(recOpen, nil) }
	case recDefine:
		col := r.collection()
		do = func() error { return c.define(col) }
	case recExtend:
		col := r.collection()
		do = func() error { return c.extend(col.Name, col.Items) }
	case recApply:
		block := r.apply()
		do = func() error { return c.replayApply(&block) }
	case recRollback:
		to, want := r.ref(), Commitment(r.word())
		do = func() error { return c.replayRollback(to, want) }
	case recDrop:
		name := string(r.bytes(int(r.u8())))
		do = func() error { return c.drop1(name) }
	case recFinalize:
		n := r.u64()
		do = func() error { return c.finalize(n) }
	default:
		return fmt.Errorf("%w: unknown kind %d", ErrLogCorrupt, rec.kind)
	}
	if err := r.done(); err != nil {
		return fmt.Errorf("%w: %w", ErrLogCorrupt, err)
	}
	return do()
}

// replayApply applies a logged block with the definitions it was logged with.
func (c *Cache) replayApply(rec *applyRecord) error {
	c.writer.Lock()
	defer c.writer.Unlock()
	logs, err := decodeLogs(rec.logs)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrLogCorrupt, err)
	}
	if rec.defs < c.inEffect() || rec.defs > len(c.defs.ops) {
		return fmt.Errorf("%w: %d definitions in effect of %d", ErrLogCorrupt, rec.defs, len(c.defs.ops))
	}
	if err := c.linked(&rec.header); err != nil {
		return err
	}
	changes := make([]Change, len(rec.updates))
	for i, handle := range rec.handles {
		if handle == 0 || int(handle) >= len(c.st.cols) {
			return fmt.Errorf("%w: handle %d", ErrLogCorrupt, handle)
		}
		changes[i] = Change{c.st.cols[handle].name, rec.updates[i].index, rec.updates[i].value}
	}
	ops := c.defs.ops[c.inEffect():rec.defs]
	b, err := c.build(rec.header, ops, changes, logs)
	if err != nil {
		return err
	}
	if got := Commitment(b.next.commitment.Bytes()); got != rec.commitment {
		b.undo()
		return fmt.Errorf("%w: block %v is 0x%x, logged 0x%x", ErrDiverged, rec.header.Ref, got, rec.commitment)
	}
	if err := c.append(recApply, nil); err != nil {
		b.undo()
		return err
	}
	c.publish(b.next, c.opts.HardCap)
	return nil
}

// replayRollback rolls back after checking where that ends.
func (c *Cache) replayRollback(to BlockRef, want Commitment) error {
	if got, err := c.CommitmentAt(to); err == nil && got != want {
		return fmt.Errorf("%w: rollback to %v is 0x%x, logged 0x%x", ErrDiverged, to, got, want)
	}
	return c.rollback(to)
}
