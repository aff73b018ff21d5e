package follower

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// Status is a follower's condition at one moment.
type Status struct {
	Connected bool
	// Endpoint is the name of the followed node.
	Endpoint  string
	Head      statecache.BlockRef // zero before the first head
	HeadTime  uint64              // timestamp of Head, Unix seconds
	Safe      statecache.BlockRef // zero if none is known
	Finalized statecache.BlockRef // zero if none is known
	LastHead  time.Time           // when Head became the head
	// Backfill is the last progress of a backfill that has not ended.
	Backfill *Progress
	// Paused is the fault that keeps the follower from following, nil if none.
	Paused error
	// Agreement on the head, zero unless several nodes must agree.
	Agreement Agreement
	// Reconnects counts connections after the first, Returns those of them that
	// went back to a preferred node which was well again.
	Reconnects, Returns int
}

// Ready reports whether the follower follows: connected and not paused.
func (s Status) Ready() bool {
	return s.Connected && s.Paused == nil && s.Head != (statecache.BlockRef{})
}

// Handler receives events in order. An error ends Run with that error.
type Handler func(ctx context.Context, e Event) error

// Follower follows one node of a pool; see the package comment.
type Follower struct {
	opts Options
	log  *slog.Logger
	pool *ethrpc.Pool
	own  bool // the pool is closed with Run

	// Used by Run's goroutine only.
	core          *Core
	prefer        preference
	lastFinalized time.Time // when the finalized block was last asked for

	looks chan look // at nodes that are not followed

	mu      sync.Mutex
	status  Status
	metrics Metrics
}

// New checks the options.
func New(opts Options) (*Follower, error) {
	opts = opts.withDefaults()
	pool, own, err := opts.pool()
	if err != nil {
		return nil, err
	}
	core, err := Resume(opts.Limits, opts.Resume, opts.ResumeFinalized)
	if err != nil {
		return nil, err
	}
	f := &Follower{
		opts: opts, log: opts.Logger, core: core, pool: pool, own: own,
		prefer: newPreference(len(pool.Endpoints()), opts.ReturnAfter), looks: make(chan look),
	}
	if opts.Agree > 1 {
		f.status.Agreement = Agreement{Want: opts.Agree, Of: len(pool.Endpoints())}
	}
	f.status.Head, _ = core.Tip()
	f.status.Finalized = core.Finalized()
	return f, nil
}

// Status returns the condition now.
func (f *Follower) Status() Status {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.status
}

// active is the followed endpoint, nil if there is none.
func (f *Follower) active() *ethrpc.Endpoint {
	name := f.Status().Endpoint
	for _, e := range f.pool.Endpoints() {
		if e.Name() == name {
			return e
		}
	}
	return nil
}

func (f *Follower) update(change func(*Status)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(&f.status)
}

// handlerError marks an error of the handler, which ends Run.
type handlerError struct{ err error }

func (e *handlerError) Error() string { return e.err.Error() }
func (e *handlerError) Unwrap() error { return e.err }

// Run follows until the context ends or the handler fails. It reconnects, to
// whichever node is healthy, for as long as it takes. Call it once.
func (f *Follower) Run(ctx context.Context, handle Handler) error {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer func() {
		cancel()
		wg.Wait()
		if f.own {
			f.pool.Close()
		}
	}()
	if len(f.pool.Endpoints()) > 1 {
		wg.Go(func() { f.probe(ctx) })
	}
	var wanted *returnError // the node to return to, if that ended the last session
	for first := true; ; first = false {
		if !first {
			f.update(func(s *Status) { s.Reconnects++ })
		}
		e, err := f.pick(ctx, wanted)
		if err != nil {
			return err
		}
		err = f.session(ctx, e, handle)
		f.update(func(s *Status) { s.Connected = false })
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if h, ok := errors.AsType[*handlerError](err); ok {
			return h.err
		}
		if wanted, _ = errors.AsType[*returnError](err); wanted != nil {
			f.log.LogAttrs(ctx, slog.LevelInfo, "returning to a preferred node", slog.String("from", e.Name()), slog.String("to", wanted.to.Name()))
			continue
		}
		f.prefer.left(time.Now())
		if other, _ := f.pool.Pick(time.Now()); other == e {
			e.Fail(err) // what ended the session was no failed call
		}
		f.log.LogAttrs(ctx, slog.LevelWarn, "node connection ended", slog.String("endpoint", e.Name()), slog.Any("err", err))
	}
}

// pick waits for an endpoint that may be used: the wanted one if it may.
func (f *Follower) pick(ctx context.Context, wanted *returnError) (*ethrpc.Endpoint, error) {
	if wanted != nil && wanted.to.Status().State == ethrpc.Healthy {
		return wanted.to, nil
	}
	for {
		e, at := f.pool.Pick(time.Now())
		if e != nil {
			return e, nil
		}
		if err := sleep(ctx, time.Until(at)); err != nil {
			return nil, err
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(max(d, time.Millisecond))
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// session is one connection, from dialling to its end; it never returns nil.
func (f *Follower) session(ctx context.Context, e *ethrpc.Endpoint, handle Handler) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := &session{f: f, e: e, handle: handle, moved: time.Now()}
	var err error
	if s.client, err = e.Dial(ctx); err != nil {
		if errors.Is(err, ErrChainID) {
			return s.fault(ctx, &Fault{Err: err}, true)
		}
		return err
	}
	defer s.client.Close()
	f.core.Switch(e.Head())
	f.pool.Lead(e)
	f.prefer.took(time.Now(), slices.Index(f.pool.Endpoints(), e))
	f.update(func(st *Status) { st.Connected, st.Endpoint = true, e.Name() })
	f.log.LogAttrs(ctx, slog.LevelInfo, "connected to node", slog.String("endpoint", e.Name()), slog.Uint64("chain", f.pool.ChainID()))
	return s.run(ctx)
}

// moved records a new head. Requires mu.
func (f *Follower) moved(e Event, head *Header) {
	s := &f.status
	s.Head, s.HeadTime, s.LastHead, s.Paused, s.Backfill = head.Ref, head.Timestamp, time.Now(), nil, nil
	f.metrics.moved(e, s.Endpoint)
}

// emit records an event in status and metrics and hands it on.
func (f *Follower) emit(ctx context.Context, handle Handler, e Event) error {
	f.mu.Lock()
	switch e := e.(type) {
	case *Advanced:
		f.moved(e, e.Header)
	case *Reorged:
		f.moved(e, e.Applied[len(e.Applied)-1])
	case *Safe:
		f.status.Safe = e.Ref
	case *Finalized:
		f.status.Finalized = e.Ref
	case *Progress:
		f.status.Backfill = e
	case *Fault:
		f.status.Paused = e.Err
		f.metrics.fault(e.Err)
	}
	name := f.status.Endpoint
	f.mu.Unlock()
	switch e := e.(type) {
	case *Fault:
		f.log.LogAttrs(ctx, slog.LevelError, "source fault: paused", slog.String("endpoint", name), slog.Any("err", e.Err))
	case *Progress:
		f.log.LogAttrs(ctx, slog.LevelInfo, "backfilling", slog.Uint64("head", e.Head.Number),
			slog.Uint64("fetched", e.Fetched), slog.Uint64("missing", e.Missing))
	default:
	}
	if err := handle(ctx, e); err != nil {
		return &handlerError{fmt.Errorf("handle event: %w", err)}
	}
	return nil
}
