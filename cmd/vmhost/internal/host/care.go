package host

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"vmhost/statecache"
)

const (
	// careEvery is how often the length of the log is looked at.
	careEvery = 10 * time.Second
	// verifyRate is how many hashes a second the check of the state may do: a few
	// per cent of a core.
	verifyRate = 10_000
)

// care writes checkpoints until ctx ends, so that the log and a restart stay
// short. One that fails is written later.
func (h *Host) care(ctx context.Context) error {
	look := time.NewTicker(careEvery)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-look.C:
			h.checkpoint(ctx)
		}
	}
}

// check verifies the state in memory now and then until ctx ends. Memory that is
// not what was committed to stops the host: what it would serve and prove could
// be wrong, and a restart builds the state again from the disk.
func (h *Host) check(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(h.opts.VerifyEvery):
			if err := h.verify(ctx); err != nil {
				return err
			}
		}
	}
}

// checkpoint writes one if the log has grown enough. Used by care alone.
func (h *Host) checkpoint(ctx context.Context) {
	if h.opts.Data == "" || h.cache.NextRecord() < h.checkpointed+h.opts.CheckpointEvery {
		return
	}
	next := h.cache.NextRecord()
	if _, err := h.cache.Checkpoint(ctx); err != nil {
		if ctx.Err() == nil && !errors.Is(err, statecache.ErrEmpty) {
			h.log.LogAttrs(ctx, slog.LevelError, "no checkpoint of the state, trying again later", slog.Any("err", err))
		}
		return
	}
	h.checkpointed = next
}

// verify returns the error that must stop the host.
func (h *Host) verify(ctx context.Context) error {
	report, err := h.cache.Verify(ctx, statecache.VerifyOptions{Pause: func(ctx context.Context, hashes int) error {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Duration(hashes) * time.Second / verifyRate):
			return nil
		}
	}})
	switch {
	case err == nil:
		h.log.LogAttrs(ctx, slog.LevelInfo, "state verified", slog.Uint64("hashes", report.Hashes), slog.Int("checkpoints", report.Checkpoints))
	case errors.Is(err, statecache.ErrIntegrity):
		return err
	case ctx.Err() == nil && !errors.Is(err, statecache.ErrEmpty):
		h.log.LogAttrs(ctx, slog.LevelError, "state not verified", slog.Any("err", err))
	}
	return nil
}
