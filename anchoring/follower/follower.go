package follower

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

// Options configure a Follower. Only URL is required.
type Options struct {
	// URL of the node: ws and wss subscribe to heads, http and https poll.
	URL string
	// ChainID that the node must serve; 0 takes that of the first connection.
	ChainID uint64
	// Limits of the core.
	Limits Limits
	// Back is how many blocks below the head a fresh follower starts at most: it
	// starts at the finalized block or here, whichever is higher, so that early
	// reorganisations stay within the chain. 0 means 96.
	Back uint64
	// Resume is the chain that the receiver already has, lowest first (Back is
	// then ignored), and ResumeFinalized its finalized block.
	Resume          []statecache.BlockRef
	ResumeFinalized statecache.BlockRef
	// Poll is the interval of asking for the head over HTTP; 0 means 500 ms.
	Poll time.Duration
	// FinalizedEvery is how often the finalized block is asked for; 0 means 2 s.
	FinalizedEvery time.Duration
	// Silence is how long no new head may come before the follower alarms and
	// reconnects; 0 means 60 s, negative never.
	Silence time.Duration
	// Timeout of one request; 0 means 10 s.
	Timeout time.Duration
	// BackoffMin and BackoffMax bound the pause before a reconnection; 0 means
	// 200 ms and 15 s.
	BackoffMin, BackoffMax time.Duration
	// Logger receives connections and faults; nil discards.
	Logger *slog.Logger
}

func (o Options) withDefaults() Options {
	def := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	if o.Back == 0 {
		o.Back = 96
	}
	def(&o.Poll, 500*time.Millisecond)
	def(&o.FinalizedEvery, 2*time.Second)
	def(&o.Silence, time.Minute)
	def(&o.Timeout, 10*time.Second)
	def(&o.BackoffMin, 200*time.Millisecond)
	def(&o.BackoffMax, 15*time.Second)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// Status is a follower's condition at one moment.
type Status struct {
	Connected bool
	Head      statecache.BlockRef // zero before the first head
	Finalized statecache.BlockRef // zero if none is known
	LastHead  time.Time           // when Head became the head
	// Paused is the fault that keeps the follower from following, nil if none.
	Paused error
	// Reconnects counts connections after the first.
	Reconnects int
}

// Ready reports whether the follower follows: connected and not paused.
func (s Status) Ready() bool {
	return s.Connected && s.Paused == nil && s.Head != (statecache.BlockRef{})
}

// Handler receives events in order. An error ends Run with that error.
type Handler func(ctx context.Context, e Event) error

// Follower follows one node; see the package comment.
type Follower struct {
	opts Options
	log  *slog.Logger

	core          *Core     // used by Run's goroutine only
	chainID       uint64    // 0 until known
	lastFinalized time.Time // when the finalized block was last asked for

	mu     sync.Mutex
	status Status
}

// New checks the options.
func New(opts Options) (*Follower, error) {
	opts = opts.withDefaults()
	if opts.URL == "" {
		return nil, errors.New("follower: no URL")
	}
	core, err := Resume(opts.Limits, opts.Resume, opts.ResumeFinalized)
	if err != nil {
		return nil, err
	}
	f := &Follower{opts: opts, log: opts.Logger, core: core, chainID: opts.ChainID}
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

func (f *Follower) update(change func(*Status)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(&f.status)
}

// handlerError marks an error of the handler, which ends Run.
type handlerError struct{ err error }

func (e *handlerError) Error() string { return e.err.Error() }
func (e *handlerError) Unwrap() error { return e.err }

// Run follows until the context ends or the handler fails. It reconnects with
// backoff for as long as it takes. Call it once.
func (f *Follower) Run(ctx context.Context, handle Handler) error {
	backoff := f.opts.BackoffMin
	for first := true; ; first = false {
		if !first {
			f.update(func(s *Status) { s.Reconnects++ })
		}
		before := f.Status().Head
		err := f.session(ctx, handle)
		f.update(func(s *Status) { s.Connected = false })
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if h, ok := errors.AsType[*handlerError](err); ok {
			return h.err
		}
		if f.Status().Head != before {
			backoff = f.opts.BackoffMin
		}
		pause := backoff/2 + rand.N(backoff/2+1) //nolint:gosec // spreads reconnections, no secret
		f.log.LogAttrs(ctx, slog.LevelWarn, "node connection ended", slog.String("url", f.opts.URL),
			slog.Duration("retry", pause), slog.Any("err", err))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
		backoff = min(2*backoff, f.opts.BackoffMax)
	}
}

// session is one connection, from dialling to its end; it never returns nil.
func (f *Follower) session(ctx context.Context, handle Handler) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s := &session{f: f, handle: handle}
	err := s.request(ctx, func(ctx context.Context) (err error) {
		s.client, err = ethrpc.Dial(ctx, f.opts.URL)
		return err
	})
	if err != nil {
		return err
	}
	defer s.client.Close()
	if err := s.checkChain(ctx); err != nil {
		return err
	}
	if s.client.Subscribes() {
		return s.subscribe(ctx)
	}
	return s.poll(ctx)
}

// emit records an event in the status and hands it on.
func (f *Follower) emit(ctx context.Context, handle Handler, e Event) error {
	now := time.Now()
	tip, _ := f.core.Tip()
	f.update(func(s *Status) {
		switch e := e.(type) {
		case *Advanced, *Reorged:
			s.Head, s.LastHead, s.Paused = tip, now, nil
		case *Finalized:
			s.Finalized = e.Ref
		case *Fault:
			s.Paused = e.Err
		}
	})
	if e, ok := e.(*Fault); ok {
		f.log.LogAttrs(ctx, slog.LevelError, "source fault: paused", slog.String("url", f.opts.URL), slog.Any("err", e.Err))
	}
	if err := handle(ctx, e); err != nil {
		return &handlerError{fmt.Errorf("handle event: %w", err)}
	}
	return nil
}
