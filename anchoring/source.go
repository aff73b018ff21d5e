package anchoring

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/follower"
	"vmhost/statecache"
)

// SourceOptions configure a Source. URL and Cache are required.
type SourceOptions struct {
	// URL of the node: ws or wss (heads are pushed), http or https (polled).
	URL string
	// Cache that is fed. A cache that already holds blocks is continued.
	Cache *statecache.Cache
	// ChainID that the node must serve; 0 takes the node's.
	ChainID uint64
	// Window is the deepest reorganisation followed, in blocks, at most the
	// cache's window; 0 means 128.
	Window uint64
	// Back is how many blocks below the head an empty cache starts at most; 0
	// means 96. It starts at the finalized block if that is higher.
	Back uint64
	// Poll, Silence: see follower.Options.
	Poll, Silence time.Duration
	// FinalizedEvery is how often finality is asked for; 0 means 2 s.
	FinalizedEvery time.Duration
	// Timeout of one request; 0 means 10 s.
	Timeout time.Duration
	// RetryMin and RetryMax bound the pause after a block that could not be
	// proven; 0 means 100 ms and 5 s.
	RetryMin, RetryMax time.Duration
	// Prover replaces the node as the source of proofs; nil asks the node.
	Prover binding.Prover
	// Logger: nil discards.
	Logger *slog.Logger
}

func (o SourceOptions) withDefaults() SourceOptions {
	def := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	if o.Window == 0 {
		o.Window = 128
	}
	def(&o.Timeout, 10*time.Second)
	def(&o.RetryMin, 100*time.Millisecond)
	def(&o.RetryMax, 5*time.Second)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// Event is what a Source tells: *Applied, *RolledBack, *Finalized or *Fault.
type Event interface{ isSourceEvent() }

// Applied says that a block is in the cache and can be viewed.
type Applied struct {
	Header     statecache.BlockHeader
	Commitment statecache.Commitment
	// Received is when its head reached the follower.
	Received time.Time
	// Live is false while the source catches up with the node's head.
	Live bool
}

// RolledBack says that the cache left a branch. The blocks of the new branch
// follow as Applied.
type RolledBack struct {
	// To is the common ancestor and the cache's head now.
	To statecache.BlockRef
	// Reverted blocks, highest first.
	Reverted []statecache.BlockRef
}

// Finalized says that no block up to Ref will be rolled back.
type Finalized struct{ Ref statecache.BlockRef }

// Fault says why the source does not go on: the node lies, lags, is silent or
// cannot prove. The source keeps trying; the next Applied ends the fault.
type Fault struct {
	Err error
	Ref statecache.BlockRef // block concerned, zero if none
}

func (*Applied) isSourceEvent()    {}
func (*RolledBack) isSourceEvent() {}
func (*Finalized) isSourceEvent()  {}
func (*Fault) isSourceEvent()      {}

// SourceStatus is a source's condition at one moment.
type SourceStatus struct {
	// Connected to the node.
	Connected bool
	// NodeHead is the head that the node told, Head that of the cache.
	NodeHead, Head statecache.BlockRef
	// Finalized block of the chain, zero if none is known.
	Finalized statecache.BlockRef
	// Lag is NodeHead's height less Head's, in blocks.
	Lag uint64
	// LastHead is when the node last told a new head.
	LastHead time.Time
	// Fault is why the source does not go on, nil if it does.
	Fault error
	// Reconnects counts connections after the first.
	Reconnects int
}

// Ready reports whether the cache follows the chain, at most maxLag blocks behind.
func (s SourceStatus) Ready(maxLag uint64) bool {
	return s.Connected && s.Fault == nil && s.Head != (statecache.BlockRef{}) && s.Lag <= maxLag
}

// Source feeds a cache from a node; see the package comment.
type Source struct {
	opts     SourceOptions
	log      *slog.Logger
	follower *follower.Follower

	mu     sync.Mutex
	chain  []arrived // the followed chain, lowest first, contiguous
	final  statecache.BlockRef
	faults []*Fault // not yet told
	fault  error    // of the binding, nil if the last block was applied

	wake chan struct{} // capacity 1: something above changed

	// Used by the applying goroutine only.
	binder *binding.Binder
	client *ethrpc.Client
	told   statecache.BlockRef // finalized block told last
}

// arrived is a header and when it came.
type arrived struct {
	*ethrpc.Header
	at time.Time
}

// NewSource checks the options.
func NewSource(opts SourceOptions) (*Source, error) {
	opts = opts.withDefaults()
	if opts.Cache == nil {
		return nil, errors.New("anchoring: no cache")
	}
	s := &Source{opts: opts, log: opts.Logger, wake: make(chan struct{}, 1)}
	fo := follower.Options{
		URL: opts.URL, ChainID: opts.ChainID, Limits: follower.Limits{Window: opts.Window}, Back: opts.Back,
		Poll: opts.Poll, Silence: opts.Silence, FinalizedEvery: opts.FinalizedEvery, Timeout: opts.Timeout, Logger: opts.Logger,
	}
	if head, ok := opts.Cache.Head(); ok {
		oldest, _ := opts.Cache.Oldest()
		for n := oldest.Number; n <= head.Number; n++ {
			ref, err := opts.Cache.Canonical(n)
			if err != nil {
				return nil, fmt.Errorf("resume: %w", err)
			}
			fo.Resume = append(fo.Resume, ref)
		}
		if ref, err := opts.Cache.Canonical(opts.Cache.Finalized()); err == nil && ref.Number > 0 {
			fo.ResumeFinalized = ref
		}
	}
	f, err := follower.New(fo)
	if err != nil {
		return nil, err
	}
	s.follower = f
	return s, nil
}

// Status returns the condition now.
func (s *Source) Status() SourceStatus {
	f := s.follower.Status()
	head, _ := s.opts.Cache.Head()
	s.mu.Lock()
	defer s.mu.Unlock()
	st := SourceStatus{
		Connected: f.Connected, NodeHead: f.Head, Head: head, Finalized: f.Finalized,
		LastHead: f.LastHead, Reconnects: f.Reconnects, Fault: f.Paused,
	}
	if st.Fault == nil {
		st.Fault = s.fault
	}
	if f.Head.Number > head.Number {
		st.Lag = f.Head.Number - head.Number
	}
	return st
}

// Run follows and feeds until the context ends or the handler fails, and
// returns that error. Call it once.
func (s *Source) Run(ctx context.Context, handle func(context.Context, Event) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var wg sync.WaitGroup
	wg.Go(func() { cancel(s.follower.Run(ctx, s.followed)) })
	err := s.apply(ctx, handle)
	cancel(err)
	wg.Wait()
	if s.client != nil {
		s.client.Close()
	}
	return context.Cause(ctx)
}

// followed takes over what the follower decided.
func (s *Source) followed(_ context.Context, e follower.Event) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	switch e := e.(type) {
	case *follower.Advanced:
		s.chain = append(s.chain, arrived{e.Header, now})
	case *follower.Reorged:
		for n := len(s.chain); n > 0 && s.chain[n-1].Ref.Number > e.CommonAncestor.Number; n-- {
			s.chain = s.chain[:n-1]
		}
		for _, h := range e.Applied {
			s.chain = append(s.chain, arrived{h, now})
		}
	case *follower.Finalized:
		s.final = e.Ref
	case *follower.Fault:
		if len(s.faults) < 64 { // nobody listens: the newest are in the status
			s.faults = append(s.faults, &Fault{Err: e.Err, Ref: e.Ref})
		}
	}
	select {
	case s.wake <- struct{}{}:
	default:
	}
	return nil
}
