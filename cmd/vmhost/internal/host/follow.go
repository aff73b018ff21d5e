package host

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"vmhost/anchoring"
	"vmhost/jobs"
)

// followed takes over what the source did to the cache. It is called by one
// goroutine, in order.
func (h *Host) followed(ctx context.Context, e anchoring.Event) error {
	if h.opts.Observe != nil {
		h.opts.Observe(e)
	}
	switch e := e.(type) {
	case *anchoring.Applied:
		return h.applied(ctx, e)
	case *anchoring.RolledBack:
		h.log.LogAttrs(ctx, slog.LevelInfo, "reorganisation", slog.Uint64("to", e.To.Number), slog.Int("reverted", len(e.Reverted)))
		if h.anchorer != nil {
			h.anchorer.RolledBack(e.To)
		}
		return h.toJobs(ctx, func() error { return h.jobs.Reorged(ctx, jobs.BlockRef(e.To)) })
	case *anchoring.Finalized:
		err := h.toJobs(ctx, func() error { return h.jobs.Finalized(ctx, jobs.BlockRef(e.Ref)) })
		if errors.Is(err, jobs.ErrUnknownBlock) { // below what the results log has seen
			return nil
		}
		return err
	case *anchoring.Safe:
		h.jobs.Safe(jobs.BlockRef(e.Ref))
	case *anchoring.Fault:
		h.log.LogAttrs(ctx, slog.LevelError, "source fault", slog.Any("err", e.Err), slog.Uint64("height", e.Ref.Number))
	}
	return nil
}

func (h *Host) applied(ctx context.Context, e *anchoring.Applied) error {
	ref := jobs.BlockRef(e.Header.Ref)
	err := h.toJobs(ctx, func() error { return h.jobs.Advanced(ctx, blockOf(e.Header, e.Commitment)) })
	if errors.Is(err, jobs.ErrUnlinked) {
		// The results log stops at another block than the cache began at (a data
		// folder whose state was removed): a recorded gap.
		err = h.toJobs(ctx, func() error { return h.jobs.Sync(ctx, chain{h.cache}) })
	}
	if err != nil {
		return err
	}
	if h.anchorer == nil {
		return nil
	}
	if h.inCadence(e.Header.Ref.Number, e.Header.Timestamp, h.lastTime) {
		h.Want(ref)
	}
	h.lastTime = e.Header.Timestamp
	h.anchorer.Head(ref.Number)
	return nil
}

// toJobs retries what the results log could not store.
func (h *Host) toJobs(ctx context.Context, f func() error) error {
	err := retry(ctx, f, func(err error) bool {
		if h.jobs.Err() != nil {
			return true
		}
		for _, final := range []error{jobs.ErrBelowFinalized, jobs.ErrUnlinked, jobs.ErrUnknownBlock, jobs.ErrClosed} {
			if errors.Is(err, final) {
				return true
			}
		}
		h.log.LogAttrs(ctx, slog.LevelError, "results log", slog.Any("err", err))
		return false
	})
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("jobs: %w", err)
	}
	return err
}

// ready is why the host is not ready, nil if it is.
func (h *Host) ready() error {
	s := h.source.Status()
	switch {
	case s.Fault != nil:
		return fmt.Errorf("source: %w", s.Fault)
	case !s.Connected:
		return errors.New("source: not connected")
	case !s.Ready(maxLag):
		return fmt.Errorf("%w: %d blocks behind", ErrNotSynced, s.Lag)
	}
	return nil
}

// maxLag is how many blocks a ready host may be behind its node.
const maxLag = 3
