package statecache

import (
	"errors"
	"fmt"
	"log/slog"
)

// Options configures a Cache. The zero value works for chain id 0.
type Options struct {
	// ChainID is bound into every commitment.
	ChainID uint64
	// Window is how many newest blocks stay readable. Default 256.
	Window int
	// HardCap is how many blocks may be retained when pins stop eviction; at the
	// cap Apply and View refuse, naming the pin. Default 2·Window, at least Window+1.
	HardCap int
	// NoHistory keeps no accumulator of earlier blocks: the commitment's history
	// root is 0 (as in a state file without history) and ValueAt answers age 0 only.
	NoHistory bool
	// Log makes changes durable before they are visible, and is replayed by New.
	// Default none.
	Log DeltaLog
	// Checkpoints keeps what Checkpoint writes; New starts from the newest one and
	// replays the rest of Log. Default none: Log is replayed from its start.
	Checkpoints CheckpointStore
	// Progress is told how recovery goes, from one goroutine at a time. Default none.
	Progress func(Progress)
	// OnPressure is called by Apply for the pin that keeps the window from moving,
	// from three quarters of the way to HardCap on. At the cap (Full) it decides:
	// true cancels that pin, so that the block fits, false refuses the block. It
	// must not call the cache. Default: refuse.
	OnPressure func(Pressure) (cancel bool)
	// Budget is how many bytes the cache should stay below, as Memory counts them;
	// 0 for no limit. As it fills, the window shrinks, new watches and then new
	// views are refused: see Level. Blocks are applied all the same.
	Budget uint64
	// UnsafeAnySlots takes slots that do not follow from their keys (ErrBadSlot
	// else): a commitment to them can be refuted by anyone, so that it must never be
	// anchored. Only for vectors and tests of the format.
	UnsafeAnySlots bool
	// Logger gets what an operator must see. Default discards.
	Logger *slog.Logger
}

func (o Options) withDefaults() Options {
	if o.Window == 0 {
		o.Window = 256
	}
	if o.HardCap == 0 {
		o.HardCap = 2 * o.Window
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// Validate reports every option that is out of range, as ErrOptions.
func (o Options) Validate() error {
	o = o.withDefaults()
	var errs []error
	if o.Window < 1 || o.Window > 1<<20 {
		errs = append(errs, fmt.Errorf("%w: window %d is not in 1..2^20", ErrOptions, o.Window))
	}
	if o.Checkpoints != nil && o.Log == nil {
		errs = append(errs, fmt.Errorf("%w: checkpoints without a log", ErrOptions))
	}
	if o.HardCap <= o.Window {
		errs = append(errs, fmt.Errorf("%w: hard cap %d is not above window %d", ErrOptions, o.HardCap, o.Window))
	}
	return errors.Join(errs...)
}
