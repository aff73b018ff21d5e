package statecache

import (
	"fmt"
	"log/slog"
	"slices"
)

// Apply adds the child of the head: its header, and the items whose value it
// changed (listing an unchanged value is harmless). Pending definitions take
// effect; each of their items needs a value. On error nothing changes.
//
// A retained block may be applied again: if header and values are the same, its
// commitment is returned and nothing changes, else the error is ErrConflict.
//
// Errors: ErrBadBlock, ErrNotLinked, ErrConflict, ErrUnknownCollection,
// ErrReserved, ErrIndexRange, ErrMissingValue, ErrDuplicateChange,
// ErrBackpressure (a *PinnedError), ErrLog.
func (c *Cache) Apply(header BlockHeader, changes []Change) (Commitment, error) {
	return c.ApplyLogs(header, changes, nil)
}

// ApplyLogs is Apply with the block's logs, in the order of their index: all that
// are watched for, proven to be the block's by the caller. Views find them by
// [View.Logs]; they are in the digests and the delta log, not in the commitment.
//
// Errors: those of Apply, ErrBadLog.
func (c *Cache) ApplyLogs(header BlockHeader, changes []Change, logs []Log) (Commitment, error) {
	if c.follower {
		return Commitment{}, fmt.Errorf("apply: %w", ErrFollower)
	}
	c.writer.Lock()
	defer c.writer.Unlock()
	if v, err := c.find(header.Ref); err == nil {
		if err := c.peek(v).conflict(&header, changes, logs); err != nil {
			return Commitment{}, fmt.Errorf("apply: %w", err)
		}
		return v.commitment.Bytes(), nil
	}
	if err := c.linked(&header); err != nil {
		return Commitment{}, fmt.Errorf("apply: %w", err)
	}
	if err := c.room(); err != nil {
		return Commitment{}, fmt.Errorf("apply block %v: %w", header.Ref, err)
	}
	ops := c.defs.pending(c.inEffect())
	b, err := c.build(header, ops, changes, logs)
	if err != nil {
		return Commitment{}, fmt.Errorf("apply: %w", err)
	}
	if err := c.append(recApply, appendApply(nil, b.next, changes)); err != nil {
		b.undo()
		return Commitment{}, fmt.Errorf("apply block %v: %w", header.Ref, err)
	}
	c.publish(b.next, c.window())
	return b.next.commitment.Bytes(), nil
}

// build checks a block and brings the cells to it, unseen by any view. The
// caller publishes it, or undoes it.
func (c *Cache) build(header BlockHeader, ops []defOp, changes []Change, logs []Log) (*build, error) {
	in := &input{
		chainID: c.opts.ChainID, noHistory: c.opts.NoHistory, historyRoot: c.historyRoot,
		header: header, ops: ops, changes: changes, logs: logs,
	}
	b := &build{st: c.st, prev: c.head(), next: &version{}, in: in}
	if b.prev == nil {
		b.prev = &version{}
	}
	for _, t := range tables() {
		if err := t.plan(b); err != nil {
			return nil, fmt.Errorf("block %v: %w", header.Ref, err)
		}
	}
	b.run()
	return b, nil
}

// linked reports whether a block is the child of the head.
func (c *Cache) linked(h *BlockHeader) error {
	head := c.head()
	if head == nil {
		return nil
	}
	ref := head.header.Ref
	if h.Ref.Number != ref.Number+1 || h.Parent != ref.Hash {
		return fmt.Errorf("%w: block %v with parent 0x%x, head %v", ErrNotLinked, h.Ref, h.Parent[:4], ref)
	}
	return nil
}

// Pressure says which pin holds how much.
type Pressure struct {
	Pin     Pin
	Blocks  int // retained
	HardCap int
	Full    bool // the next block does not fit
}

// room makes sure that one more row fits below the hard cap: the owner of the
// pin that stands in the way is warned in time, and at the cap the pin goes or the
// block is refused.
func (c *Cache) room() error {
	for {
		c.mu.Lock()
		p, n := c.lowestPin(), len(c.rows)
		stuck := p != nil && n >= c.opts.Window && p.hold <= c.rows[0].header.Ref.Number
		var pin Pin
		if stuck {
			pin = p.describe()
		}
		c.mu.Unlock()
		full := n >= c.opts.HardCap
		switch {
		case !stuck || 4*(n-c.opts.Window) < 3*(c.opts.HardCap-c.opts.Window):
			return nil
		case c.opts.OnPressure != nil && c.opts.OnPressure(Pressure{pin, n, c.opts.HardCap, full}) && full:
			if p.end(pinCancelled) {
				c.opts.Logger.Warn("pin cancelled", slog.String("owner", p.owner), slog.Uint64("height", p.ref.Number))
			}
		case full:
			return &PinnedError{Owner: pin.Owner, Ref: pin.Ref, Deadline: pin.Deadline}
		default:
			return nil
		}
	}
}

// publish makes a row the head and evicts what fell out of the window and is
// not pinned. One append to rows is the moment at which the block is visible.
func (c *Cache) publish(next *version, window int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.rows) == 0 {
		c.first = next.header.Ref.Number
	}
	c.rows = append(c.rows, next)
	c.orphans.remove(next.header.Ref)
	c.marks[next.header.Ref.Number] = mark{c.log.seq, c.log.prev, c.finalized}
	c.evict(window)
}

// evict drops the oldest rows until the window is kept or a pin stops it. What a
// view may read of blocks below its own is kept until it ends. Requires mu.
func (c *Cache) evict(window int) {
	p := c.lowestPin()
	for len(c.rows) > window && (p == nil || p.hold > c.rows[0].header.Ref.Number) {
		delete(c.marks, c.rows[0].header.Ref.Number)
		c.tail = append(c.tail, c.rows[0])
		c.rows[0] = nil // the array outlives the slice
		c.rows = c.rows[1:]
	}
	if len(c.rows) == 0 {
		return
	}
	c.orphans.prune(c.rows[0].header.Ref.Number)
	c.reclaim()
}

// reclaim drops the chunks that no view can need: those that undo the oldest
// block still readable, or one below it. Requires mu.
func (c *Cache) reclaim() {
	low := c.rows[0].header.Ref.Number
	for p := range c.pins {
		if p.holds() {
			low = min(low, p.low)
		}
	}
	for len(c.tail) > 0 && c.tail[0].header.Ref.Number < low {
		c.st.ring.remove(c.tail[0].seq)
		c.tail[0] = nil
		c.tail = c.tail[1:]
	}
	oldest := c.rows[0]
	if len(c.tail) > 0 {
		oldest = c.tail[0]
	}
	c.st.ring.remove(oldest.seq)
	c.forget(oldest)
}

// Rollback drops every block above to, which must be retained. Their hashes
// become ErrOrphaned, views of them Orphaned, and definitions that took effect
// in them are pending again. Rolling back to the head does nothing.
//
// Errors: ErrBelowFinalized; ErrTooDeep (with ErrEvicted) deeper than the
// window; ErrEmpty, ErrFuture, ErrUnknownBlock, ErrOrphaned. On error nothing
// changes.
func (c *Cache) Rollback(to BlockRef) error {
	if c.follower {
		return fmt.Errorf("rollback to block %v: %w", to, ErrFollower)
	}
	return c.rollback(to)
}

func (c *Cache) rollback(to BlockRef) error {
	c.writer.Lock()
	defer c.writer.Unlock()
	target, err := c.rollbackTarget(to)
	if err != nil {
		c.opts.Logger.Error("rollback refused", slog.Uint64("height", to.Number), slog.Any("err", err))
		return fmt.Errorf("rollback to block %v: %w", to, err)
	}
	if target == c.head() {
		return nil
	}
	if err := c.append(recRollback, appendRollback(nil, target)); err != nil {
		return fmt.Errorf("rollback to block %v: %w", to, err)
	}
	from := c.head().header.Ref
	orphaned := c.drop(to.Number)
	c.opts.Logger.Warn("rolled back", slog.Uint64("from", from.Number), slog.Uint64("height", to.Number),
		slog.Int("orphanedViews", orphaned))
	return nil
}

func (c *Cache) rollbackTarget(to BlockRef) (*version, error) {
	if len(c.rows) > 0 && to.Number < c.finalized {
		return nil, fmt.Errorf("%w %d", ErrBelowFinalized, c.finalized)
	}
	if len(c.rows) > 0 && to.Number < c.rows[0].header.Ref.Number {
		_, err := c.at(to.Number)
		return nil, fmt.Errorf("%w: oldest block is %v: %w", ErrTooDeep, c.rows[0].header.Ref, err)
	}
	return c.find(to)
}

// drop removes the rows above a height, brings the cells back, and orphans the
// views on those blocks, which it gives what they need to go on answering. It
// returns how many views it orphaned.
func (c *Cache) drop(height uint64) int {
	c.mu.Lock()
	keep := int(height-c.rows[0].header.Ref.Number) + 1
	dropped := slices.Clone(c.rows[keep:])
	for i, v := range dropped {
		c.orphans.add(v.header.Ref)
		c.rows[keep+i] = nil
	}
	c.rows = c.rows[:keep]
	fork := c.rows[keep-1]
	var hit []*pin
	for p := range c.pins {
		if p.holds() && p.hold > height {
			hit = append(hit, p)
		}
	}
	c.mu.Unlock()

	orphaned := c.orphan(hit, fork, dropped)
	c.st.turns.Add(1)
	for _, v := range slices.Backward(dropped) {
		c.st.restore(c.st.ring.get(v.seq))
	}
	for _, v := range dropped {
		c.st.ring.remove(v.seq)
	}
	c.st.turns.Add(1)
	return orphaned
}

// Finalize says that no block up to height n will be rolled back. Errors:
// ErrFuture above the head, ErrBelowFinalized if finality would go back.
func (c *Cache) Finalize(n uint64) error {
	if c.follower {
		return fmt.Errorf("finalize %d: %w", n, ErrFollower)
	}
	return c.finalize(n)
}

func (c *Cache) finalize(n uint64) error {
	c.writer.Lock()
	defer c.writer.Unlock()
	head := c.head()
	switch {
	case head == nil:
		return fmt.Errorf("finalize %d: %w", n, ErrEmpty)
	case n > head.header.Ref.Number:
		return fmt.Errorf("finalize %d: %w: head is %v", n, ErrFuture, head.header.Ref)
	case n < c.finalized:
		return fmt.Errorf("finalize %d: %w %d", n, ErrBelowFinalized, c.finalized)
	case n == c.finalized:
		return nil
	}
	if err := c.append(recFinalize, appendFinalize(nil, n)); err != nil {
		return fmt.Errorf("finalize %d: %w", n, err)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.finalized = n
	return nil
}
