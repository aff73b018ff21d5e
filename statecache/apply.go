package statecache

import (
	"crypto/sha256"
	"fmt"
	"log/slog"
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
	if c.follower {
		return Commitment{}, fmt.Errorf("apply: %w", ErrFollower)
	}
	c.writer.Lock()
	defer c.writer.Unlock()
	if v, err := c.find(header.Ref); err == nil {
		if err := v.conflict(&header, changes); err != nil {
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
	next, err := derive(c.head(), c.input(header, ops, changes))
	if err != nil {
		return Commitment{}, fmt.Errorf("apply: %w", err)
	}
	if err := c.append(recApply, appendApply(nil, next, changes)); err != nil {
		return Commitment{}, fmt.Errorf("apply block %v: %w", header.Ref, err)
	}
	c.publish(next, c.opts.Window)
	return next.commitment.Bytes(), nil
}

func (c *Cache) input(header BlockHeader, ops []defOp, changes []Change) *input {
	return &input{chainID: c.opts.ChainID, noHistory: c.opts.NoHistory, header: header, ops: ops, changes: changes}
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

// room reports whether one more row fits below the hard cap.
func (c *Cache) room() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.rows) < c.opts.HardCap {
		return nil
	}
	if p := c.lowestPin(); p != nil && p.ref.Number <= c.rows[0].header.Ref.Number {
		return &PinnedError{Owner: p.owner, Ref: p.ref, Deadline: p.deadline}
	}
	return nil
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
	c.evict(window)
}

// evict drops the oldest rows until the window is kept or a pin stops it.
// Requires mu.
func (c *Cache) evict(window int) {
	p := c.lowestPin()
	for len(c.rows) > window && (p == nil || p.ref.Number > c.rows[0].header.Ref.Number) {
		c.rows[0] = nil // the array outlives the slice
		c.rows = c.rows[1:]
	}
	if len(c.rows) > 0 {
		c.orphans.prune(c.rows[0].header.Ref.Number)
	}
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

// drop removes the rows above a height and orphans the views on them. It returns
// how many views it orphaned.
func (c *Cache) drop(height uint64) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	keep := int(height-c.rows[0].header.Ref.Number) + 1
	for i := keep; i < len(c.rows); i++ {
		c.orphans.add(c.rows[i].header.Ref)
		c.rows[i] = nil
	}
	c.rows = c.rows[:keep]
	orphaned := 0
	for p := range c.pins {
		if p.ref.Number > height && !p.orphaned.Swap(true) {
			orphaned++
		}
	}
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

func digestRows(rows []*version) map[string][32]byte {
	out := map[string][32]byte{}
	for _, t := range tables() {
		w := sha256.New()
		for _, v := range rows {
			t.digest(v, w)
		}
		out[t.name()] = [32]byte(w.Sum(nil))
	}
	return out
}
