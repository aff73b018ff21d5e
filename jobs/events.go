package jobs

import (
	"context"
	"fmt"
	"log/slog"
)

// Advanced tells that block was applied to the state cache and is the head. It
// records the block with the jobs its triggers create. A block that is already
// canonical here is a repetition and changes nothing; one whose parent is
// canonical but not the head implies the reorganisation. An error other than
// [ErrBelowFinalized] and [ErrUnlinked] may be retried.
func (m *Manager) Advanced(_ context.Context, b Block) error {
	for again := true; again; {
		again = false
		err := m.commit(func(int64) ([]*Record, error) {
			if len(m.core.window) == 0 {
				return m.advance(b, false, true)
			}
			if m.core.canonical(b.Ref()) != nil {
				return nil, nil
			}
			parent := m.core.canonical(BlockRef{Number: uint64(b.Number) - 1, Hash: b.ParentHash})
			if b.Number == 0 || parent == nil {
				return nil, fmt.Errorf("%w: head is %s", ErrUnlinked, m.core.head())
			}
			if parent.Ref() == m.core.head() {
				return m.advance(b, false, true)
			}
			undo, err := m.undo(parent.Ref())
			if err != nil {
				return nil, err
			}
			again = true // the new block's jobs depend on what the undo leaves
			return []*Record{undo}, nil
		})
		if err != nil {
			return fmt.Errorf("advance to %s: %w", b.Ref(), err)
		}
	}
	return nil
}

// advance decides the records of a new head whose parent is the head.
func (m *Manager) advance(b Block, gap, fire bool) ([]*Record, error) {
	rec := &Record{Type: RecAdvance, Block: &b, Gap: gap}
	if !fire {
		return []*Record{rec}, nil
	}
	onDemand, byTrigger := m.core.retry(b)
	for _, t := range m.core.triggers {
		d := definition{Program: t.Program, Module: t.Module, Trigger: t.ID, Input: t.Input, Prove: t.Prove}
		if old, ok := byTrigger[t.ID]; ok {
			d.RetryOf, d.Attempt = old.ID, old.Attempt
		}
		rec.Jobs = append(rec.Jobs, d)
	}
	for _, old := range onDemand {
		d := old
		d.RetryOf = old.ID
		rec.Jobs = append(rec.Jobs, d)
	}
	for i := range rec.Jobs {
		d := &rec.Jobs[i]
		id, err := randomID(m.opts.Rand)
		if err != nil {
			return nil, err
		}
		d.ID, d.Block, d.Attempt = JobID(id), b.Ref(), d.Attempt+1
		d.Key = m.key(d.Program, d.Module, d.Input, b, d.Prove)
		*d = m.core.trim(*d)
	}
	out := []*Record{rec}
	if m.runQ.len()+len(rec.Jobs) > m.opts.MaxQueued {
		out = append(out, refuseAll(rec))
	}
	return out, nil
}

// refuseAll is the data record of a block whose jobs had no room in the queue.
func refuseAll(rec *Record) *Record {
	data := &Record{Type: RecData, Block: rec.Block, Complete: true}
	for _, d := range rec.Jobs {
		data.Items = append(data.Items, Item{
			ID: d.ID, Program: d.Program, Module: d.Module, Trigger: d.Trigger, State: Failed,
			Failure: &Failure{FailLimit, "run queue is full"}, Attempt: d.Attempt, RetryOf: d.RetryOf,
		})
	}
	return data
}

func (m *Manager) key(program, module Hash, input []byte, b Block, prove bool) Hash {
	if program.IsZero() { // an unprovable module has no ProgramID
		program = module
	}
	return contentKey(m.opts.ChainID, program, input, b, m.opts.ABI, m.opts.Limits.forJob(prove), prove)
}

// Reorged tells that the chain went back to the common ancestor `to`, which
// must be canonical here. Jobs of the reverted blocks become undone, their work
// is cancelled; the caller then calls Advanced for each block of the new
// branch. Going back to the head is a repetition and changes nothing.
func (m *Manager) Reorged(_ context.Context, to BlockRef) error {
	err := m.commit(func(int64) ([]*Record, error) {
		if m.core.head() == to {
			return nil, nil
		}
		undo, err := m.undo(to)
		if err != nil {
			return nil, err
		}
		return []*Record{undo}, nil
	})
	if err != nil {
		return fmt.Errorf("reorganise to %s: %w", to, err)
	}
	return nil
}

func (m *Manager) undo(to BlockRef) (*Record, error) {
	if to.Number < m.core.finalized.Number {
		m.opts.Logger.LogAttrs(m.ctx, slog.LevelError, "source fault: reorganisation below the finalized block",
			slog.Uint64("height", to.Number), slog.Uint64("finalized", m.core.finalized.Number))
		return nil, fmt.Errorf("%w: to %d, finalized is %d", ErrBelowFinalized, to.Number, m.core.finalized.Number)
	}
	if m.core.canonical(to) == nil {
		return nil, fmt.Errorf("%w: common ancestor %s", ErrUnlinked, to)
	}
	from := m.core.head()
	return &Record{Type: RecUndo, To: &to, From: &from, Undone: m.core.above(to.Number)}, nil
}

// Finalized tells that a canonical block is final. Going back is ignored.
func (m *Manager) Finalized(_ context.Context, r BlockRef) error {
	err := m.commit(func(int64) ([]*Record, error) {
		if r.Number < m.core.finalized.Number || r == m.core.finalized {
			return nil, nil
		}
		if m.core.canonical(r) == nil {
			return nil, ErrUnknownBlock
		}
		return []*Record{{Type: RecFinal, To: &r}}, nil
	})
	if err != nil {
		return fmt.Errorf("finalize %s: %w", r, err)
	}
	return nil
}

// Safe tells the safe block. It is not recorded; streams that wait for "safe"
// use the higher of it and the finalized block.
func (m *Manager) Safe(r BlockRef) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if r != m.safe && m.core.canonical(r) != nil {
		m.safe = r
		m.announceLocked()
	}
}

// Anchored tells that the commitment of a canonical block was recorded on chain.
func (m *Manager) Anchored(_ context.Context, r BlockRef, a Anchor) error {
	err := m.commit(func(int64) ([]*Record, error) {
		b := m.core.canonical(r)
		if b == nil {
			return nil, ErrUnknownBlock
		}
		if b.anchor != nil && *b.anchor == a {
			return nil, nil
		}
		out := []*Record{{Type: RecAnchor, Ref: &r, Anchor: &a}}
		for _, id := range b.jobs {
			if j := m.core.jobs[id]; j != nil && j.state == Proven {
				out = append(out, anchoredRecord(j.def, &a))
			}
		}
		return out, nil
	})
	if err != nil {
		return fmt.Errorf("anchored %s: %w", r, err)
	}
	return nil
}

// Sync brings the state to the chain after a start: undoes what is no longer
// canonical, then advances block by block to the chain's head. Blocks the chain
// no longer retains are skipped (a recorded gap).
func (m *Manager) Sync(ctx context.Context, c Chain) error {
	head, ok := c.Head()
	if !ok {
		return nil
	}
	if err := m.rewind(ctx, c, head); err != nil {
		return fmt.Errorf("sync: %w", err)
	}
	from := uint64(head.Number)
	if known := m.Head(); known.Hash != (Hash{}) {
		from = uint64(known.Number) + 1
	}
	for n := from; n <= uint64(head.Number); n++ {
		b, ok := c.Canonical(n)
		if !ok {
			continue
		}
		fire := uint64(head.Number)-n < uint64(m.opts.CatchUp)
		if err := m.catchUp(b, fire); err != nil {
			return fmt.Errorf("sync to %s: %w", b.Ref(), err)
		}
	}
	return nil
}

// rewind undoes what the chain, as far as it can tell, no longer has.
func (m *Manager) rewind(ctx context.Context, c Chain, head Block) error {
	m.mu.RLock()
	window := make([]BlockRef, len(m.core.window))
	for i, b := range m.core.window {
		window[i] = b.Ref()
	}
	m.mu.RUnlock()
	differs := false
	for i := len(window) - 1; i >= 0; i-- {
		b, ok := c.Canonical(window[i].Number)
		switch {
		case ok && b.Ref() == window[i]:
			if !differs {
				return nil
			}
			return m.Reorged(ctx, window[i])
		case ok:
			differs = true
		case window[i].Number < uint64(head.Number) && differs:
			return fmt.Errorf("%w: no common block is retained", ErrUnlinked)
		}
	}
	if differs {
		return fmt.Errorf("%w: the log is of another chain", ErrUnlinked)
	}
	return nil
}

func (m *Manager) catchUp(b Block, fire bool) error {
	return m.commit(func(int64) ([]*Record, error) {
		head := m.core.head()
		gap := len(m.core.window) > 0 && b.ParentHash != Hash(head.Hash)
		if gap && uint64(b.Number) == head.Number+1 {
			return nil, ErrUnlinked
		}
		return m.advance(b, gap, fire)
	})
}
