package anchoring

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"vmhost/statecache"
)

// AnchorState is how far an anchor has come.
type AnchorState string

// States of an anchor.
const (
	AnchorQueued   AnchorState = "queued"   // to be posted
	AnchorPosted   AnchorState = "posted"   // transaction sent
	AnchorAnchored AnchorState = "anchored" // in the registry
	AnchorUndone   AnchorState = "undone"   // its block left the chain
	AnchorFailed   AnchorState = "failed"   // refused for good
)

// AnchorStatus is an anchor and how far it has come.
type AnchorStatus struct {
	Anchor   Anchor
	State    AnchorState
	Tx       Tx  // transaction that anchored it, zero if it was there already
	Attempts int // transactions sent for it
	Err      error
}

// AnchorerOptions configure an Anchorer. Client and Registry are required.
type AnchorerOptions struct {
	Client   *Client
	Registry [20]byte
	// Fence is this instance's lease revision; an instance with a higher one
	// stops this one.
	Fence uint64
	// MaxBatch is how many anchors go into one transaction; 0 means 16.
	MaxBatch int
	// Retry is the pause after a problem; 0 means 1 s.
	Retry time.Duration
	// Keep is how many blocks below the newest an anchor is remembered; 0 means 1024.
	Keep uint64
	// Logger: nil discards.
	Logger *slog.Logger
}

// Anchorer keeps the commitments it is given in the registry. When a
// reorganisation takes out the transaction that anchored a block, it posts it
// again; when it takes out the block itself, the anchor is undone.
type Anchorer struct {
	opts AnchorerOptions
	log  *slog.Logger
	wake chan struct{} // capacity 1

	mu      sync.Mutex
	entries map[statecache.BlockRef]*entry
	head    uint64
	reorgs  int            // rollbacks seen
	changed []AnchorStatus // not yet told
}

type entry struct{ AnchorStatus }

// NewAnchorer checks the options.
func NewAnchorer(opts AnchorerOptions) (*Anchorer, error) {
	if opts.Client == nil || opts.Registry == ([20]byte{}) {
		return nil, errors.New("anchoring: anchorer without client or registry")
	}
	if opts.MaxBatch <= 0 {
		opts.MaxBatch = 16
	}
	if opts.Retry == 0 {
		opts.Retry = time.Second
	}
	if opts.Keep == 0 {
		opts.Keep = 1024
	}
	if opts.Logger == nil {
		opts.Logger = slog.New(slog.DiscardHandler)
	}
	return &Anchorer{opts: opts, log: opts.Logger, wake: make(chan struct{}, 1), entries: map[statecache.BlockRef]*entry{}}, nil
}

func (a *Anchorer) signal() {
	select {
	case a.wake <- struct{}{}:
	default:
	}
}

// Post queues an anchor; one that is known already is ignored. It does not block.
func (a *Anchorer) Post(anchor Anchor) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if e, ok := a.entries[anchor.Block]; ok && e.State != AnchorUndone && e.State != AnchorFailed {
		return
	}
	e := &entry{AnchorStatus: AnchorStatus{Anchor: anchor, State: AnchorQueued}}
	a.entries[anchor.Block] = e
	a.changed = append(a.changed, e.AnchorStatus)
	a.signal()
}

// Head tells the height of the chain's head: an anchor can be posted when its
// block is below it.
func (a *Anchorer) Head(height uint64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.head = height
	for ref, e := range a.entries {
		if ref.Number+a.opts.Keep < height && e.State != AnchorQueued && e.State != AnchorPosted {
			delete(a.entries, ref)
		}
	}
	a.signal()
}

// RolledBack tells that the blocks above to have left the chain.
func (a *Anchorer) RolledBack(to statecache.BlockRef) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.head = min(a.head, to.Number)
	a.reorgs++
	for ref, e := range a.entries {
		switch {
		case ref.Number > to.Number && e.State != AnchorFailed:
			a.set(e, AnchorUndone, nil)
		case e.State == AnchorAnchored && e.Tx.Block.Number > to.Number:
			a.set(e, AnchorQueued, nil)
		}
	}
	a.signal()
}

// set changes a state and remembers to tell it. Requires mu.
func (a *Anchorer) set(e *entry, s AnchorState, err error) {
	if e.State == s && err == nil {
		return
	}
	e.State, e.Err = s, err
	a.changed = append(a.changed, e.AnchorStatus)
}

// Status returns an anchor's status; false if it was never posted or forgotten.
func (a *Anchorer) Status(block statecache.BlockRef) (AnchorStatus, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	e, ok := a.entries[block]
	if !ok {
		return AnchorStatus{}, false
	}
	return e.AnchorStatus, true
}

// Run posts until the context ends, the handler fails, or another instance
// fences this one off (ErrFenced). The handler gets every change of state.
func (a *Anchorer) Run(ctx context.Context, handle func(context.Context, AnchorStatus) error) error {
	for {
		err := a.round(ctx)
		for _, s := range a.takeChanged() {
			if err := handle(ctx, s); err != nil {
				return fmt.Errorf("handle anchor: %w", err)
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if errors.Is(err, ErrFenced) {
			return err
		}
		if err != nil {
			a.log.LogAttrs(ctx, slog.LevelWarn, "anchoring delayed", slog.Any("err", err))
		}
		if err := a.wait(ctx, err != nil); err != nil {
			return err
		}
	}
}

// wait returns when there is something to do, or after the pause for a retry.
func (a *Anchorer) wait(ctx context.Context, retry bool) error {
	var after <-chan time.Time
	if retry {
		t := time.NewTimer(a.opts.Retry)
		defer t.Stop()
		after = t.C
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-a.wake:
	case <-after:
	}
	return nil
}

func (a *Anchorer) takeChanged() []AnchorStatus {
	a.mu.Lock()
	defer a.mu.Unlock()
	out := a.changed
	a.changed = nil
	return out
}

// due returns queued anchors whose block is below the head, lowest first.
func (a *Anchorer) due() []Anchor {
	a.mu.Lock()
	defer a.mu.Unlock()
	var out []Anchor
	for ref, e := range a.entries {
		if e.State == AnchorQueued && ref.Number < a.head {
			out = append(out, e.Anchor)
		}
	}
	slices.SortFunc(out, func(x, y Anchor) int { return int(int64(x.Block.Number) - int64(y.Block.Number)) })
	return out[:min(len(out), a.opts.MaxBatch)]
}

// round posts one batch: those of it that the registry would take.
func (a *Anchorer) round(ctx context.Context) error {
	var batch []Anchor
	var later error
	for _, anchor := range a.due() {
		ok, err := a.try(ctx, anchor)
		if errors.Is(err, ErrFenced) || ctx.Err() != nil {
			return err
		}
		if err != nil {
			later = err
		}
		if ok {
			batch = append(batch, anchor)
		}
	}
	if len(batch) == 0 {
		return later
	}
	a.mu.Lock()
	reorgs := a.reorgs
	a.mu.Unlock()
	a.update(batch, func(e *entry) {
		e.Attempts++
		a.set(e, AnchorPosted, nil)
	})
	tx, err := a.opts.Client.PostAnchors(ctx, a.opts.Registry, batch, a.opts.Fence)
	if err != nil {
		// Back to the queue: the next round finds out one by one.
		a.update(batch, func(e *entry) { a.set(e, AnchorQueued, err) })
		return err
	}
	a.update(batch, func(e *entry) {
		e.Tx = tx
		if a.reorgs == reorgs {
			a.set(e, AnchorAnchored, nil)
		} else { // the transaction may be gone again: look
			a.set(e, AnchorQueued, nil)
		}
	})
	a.signal() // there may be more than one batch
	return later
}

// update changes the entries of a batch that were not undone meanwhile.
func (a *Anchorer) update(batch []Anchor, change func(*entry)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, anchor := range batch {
		if e := a.entries[anchor.Block]; e != nil && (e.State == AnchorQueued || e.State == AnchorPosted) {
			change(e)
		}
	}
}

// try finds out what the registry would say: it is there already, it would be
// taken (true), it is refused for good, or not yet (an error).
func (a *Anchorer) try(ctx context.Context, anchor Anchor) (bool, error) {
	there, err := a.opts.Client.IsAnchored(ctx, a.opts.Registry, anchor.Block.Number, anchor.Commitment)
	if err != nil {
		return false, err
	}
	if there {
		a.update([]Anchor{anchor}, func(e *entry) {
			// In which block is not known: any rollback below the head looks again.
			e.Tx = Tx{Hash: e.Tx.Hash, Block: statecache.BlockRef{Number: a.head}}
			a.set(e, AnchorAnchored, nil)
		})
		return false, nil
	}
	err = a.opts.Client.tryAnchor(ctx, a.opts.Registry, anchor, a.opts.Fence)
	switch ProblemOf(err) {
	case ProblemNone:
		return err == nil, err
	case ProblemFence:
		return false, fmt.Errorf("%w: %w", ErrFenced, err)
	case ProblemWrongBlock, ProblemNoBlock:
		// A reorganisation that was not told yet, or a node that lags: wait for it.
		// A block that is too old stays refused.
		a.mu.Lock()
		old := anchor.Block.Number+8191 < a.head
		a.mu.Unlock()
		if !old {
			return false, fmt.Errorf("anchor %v: %w", anchor.Block, err)
		}
	default:
	}
	a.update([]Anchor{anchor}, func(e *entry) { a.set(e, AnchorFailed, err) })
	a.log.LogAttrs(ctx, slog.LevelError, "anchor refused", slog.Uint64("height", anchor.Block.Number), slog.Any("err", err))
	return false, nil
}
