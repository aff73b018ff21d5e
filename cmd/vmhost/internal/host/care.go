package host

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"vmhost/statecache"
	"vmhost/wsapi"
)

const (
	// careEvery is how often the length of the log is looked at.
	careEvery = 10 * time.Second
	// verifyRate is how many hashes a second the check of the state may do: a few
	// per cent of a core.
	verifyRate = 10_000
)

// tended counts what care and check did.
type tended struct {
	record          atomic.Uint64 // how long the log was at the last checkpoint
	written, failed atomic.Uint64
	hashes          atomic.Uint64

	verified, unverified atomic.Uint64
}

// stateSamples are the figures for /metrics.
func (h *Host) stateSamples() []wsapi.Sample {
	return []wsapi.Sample{
		{Name: "vmhost_state_log_records", Help: "Changes of the state since its log began.", Value: float64(h.cache.NextRecord())},
		{Name: "vmhost_state_checkpoint_record", Help: "Where in the log the last checkpoint was written.", Value: float64(h.tended.record.Load())},
		{Name: "vmhost_state_checkpoints_total", Help: "Checkpoints of the state.", Counter: true, Labels: map[string]string{"result": "written"}, Value: float64(h.tended.written.Load())},
		{Name: "vmhost_state_checkpoints_total", Help: "Checkpoints of the state.", Counter: true, Labels: map[string]string{"result": "failed"}, Value: float64(h.tended.failed.Load())},
		{Name: "vmhost_state_checks_total", Help: "Integrity checks of the state.", Counter: true, Labels: map[string]string{"result": "passed"}, Value: float64(h.tended.verified.Load())},
		{Name: "vmhost_state_checks_total", Help: "Integrity checks of the state.", Counter: true, Labels: map[string]string{"result": "failed"}, Value: float64(h.tended.unverified.Load())},
		{Name: "vmhost_state_checked_hashes_total", Help: "Hashes compared by integrity checks.", Counter: true, Value: float64(h.tended.hashes.Load())},
	}
}

// care writes checkpoints until ctx ends, so that the log and a restart stay
// short, and ends what has run out. A checkpoint that fails is written later.
func (h *Host) care(ctx context.Context) error {
	look := time.NewTicker(careEvery)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-look.C:
			h.checkpoint(ctx)
			h.expire(time.Now())
		}
	}
}

// expire ends views and leases whose time is over.
func (h *Host) expire(now time.Time) {
	h.cache.Expire(now)
	switch dropped, err := h.cache.ExpireLeases(now); {
	case err != nil:
		h.log.Error("a lease that ran out", slog.Any("err", err))
	case len(dropped) > 0:
		h.log.Warn("leases ran out", slog.Any("dropped", dropped))
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
	if h.opts.Data == "" || h.cache.NextRecord() < h.tended.record.Load()+h.opts.CheckpointEvery {
		return
	}
	next := h.cache.NextRecord()
	if _, err := h.cache.Checkpoint(ctx); err != nil {
		if ctx.Err() == nil && !errors.Is(err, statecache.ErrEmpty) {
			h.log.LogAttrs(ctx, slog.LevelError, "no checkpoint of the state, trying again later", slog.Any("err", err))
			h.tended.failed.Add(1)
		}
		return
	}
	h.tended.record.Store(next)
	h.tended.written.Add(1)
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
	h.tended.hashes.Add(report.Hashes)
	switch {
	case err == nil:
		h.tended.verified.Add(1)
		h.log.LogAttrs(ctx, slog.LevelInfo, "state verified", slog.Uint64("hashes", report.Hashes), slog.Int("checkpoints", report.Checkpoints))
	case errors.Is(err, statecache.ErrIntegrity):
		return err
	case ctx.Err() == nil && !errors.Is(err, statecache.ErrEmpty):
		h.log.LogAttrs(ctx, slog.LevelError, "state not verified", slog.Any("err", err))
		h.tended.unverified.Add(1)
		if errors.Is(err, statecache.ErrCheckpoint) {
			h.tended.record.Store(0) // it is gone: write another one soon
		}
	}
	return nil
}
