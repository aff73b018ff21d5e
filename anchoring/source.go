package anchoring

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"vmhost/anchoring/binding"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/follower"
	"vmhost/statecache"
)

// SourceOptions configure a Source. Cache and one of Pool, URL and URLs are
// required.
type SourceOptions struct {
	// Pool is shared with other users of the nodes, who close it; nil makes one of
	// URL and URLs. ChainID, Timeout, Quarantine, RetryMin and RetryMax (as pauses
	// of nodes) are then the pool's.
	Pool *ethrpc.Pool
	// URL of the node: ws or wss (heads are pushed), http or https (polled).
	URL string
	// URLs of further nodes of the same chain, in order of preference: heads and
	// proofs come from one of them when the node before fails, lies, lags or limits.
	URLs []string
	// Agree is how many nodes must have a head, and a finalized block, before it
	// is accepted; 0 and 1 believe the followed node. AgreeWait is how long they
	// may differ before that is a fault; 0 means 12 s.
	Agree     int
	AgreeWait time.Duration
	// Quarantine is how long a node that lied or lags is left out, if there are
	// others; 0 means 1 min. Probe is how often the others are asked for their
	// heads; 0 means 10 s. ReturnAfter is how long a node that is preferred to the
	// followed one must be well before it is returned to; 0 means 2 min, negative never.
	Quarantine, Probe, ReturnAfter time.Duration
	// StopWhenLost makes Run end with ErrLost when the cache cannot be continued
	// for LostAfter (0 means 1 min), so that the caller can begin again with an
	// empty cache at a later block. False stays not ready until an operator acts
	// or a node that keeps more state comes.
	StopWhenLost bool
	LostAfter    time.Duration
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
	// MaxGap is how many headers may be fetched at once to catch up; 0 means 8192.
	MaxGap uint64
	// Poll, Recheck, Silence: see follower.Options.
	Poll, Recheck, Silence time.Duration
	// FinalizedEvery is how often finality is asked for; 0 means 2 s.
	FinalizedEvery time.Duration
	// Timeout of one request; 0 means 10 s.
	Timeout time.Duration
	// RetryMin and RetryMax bound the pause after a block that could not be
	// proven, and before a node that failed is used again; 0 means 100 ms and 5 s.
	RetryMin, RetryMax time.Duration
	// Prover replaces the node as the source of proofs; nil asks the node.
	Prover binding.Prover
	// Logs are told with each block if one of the filters chooses them.
	Logs []binding.Filter
	// Growing collections of the cache, see Source.Grow.
	Growing []binding.Growth
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
	def(&o.LostAfter, time.Minute)
	def(&o.RetryMin, 100*time.Millisecond)
	def(&o.RetryMax, 5*time.Second)
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// Event is what a Source tells: *Applied, *RolledBack, *Safe, *Finalized,
// *Progress or *Fault.
type Event interface{ isSourceEvent() }

// Applied says that a block is in the cache and can be viewed.
type Applied struct {
	Header     statecache.BlockHeader
	Commitment statecache.Commitment
	// Logs of the block that SourceOptions.Logs choose, checked against its receipts root.
	Logs []binding.Log
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

// Safe says that the nodes hold the block to be safe. A block that was safe can
// be rolled back; then another one follows.
type Safe struct{ Ref statecache.BlockRef }

// Progress tells now and then how far the headers of a long gap are fetched.
type Progress follower.Progress

// Fault says why the source does not go on: the node lies, lags, is silent or
// cannot prove. The source keeps trying; the next Applied ends the fault.
type Fault struct {
	Err error
	Ref statecache.BlockRef // block concerned, zero if none
}

func (*Applied) isSourceEvent()    {}
func (*RolledBack) isSourceEvent() {}
func (*Safe) isSourceEvent()       {}
func (*Progress) isSourceEvent()   {}
func (*Finalized) isSourceEvent()  {}
func (*Fault) isSourceEvent()      {}

// SourceStatus is a source's condition at one moment.
type SourceStatus struct {
	// Connected to the node.
	Connected bool
	// NodeHead is the head that the node told, Head that of the cache.
	NodeHead, Head statecache.BlockRef
	// Safe and Finalized block of the chain, zero if none is known.
	Safe, Finalized statecache.BlockRef
	// Endpoint is the followed node; Endpoints are all of them, with their health.
	Endpoint  string
	Endpoints []ethrpc.EndpointStatus
	// Backfill is how far the headers of a long gap are fetched, nil if none is.
	Backfill *Progress
	// Lag is NodeHead's height less Head's, in blocks.
	Lag uint64
	// LastHead is when the node last told a new head.
	LastHead time.Time
	// Fault is why the source does not go on, nil if it does.
	Fault error
	// Agreement on the head, zero unless several nodes must agree.
	Agreement follower.Agreement
	// Reconnects counts connections after the first, Returns those of them that
	// went back to a preferred node which was well again.
	Reconnects, Returns int
}

// Ready reports whether the cache follows the chain, at most maxLag blocks behind.
func (s SourceStatus) Ready(maxLag uint64) bool {
	return s.Connected && s.Fault == nil && s.Head != (statecache.BlockRef{}) && s.Lag <= maxLag
}

// Source feeds a cache from a node; see the package comment.
type Source struct {
	opts     SourceOptions
	log      *slog.Logger
	pool     *ethrpc.Pool
	follower *follower.Follower

	mu      sync.Mutex
	chain   []arrived // the followed chain, lowest first, contiguous
	final   statecache.BlockRef
	safe    statecache.BlockRef
	queue   []Event // faults and progress, not yet told
	fault   error   // of the binding, nil if the last block was applied
	metrics Metrics // counters only
	growing growing

	wake chan struct{} // capacity 1: something above changed

	// Used by the applying goroutine only.
	binder    *binding.Binder
	receipts  binding.ReceiptSource
	nodes     *nodes              // nil with SourceOptions.Prover
	told      statecache.BlockRef // finalized block told last
	toldSafe  statecache.BlockRef
	refused   int       // how often the first block of an empty cache was not proven
	lostSince time.Time // zero if the cache can be continued
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
	if s.pool = opts.Pool; s.pool == nil {
		urls := opts.URLs
		if opts.URL != "" {
			urls = append([]string{opts.URL}, urls...)
		}
		var err error
		s.pool, err = ethrpc.NewPool(urls, ethrpc.PoolOptions{
			ChainID: opts.ChainID, Timeout: opts.Timeout, Quarantine: opts.Quarantine,
			BackoffMin: opts.RetryMin, BackoffMax: opts.RetryMax, Logger: opts.Logger,
		})
		if err != nil {
			return nil, err
		}
	}
	fromPool := &nodes{pool: s.pool}
	prover := opts.Prover
	if prover == nil {
		s.nodes, prover = fromPool, fromPool
	}
	s.receipts = fromPool
	if r, ok := prover.(binding.ReceiptSource); ok {
		s.receipts = r
	}
	s.growing.list = slices.Clone(opts.Growing)
	s.binder = binding.NewBinder(prover)
	fo := follower.Options{
		Pool: s.pool, Agree: opts.Agree, AgreeWait: opts.AgreeWait, Probe: opts.Probe, ReturnAfter: opts.ReturnAfter,
		Limits: follower.Limits{Window: opts.Window, MaxGap: opts.MaxGap}, Back: opts.Back, Poll: opts.Poll, Recheck: opts.Recheck,
		Silence: opts.Silence, FinalizedEvery: opts.FinalizedEvery, Logger: opts.Logger,
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
		LastHead: f.LastHead, Reconnects: f.Reconnects, Returns: f.Returns, Fault: f.Paused, Agreement: f.Agreement,
		Safe: f.Safe, Endpoint: f.Endpoint, Endpoints: s.pool.Status(), Backfill: (*Progress)(f.Backfill),
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
	if s.opts.Pool == nil {
		s.pool.Close()
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
	case *follower.Safe:
		s.safe = e.Ref
	case *follower.Progress:
		s.enqueue((*Progress)(e))
	case *follower.Fault:
		s.enqueue(&Fault{Err: e.Err, Ref: e.Ref})
	}
	select {
	case s.wake <- struct{}{}:
	default:
	}
	return nil
}

// enqueue keeps what is to be told. Requires mu.
func (s *Source) enqueue(e Event) {
	if len(s.queue) < 64 { // nobody listens: the newest are in the status
		s.queue = append(s.queue, e)
	}
}
