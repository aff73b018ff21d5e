package host

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"vmhost/jobs"
	"vmhost/statecache"
)

// view is a pinned view as jobs holds it.
type view struct{ v *statecache.View }

// Block implements jobs.View.
func (w view) Block() jobs.BlockRef { return jobs.BlockRef(w.v.Ref()) }

// Commitment implements jobs.View.
func (w view) Commitment() jobs.Hash { return jobs.Hash(w.v.CommitmentBytes()) }

// Release implements jobs.View.
func (w view) Release() { w.v.Release() }

// stateOf is the view behind a jobs.View that states pinned.
func stateOf(v jobs.View) (*statecache.View, error) {
	w, ok := v.(view)
	if !ok {
		return nil, fmt.Errorf("view of an unknown kind %T", v)
	}
	return w.v, nil
}

// states pins views for jobs.
type states struct{ cache *statecache.Cache }

// Pin implements jobs.StateCache.
func (s states) Pin(_ context.Context, at jobs.BlockRef) (jobs.View, error) {
	v, err := pin(s.cache, at, "job")
	if err != nil {
		return nil, err
	}
	return view{v}, nil
}

// stateGone is what ended a view under its job: the window had to move on.
func stateGone(v *statecache.View) error { return fmt.Errorf("%w: %w", jobs.ErrStateGone, v.Err()) }

// pressure decides about a view that keeps the window from moving: the owner is
// warned in the log, and when the chain could not be followed otherwise the view
// ends. Its job then fails for want of its block's state, and says so.
func (h *Host) pressure(p statecache.Pressure) (cancel bool) {
	h.log.Warn("a view holds the window", slog.String("owner", p.Pin.Owner), slog.Uint64("height", p.Pin.Ref.Number),
		slog.Int("blocks", p.Blocks), slog.Int("cap", p.HardCap), slog.Bool("cancelled", p.Full))
	return p.Full
}

// pin takes a view. That a block left the window, or never was in it, is final:
// jobs.ErrStateGone; back pressure is not.
func pin(cache *statecache.Cache, at jobs.BlockRef, owner string) (*statecache.View, error) {
	v, err := cache.View(statecache.BlockRef(at), owner, time.Time{})
	for _, gone := range []error{
		statecache.ErrEmpty, statecache.ErrEvicted, statecache.ErrFuture, statecache.ErrUnknownBlock, statecache.ErrOrphaned,
	} {
		if errors.Is(err, gone) {
			return nil, fmt.Errorf("%w: %w", jobs.ErrStateGone, err)
		}
	}
	return v, err
}

// chain is the cache as jobs.Sync reads it.
type chain struct{ cache *statecache.Cache }

// Head implements jobs.Chain.
func (c chain) Head() (jobs.Block, bool) {
	ref, ok := c.cache.Head()
	if !ok {
		return jobs.Block{}, false
	}
	return c.block(ref)
}

// Canonical implements jobs.Chain.
func (c chain) Canonical(number uint64) (jobs.Block, bool) {
	ref, err := c.cache.Canonical(number)
	if err != nil {
		return jobs.Block{}, false
	}
	return c.block(ref)
}

func (c chain) block(ref statecache.BlockRef) (jobs.Block, bool) {
	v, err := c.cache.View(ref, "sync", time.Time{})
	if err != nil {
		return jobs.Block{}, false
	}
	defer v.Release()
	return blockOf(v.Header(), v.CommitmentBytes()), true
}

func blockOf(h statecache.BlockHeader, c statecache.Commitment) jobs.Block {
	return jobs.Block{
		Number: jobs.Quantity(h.Ref.Number), Hash: h.Ref.Hash, ParentHash: h.Parent,
		Commitment: jobs.Hash(c), Timestamp: jobs.Quantity(h.Timestamp),
	}
}
