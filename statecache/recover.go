package statecache

import (
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"sync"

	"vmhost/statecache/internal/colfile"
)

// Progress says how far recovery is.
type Progress struct {
	Stage       string // "checkpoint" (counted in cells) or "log" (in records)
	Done, Total uint64
}

// recoverAdvice is what an operator can do when recovery refuses.
const recoverAdvice = "restore log and checkpoints from a backup, or move both away: the state is then fetched again from the chain"

// recover restores the newest checkpoint, if there is one, and replays the log
// from there. Rows are evicted down to the hard cap only while replaying, because
// pins may have held them when a rollback was logged.
func (c *Cache) recover() error {
	if c.opts.Log == nil {
		return nil
	}
	err := c.restoreNewest()
	if err == nil {
		err = c.replayLog()
	}
	switch {
	case errors.Is(err, ErrOptions):
		return err
	case err != nil:
		return fmt.Errorf("%w; %s", err, recoverAdvice)
	}
	if c.log.seq == 0 && !c.follower {
		return c.append(recOpen, c.openPayload())
	}
	c.mu.Lock()
	c.evict(c.opts.Window)
	c.mu.Unlock()
	c.opts.Logger.Info("state recovered", slog.Uint64("records", c.log.seq), slog.Int("blocks", len(c.rows)))
	return nil
}

// replayLog replays what follows the restored checkpoint, or all.
func (c *Cache) replayLog() error {
	c.log.recover = true
	defer func() { c.log.recover = false }()
	from := c.log.seq
	if from > 0 {
		from-- // the anchor
	}
	first, next := c.opts.Log.Bounds()
	if from < first || next < c.log.seq {
		return fmt.Errorf("%w: it holds records %d to %d, recovery starts at %d", ErrLogCorrupt, first, next, from)
	}
	var own error // of replaying, not of reading
	start := c.log.seq
	err := c.opts.Log.Replay(from, func(seq uint64, rec []byte) error {
		own = c.replayNext(seq, rec, start)
		c.progress("log", c.log.seq-start, max(next, c.log.seq)-start)
		return own
	})
	switch {
	case own != nil:
		return own
	case err != nil:
		return fmt.Errorf("%w: %w", ErrLog, err)
	case c.log.seq < next:
		return fmt.Errorf("%w: record %d is missing", ErrLogCorrupt, c.log.seq)
	}
	return nil
}

// replayNext replays one record; the one before start is the anchor, which must
// be the one that the checkpoint was written with.
func (c *Cache) replayNext(seq uint64, rec []byte, start uint64) error {
	switch {
	case seq+1 == start && c.log.seq == start:
		if recordSum(rec) != c.log.prev {
			return fmt.Errorf("%w: record %d is not the one that the checkpoint follows", ErrLogCorrupt, seq)
		}
		return nil
	case seq != c.log.seq:
		return fmt.Errorf("%w: record %d instead of %d", ErrLogCorrupt, seq, c.log.seq)
	}
	return c.replay(rec)
}

// restoreNewest restores the newest checkpoint that is whole, and removes newer
// ones that are not. If none is, the log must reach back to the start.
func (c *Cache) restoreNewest() error {
	if c.opts.Checkpoints == nil {
		return nil
	}
	list, err := c.opts.Checkpoints.List()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	var errs []error
	for i, seq := range list {
		err := c.restore(seq)
		switch {
		case err == nil:
			for _, bad := range list[:i] {
				errs = append(errs, c.opts.Checkpoints.Remove(bad))
			}
			return errors.Join(errs[i:]...)
		case errors.Is(err, ErrOptions):
			return err
		}
		c.opts.Logger.Error("checkpoint cannot be used", slog.Uint64("record", seq), slog.Any("err", err))
		errs = append(errs, fmt.Errorf("checkpoint %d: %w", seq, err))
	}
	if first, next := c.opts.Log.Bounds(); first == 0 && next > 0 {
		return nil // all of the log is there
	}
	return errors.Join(errs...)
}

// restore makes the state that a checkpoint holds. On error nothing has changed.
func (c *Cache) restore(seq uint64) error {
	f, size, err := c.opts.Checkpoints.Open(seq)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	defer f.Close() //nolint:errcheck // it was only read
	r, m, err := openCheckpoint(f, size)
	switch {
	case err != nil:
		return err
	case string(m.open) != string(c.openPayload()):
		return fmt.Errorf("%w: the checkpoint is of another chain, history mode or commitment version", ErrOptions)
	case m.mark.seq != seq:
		return fmt.Errorf("%w: it is number %d", ErrCheckpoint, m.mark.seq)
	}
	next := newCache(c.opts)
	row, err := next.layout(m)
	if err != nil {
		return err
	}
	if err := next.loadCells(r, row, m); err != nil {
		return fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	if err := next.index(m.addrs); err != nil {
		return err
	}
	if err := next.finish(row, m); err != nil {
		return err
	}
	c.st, c.defs, c.rows, c.marks, c.log = next.st, next.defs, next.rows, next.marks, next.log
	c.first, c.finalized = m.first, m.mark.finalized
	c.feed.advance(c.log.seq)
	return nil
}

// layout makes the collections and a row without hashes; the cells have no room
// yet.
func (c *Cache) layout(m *checkpointMeta) (*version, error) {
	row := &version{
		header: m.header, seq: 1, defs: int(m.defs), names: map[string]uint32{HeaderName: HeaderHandle},
		cols: []column{{collection: c.st.cols[HeaderHandle], n: headerFields}},
	}
	for i := range m.cols {
		col := c.st.add(m.cols[i].name, m.cols[i].base)
		if _, twice := row.names[col.name]; twice {
			return nil, fmt.Errorf("%w: collection %q twice", ErrCheckpoint, col.name)
		}
		col.items.n = uint64(m.cols[i].n)
		row.names[col.name] = col.handle
		col.dropped = m.cols[i].gone
		row.cols = append(row.cols, column{col, m.cols[i].n, m.cols[i].gone})
		c.defs.byName[col.name] = col
	}
	block, err := m.block()
	if err != nil {
		return nil, err
	}
	logs, err := decodeLogs(block.logs)
	if err == nil {
		row.logs, err = newLogColumns(logs)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	c.defs.ops = make([]defOp, m.defs) // all in effect
	if !c.opts.NoHistory {
		c.st.hist.first = m.past
		row.past = span{m.past, m.header.Ref.Number, historyDepth}
	}
	c.st.ring.last = row.seq
	return row, nil
}

// loadCells makes room for the cells, after comparing the counts, and reads them.
func (c *Cache) loadCells(r *colfile.Reader, row *version, m *checkpointMeta) error {
	cols := row.cellColumns(c.st, m.addrs, m.cols)
	total, done := uint64(0), uint64(0)
	for i := range cols {
		n, err := r.Cells(cols[i].name, cols[i].width())
		if err == nil && n != cols[i].cells() {
			err = fmt.Errorf("%q has %d cells instead of %d", cols[i].name, n, cols[i].cells())
		}
		if err != nil {
			return err
		}
		total += n
	}
	for handle := range row.cols {
		col := &row.cols[handle]
		col.values.grow(row.spanOf(treeLeaves, uint32(handle)))
		col.list.grow(row.spanOf(treeItems, uint32(handle)))
	}
	c.st.dir.grow(row.dirSpan())
	c.st.hist.grow(row.past)
	var mu sync.Mutex
	for i := range cols {
		col := &cols[i]
		for k := range col.runs {
			if run := &col.runs[k]; run.plain != nil {
				run.plain.grow(run.n)
			}
		}
		err := r.Each(col.name, col.width(), runtime.GOMAXPROCS(0), func(first uint64, data []byte) error {
			col.load(first, data)
			mu.Lock()
			defer mu.Unlock()
			done += uint64(len(data) / col.width())
			c.progress("checkpoint", done, total)
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// finish checks that the cells end in the checkpoint's commitment, from the
// collections' roots up, and makes the row the head. What lies below the roots is
// covered by the file's sums; Verify hashes it again.
func (c *Cache) finish(row *version, m *checkpointMeta) error {
	row.dir = c.st.dir.tipRoot(row.dirSpan())
	if !c.opts.NoHistory {
		row.hist = c.st.hist.tipRoot(row.past)
	}
	row.preimage = commitPreimage(c.opts.ChainID, &row.header.Ref, &row.dir, &row.hist)
	row.commitment = hash8(&row.preimage)
	if got := Commitment(row.commitment.Bytes()); got != m.commitment {
		return fmt.Errorf("%w: block %v is 0x%x, the checkpoint says 0x%x", ErrDiverged, row.header.Ref, got, m.commitment)
	}
	c.rows = []*version{row}
	c.marks[row.header.Ref.Number] = m.mark
	c.log.seq, c.log.prev = m.mark.seq, m.mark.sum
	v := &verifier{v: c.peek(row)}
	if err := v.directory(); err != nil {
		return fmt.Errorf("%w: %w", ErrCheckpoint, err)
	}
	return nil
}

func (c *Cache) progress(stage string, done, total uint64) {
	if c.opts.Progress != nil {
		c.opts.Progress(Progress{stage, done, total})
	}
}
