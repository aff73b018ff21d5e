package anchoring

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"sync"
	"time"

	"vmhost/anchoring/outbox"
	"vmhost/statecache"
)

// AnchorState is how far an anchor has come.
type AnchorState string

// States of an anchor.
const (
	AnchorQueued   AnchorState = "queued"   // to be posted
	AnchorPosted   AnchorState = "posted"   // in a transaction that waits
	AnchorIncluded AnchorState = "included" // in the registry, not deep enough
	AnchorAnchored AnchorState = "anchored" // in the registry
	AnchorUndone   AnchorState = "undone"   // its block left the chain
	AnchorFailed   AnchorState = "failed"   // refused for good
)

// AnchorStatus is an anchor and how far it has come.
type AnchorStatus struct {
	Anchor   Anchor
	State    AnchorState
	Tx       Tx  // transaction that anchored it, zero hash if it was there already
	Attempts int // transactions for it
	// Shared is how many anchors the transaction carries: its gas is divided
	// among them.
	Shared int
	Err    error // why it is not anchored yet, or never will be
}

// AnchorAt says which blocks are anchored.
type AnchorAt string

// Where to anchor.
const (
	AtLatest    AnchorAt = "latest"    // Depth blocks below the head
	AtSafe      AnchorAt = "safe"      // the node's safe block and below
	AtFinalized AnchorAt = "finalized" // the node's finalized block and below
)

// AnchorerOptions configure an Anchorer. Client and Registry are required.
type AnchorerOptions struct {
	Client   *Client
	Registry [20]byte
	// Store keeps anchors and transactions; nil keeps them in memory: then a
	// crash may post an anchor twice, which the registry ignores.
	Store outbox.Store
	// Fence is this instance's lease revision; an instance of the same account
	// with a higher one stops this one.
	Fence uint64
	// At is which blocks are anchored; "" means AtLatest.
	At AnchorAt
	// Depth is how many blocks below the head AtLatest anchors; 0 means 1, the
	// least that the registry takes.
	Depth uint64
	// Confirmations is how many blocks, its own included, an anchor's
	// transaction needs; 0 means 1.
	Confirmations uint64
	// MaxBatch is how many anchors go into one transaction; 0 means 16.
	MaxBatch int
	// MaxFee is the most that is paid, in wei a gas; nil means 200 gwei. Answers to
	// demands may pay more when their time runs out, up to what is at stake.
	MaxFee *big.Int
	// MaxAnswerGas is how much gas the answers in one transaction may need; 0 means
	// 12 million. What the block and EIP-7825 leave to a transaction bounds it too.
	MaxAnswerGas uint64
	// StuckAfter is when a waiting transaction is replaced; 0 means 45 s.
	StuckAfter time.Duration
	// Retry is the pause after a problem, which doubles up to RetryMax; 0 means
	// 1 s and a minute. A new block ends it.
	Retry, RetryMax time.Duration
	// Poll is how often an open transaction is looked at; 0 means 3 s.
	Poll time.Duration
	// Open, if not nil, opens an anchored block, so that demands are answered
	// without anyone's help: without an answer in time the bond is lost. release
	// is called when the view is no longer needed.
	Open func(ctx context.Context, block statecache.BlockRef) (view *statecache.View, release func(), err error)
	// Reach is how many blocks back Open reaches, for reports; 0 says nothing.
	Reach uint64
	// Keep is how many blocks below the newest anchors and transactions are
	// remembered; 0 means 1024. Anchors are as long as they can be asked about.
	Keep uint64
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Logger: nil discards.
	Logger *slog.Logger
}

func (o AnchorerOptions) withDefaults() AnchorerOptions {
	def := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	if o.Store == nil {
		o.Store = new(outbox.Mem)
	}
	if o.At == "" {
		o.At = AtLatest
	}
	o.Depth, o.Confirmations = max(o.Depth, 1), max(o.Confirmations, 1)
	if o.MaxBatch <= 0 {
		o.MaxBatch = 16
	}
	def(&o.Retry, time.Second)
	def(&o.RetryMax, max(time.Minute, o.Retry))
	def(&o.Poll, min(3*time.Second, 3*o.Retry))
	if o.Keep == 0 {
		o.Keep = 1024
	}
	if o.MaxFee == nil {
		o.MaxFee = outbox.DefaultMaxFee()
	}
	if o.MaxAnswerGas == 0 {
		o.MaxAnswerGas = 12_000_000
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

// anchorNode is what the anchorer asks of a node.
type anchorNode interface {
	outbox.Node
	// tag returns the height of "safe" or "finalized", 0 if there is none.
	tag(ctx context.Context, name string) (uint64, error)
	// isAnchored looks at the registry at the end of a block.
	isAnchored(ctx context.Context, a Anchor, at uint64) (bool, error)
	// fenceOf is the account's fence in the registry, the lowest that a node tells.
	fenceOf(ctx context.Context) (uint64, error)
	// tryAnchor is anchoring without a transaction.
	tryAnchor(ctx context.Context, list []Anchor, fence uint64) error
	// terms are the registry's.
	terms(ctx context.Context) (Terms, error)
	// records are the registry's of some heights.
	records(ctx context.Context, heights []uint64) ([]record, error)
	// deposit is the account's money in the registry.
	deposit(ctx context.Context) (Deposit, error)
	// events are what happened to demands in a range of blocks, in order.
	events(ctx context.Context, from, to uint64) ([]demandEvent, error)
	// stillOpen reports which demands are open.
	stillOpen(ctx context.Context, list []Demand) ([]bool, error)
	// gas estimates a call, with a margin.
	gas(ctx context.Context, call outbox.Call) (uint64, error)
	// whyReverted repeats an included call for its reason.
	whyReverted(ctx context.Context, call outbox.Call, at uint64) error
}

// Anchorer keeps the commitments it is given in the registry, through crashes,
// reorganisations and whatever a node and a fee market do; see package outbox.
// When a reorganisation takes out the transaction that anchored a block, it is
// posted again; when it takes out the block itself, the anchor is undone.
type Anchorer struct {
	opts AnchorerOptions
	log  *slog.Logger
	node anchorNode
	out  *outbox.Outbox
	wake chan struct{} // capacity 1

	mu      sync.Mutex
	book    *book
	head    uint64         // of the source; 0 if it told none
	changed []AnchorStatus // not yet told
	problem error          // of the last round
	terms   *Terms         // nil until they are read
	money   *Deposit       // nil until it is read
	asked   DemandsReport  // as reports show it

	// Only Run's goroutine uses what follows.
	told      map[uint64]bool // reverted transactions whose reason was asked for
	demands   demands
	forgotten uint64 // height up to which anchors were forgotten
	moneyAt   uint64 // height at which money was read
}

// NewAnchorer checks the options and reads the store.
func NewAnchorer(opts AnchorerOptions) (*Anchorer, error) {
	if opts.Client == nil || opts.Registry == ([20]byte{}) {
		return nil, errors.New("anchoring: anchorer without client or registry")
	}
	if opts.Client.signer == nil {
		return nil, fmt.Errorf("anchorer: no key: %w", ErrKey)
	}
	return newAnchorer(opts, registryNode{opts.Client.node(), opts.Registry}, opts.Client.signer, opts.Client.chainID, opts.Client.opts.Sent)
}

func newAnchorer(opts AnchorerOptions, n anchorNode, s outbox.Signer, chainID *big.Int, sent func() error) (*Anchorer, error) {
	switch opts = opts.withDefaults(); opts.At {
	case AtLatest, AtSafe, AtFinalized:
	default:
		return nil, fmt.Errorf("anchoring: anchor at %q: want latest, safe or finalized", opts.At)
	}
	a := &Anchorer{opts: opts, log: opts.Logger, node: n, wake: make(chan struct{}, 1), told: map[uint64]bool{}}
	values, err := opts.Store.Load()
	if err != nil {
		return nil, err
	}
	list, err := decodeAnchors(values)
	if err != nil {
		return nil, err
	}
	a.book = newBook(list)
	a.out, err = outbox.Open(outbox.Options{
		Node: n, Signer: s, Store: opts.Store, ChainID: chainID, Confirmations: opts.Confirmations, MaxFee: opts.MaxFee,
		StuckAfter: opts.StuckAfter, Refresh: a.refresh, Sent: sent, Now: opts.Now, Logger: opts.Logger,
	})
	if err != nil {
		return nil, err
	}
	for _, e := range a.book.all {
		if e.State == AnchorAnchored { // whoever is told may not have kept it
			a.changed = append(a.changed, e.AnchorStatus)
		}
	}
	return a, nil
}

func (a *Anchorer) signal() {
	select {
	case a.wake <- struct{}{}:
	default:
	}
}

// Post queues an anchor; one that is known already is ignored. It does not block.
func (a *Anchorer) Post(anchor Anchor) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if e, ok := a.book.all[anchor.Block]; ok && e.State != AnchorUndone && e.State != AnchorFailed {
		return
	}
	e := &entry{AnchorStatus: AnchorStatus{Anchor: anchor, State: AnchorQueued}}
	a.book.add(e)
	a.book.dirty[e] = struct{}{}
	a.changed = append(a.changed, e.AnchorStatus)
	a.signal()
}

// Head tells the height of the followed chain's head: nothing above it is anchored.
func (a *Anchorer) Head(height uint64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.head = height
	a.signal()
}

// RolledBack tells that the blocks above to have left the chain.
func (a *Anchorer) RolledBack(to statecache.BlockRef) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.head = min(a.head, to.Number)
	for ref, e := range a.book.all {
		if e.freed > to.Number { // the release may have left the chain: look again
			a.book.free(e, 0)
		}
		switch {
		case ref.Number > to.Number && e.State != AnchorFailed:
			a.set(e, AnchorUndone, nil)
		case e.State == AnchorAnchored && e.Tx.Hash == ([32]byte{}) && e.Tx.Block.Number > to.Number:
			a.set(e, AnchorQueued, nil) // found in the registry: look again
		}
	}
	a.signal()
}

// Reconcile compares what is remembered with the followed chain, as RolledBack
// would have: call it after a start, before Run. canonical returns the block of
// the chain at a height, false if it is not known.
func (a *Anchorer) Reconcile(canonical func(number uint64) (statecache.BlockRef, bool)) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for ref, e := range a.book.all {
		if now, ok := canonical(ref.Number); ok && now != ref && e.State != AnchorFailed {
			a.set(e, AnchorUndone, nil)
		}
	}
	a.signal()
}

// set changes a state and remembers to tell it. Requires mu.
func (a *Anchorer) set(e *entry, s AnchorState, err error) {
	if e.State == s && err == nil {
		return
	}
	if e.State != s {
		a.book.dirty[e] = struct{}{}
		a.book.state(e, s)
	}
	e.Err = err
	a.changed = append(a.changed, e.AnchorStatus)
}

// Status returns an anchor's status; false if it was never posted or forgotten.
func (a *Anchorer) Status(block statecache.BlockRef) (AnchorStatus, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	e, ok := a.book.all[block]
	if !ok {
		return AnchorStatus{}, false
	}
	return e.AnchorStatus, true
}

// Run posts until the context ends, the handler fails, or another instance
// fences this one off (ErrFenced). The handler gets every change of state, and
// at the start what is anchored; an anchor may be told more than once.
func (a *Anchorer) Run(ctx context.Context, handle func(context.Context, AnchorStatus) error) error {
	defer a.letGo()
	pause := a.opts.Retry
	for {
		err := a.round(ctx)
		for _, s := range a.takeChanged() {
			if err := handle(ctx, s); err != nil {
				return fmt.Errorf("handle anchor: %w", err)
			}
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if errors.Is(err, ErrFenced) {
			return err
		}
		wait := a.opts.Poll
		if err != nil {
			a.log.LogAttrs(ctx, slog.LevelWarn, "anchoring delayed", slog.Any("err", err))
			wait, pause = pause, min(2*pause, a.opts.RetryMax)
		} else {
			pause = a.opts.Retry
		}
		if err := a.wait(ctx, wait, err != nil || a.busy()); err != nil {
			return err
		}
	}
}

// busy reports whether something is on its way, so that it must be looked at.
func (a *Anchorer) busy() bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.book.open) > 0 || !a.out.Free() || a.opts.Open != nil
}

// wait returns when there is something new, or after the pause.
func (a *Anchorer) wait(ctx context.Context, pause time.Duration, timed bool) error {
	var after <-chan time.Time
	if timed {
		t := time.NewTimer(pause)
		defer t.Stop()
		after = t.C
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-a.wake:
	case <-after:
	}
	return nil
}

func (a *Anchorer) takeChanged() []AnchorStatus {
	a.mu.Lock()
	defer a.mu.Unlock()
	out := a.changed
	a.changed = nil
	return out
}

// Flush writes what was posted since the last round. Call it after Run.
func (a *Anchorer) Flush() error { return a.flush() }
