package host

import (
	"context"
	"errors"
	"log/slog"

	"vmhost/anchoring"
	"vmhost/jobs"
)

// Want implements jobs.Anchors: it queues the block's commitment for the registry.
func (h *Host) Want(at jobs.BlockRef) {
	if h.anchorer == nil {
		return
	}
	v, err := pin(h.cache, at, "anchor")
	if err != nil {
		// The block left the chain or the window: nothing to anchor any more.
		h.log.LogAttrs(h.ctx, slog.LevelWarn, "block not anchored", slog.Uint64("height", at.Number), slog.Any("err", err))
		return
	}
	defer v.Release()
	h.anchorer.Post(anchoring.AnchorOf(v))
}

// anchored passes on that a commitment is in the registry.
func (h *Host) anchored(ctx context.Context, s anchoring.AnchorStatus) error {
	if s.State != anchoring.AnchorAnchored {
		level := slog.LevelDebug
		if s.State == anchoring.AnchorFailed {
			level = slog.LevelError
		}
		h.log.LogAttrs(ctx, level, "anchor", slog.Uint64("height", s.Anchor.Block.Number), slog.String("state", string(s.State)), slog.Any("err", s.Err))
		return nil
	}
	fact := jobs.Anchor{Tx: s.Tx.Hash, Included: jobs.Quantity(s.Tx.Block.Number)}
	err := retry(ctx, func() error { return h.jobs.Anchored(ctx, jobs.BlockRef(s.Anchor.Block), fact) }, func(err error) bool {
		return errors.Is(err, jobs.ErrUnknownBlock) || h.jobs.Err() != nil || errors.Is(err, jobs.ErrClosed)
	})
	if errors.Is(err, jobs.ErrUnknownBlock) { // undone meanwhile
		return nil
	}
	return err
}
