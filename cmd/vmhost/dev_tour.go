package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"vmhost/anchoring"
	"vmhost/anchoring/devchain"
	"vmhost/cmd/vmhost/internal/host"
	"vmhost/cmd/vmhost/internal/rpcclient"
	"vmhost/jobs"
)

// tour is one run of `vmhost dev`. Four goroutines share it: the miner, the
// subscriber (an ordinary client of the API), the verifier (a dApp that takes
// results to the chain), and the director, who waits for each step to happen.
type tour struct {
	app    *app
	flags  devFlags
	dev    *devChain
	dapp   *anchoring.Client
	host   *host.Host
	api    *rpcclient.Client
	every  []*devProgram
	demand *devProgram

	keySeconds float64
	anchored   chan jobs.JobID // for the verifier
	ready      chan struct{}   // closed when subscribed
	begun      chan struct{}   // closed when the triggers are there: blocks may come

	print sync.Mutex // one line at a time

	mu       sync.Mutex
	changed  chan struct{} // closed and replaced when anything below changes
	seen     map[jobs.JobID]*seenJob
	order    []jobs.JobID
	blocks   map[jobs.Hash]struct{}
	arrived  map[jobs.Hash]time.Time // when heads reached the follower
	latency  []time.Duration         // from there to the streamed result
	undoTime []time.Duration
	reorged  time.Time // when the chain switched, zero when the undo was seen
	sum      devSummary
}

// seenJob is a job as the subscriber knows it.
type seenJob struct {
	id      jobs.JobID
	program string
	module  jobs.Hash
	block   jobs.BlockRef
	state   string // executed, failed, proving, proven, anchored, undone
	retryOf jobs.JobID
	proof   bool // its proof was verified on chain
}

// devSummary is the last line of `vmhost dev --json`.
type devSummary struct {
	Blocks          int       `json:"blocks"`
	Executed        int       `json:"executed"`
	Proven          int       `json:"proven"`
	Anchored        int       `json:"anchored"`
	VerifiedOnChain int       `json:"verifiedOnChain"`
	Reorgs          int       `json:"reorgs"`
	Undone          int       `json:"undone"`
	Rerun           int       `json:"rerun"`
	ProveSeconds    []float64 `json:"proveSeconds"`
	Gas             uint64    `json:"gas"` // of the router's verify: execution only
	TransactionGas  uint64    `json:"transactionGas"`
	Accepted        int       `json:"accepted"` // results that the consumer took
	Refused         int       `json:"refused"`  // tampered ones that the verifier did not
	Failed          int       `json:"failed"`
	Class           string    `json:"class"`
	KeySeconds      float64   `json:"keySeconds"`
	// Milliseconds from the head's arrival at the follower to the result at the
	// subscriber, and from the chain's switch to the undo at the subscriber.
	StreamMillisP50 float64 `json:"streamMillisP50"`
	StreamMillisP99 float64 `json:"streamMillisP99"`
	UndoMillis      float64 `json:"undoMillis"`
}

// stepError is a step of the tour that did not happen.
type stepError struct {
	step string
	why  string
}

func (e *stepError) Error() string { return e.step + " did not happen: " + e.why }

func newTour(a *app, f devFlags) (*tour, error) {
	every, demand, err := devPrograms(!f.noProve)
	if err != nil {
		return nil, err
	}
	return &tour{
		app: a, flags: f, every: every, demand: demand,
		anchored: make(chan jobs.JobID, 256), ready: make(chan struct{}), begun: make(chan struct{}), changed: make(chan struct{}),
		seen: map[jobs.JobID]*seenJob{}, blocks: map[jobs.Hash]struct{}{}, arrived: map[jobs.Hash]time.Time{},
		sum: devSummary{ProveSeconds: []float64{}, Class: f.class},
	}, nil
}

func (t *tour) close() error {
	var errs []error
	if t.api != nil {
		t.api.Close()
	}
	if t.host != nil {
		errs = append(errs, t.host.Close())
	}
	if t.dapp != nil {
		t.dapp.Close()
	}
	if t.dev != nil {
		errs = append(errs, t.dev.close())
	}
	return errors.Join(errs...)
}

// run runs all parts until the director is done, ctx ends (nil), or a part fails.
func (t *tour) run(parent context.Context) error {
	ctx, cancel := context.WithCancelCause(parent)
	defer cancel(nil)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer cancel(errDone)
	part := func(f func(context.Context) error) {
		wg.Go(func() {
			if err := f(ctx); err != nil && ctx.Err() == nil {
				cancel(err)
			}
		})
	}
	part(t.host.Run)
	part(t.subscribe)
	part(t.mine)
	part(t.verifyAll)
	part(func(ctx context.Context) error {
		if err := t.direct(ctx); err != nil {
			return err
		}
		if t.flags.blocks > 0 {
			return errDone
		}
		return nil
	})
	<-ctx.Done()
	if err := context.Cause(ctx); parent.Err() == nil && !errors.Is(err, errDone) {
		return err
	}
	return nil
}

var errDone = errors.New("done")

// prepare gives the modules to the API, as users do, and asks for a job on each
// block.
func (t *tour) prepare(ctx context.Context) error {
	select {
	case <-t.ready:
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := t.poll(ctx, "catching up with the chain", func() bool { return uint64(t.host.Status().Head.Number) == t.dev.head() }); err != nil {
		return err
	}
	for _, p := range append(t.every[:len(t.every):len(t.every)], t.demand) {
		m, err := t.api.Upload(ctx, p.example.Wasm, p.example.Name)
		if err != nil {
			return &stepError{"the upload of " + p.example.Name, err.Error()}
		}
		if p.prove && !m.Provable {
			return &stepError{"the upload of " + p.example.Name, fmt.Sprintf("not provable: %v", m.Reasons)}
		}
		t.update(func() { p.module = m })
		t.say(devEvent{Event: "uploaded", Program: p.example.Name, Text: fmt.Sprintf("%d bytes from %s, program %s", m.Size, p.example.Lang, m.ID().String()[:18]+"…")})
	}
	for _, p := range t.every {
		if _, err := t.api.Trigger(ctx, p.module.ID(), nil, p.prove); err != nil {
			return &stepError{"the trigger of " + p.example.Name, err.Error()}
		}
	}
	close(t.begun)
	return nil
}

// mine seals a block each period. It slows down while proofs wait, so that a
// small machine keeps up with its own chain.
func (t *tour) mine(ctx context.Context) error {
	select {
	case <-t.begun:
	case <-ctx.Done():
		return nil
	}
	period := max(t.flags.period, 10*time.Millisecond)
	ticker := time.NewTicker(period)
	defer ticker.Stop()
	last := time.Now()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-ticker.C:
		}
		if t.host.Status().ProofsQueued >= maxWaiting && time.Since(last) < slowest {
			continue
		}
		last = time.Now()
		if err := t.dev.chain.Mine(1); err != nil {
			return err
		}
	}
}

// A block waits while maxWaiting proofs do, but no longer than slowest.
const (
	maxWaiting = 2
	slowest    = 8 * time.Second
)

// How long a step may take. Proofs share the machine with everything else.
const (
	stepTime  = 60 * time.Second
	proofTime = 5 * time.Minute
	maxTries  = 8
)

// direct waits for each step of the tour, and forces the reorganisation.
func (t *tour) direct(ctx context.Context) error {
	if err := t.prepare(ctx); err != nil {
		return err
	}
	for _, p := range t.every {
		if err := t.wait(ctx, "a result of "+p.example.Name, stepTime, func() bool { return t.any(p, "executed", "proving", "proven", "anchored") }); err != nil {
			return err
		}
	}
	if err := t.onDemand(ctx); err != nil {
		return err
	}
	if !t.flags.noProve {
		if err := t.directProof(ctx); err != nil {
			return err
		}
	}
	if err := t.directReorg(ctx); err != nil {
		return err
	}
	if t.flags.blocks == 0 {
		t.note("the tour is over; the chain goes on until you press Ctrl-C")
		return nil
	}
	return t.wait(ctx, fmt.Sprintf("block %d of the tour", t.flags.blocks), time.Duration(t.flags.blocks)*slowest+stepTime, func() bool {
		return len(t.blocks) >= t.flags.blocks
	})
}

// onDemand asks for one job, of the same program in another language.
func (t *tour) onDemand(ctx context.Context) error {
	id, _, err := t.api.Submit(ctx, rpcclient.Submission{Program: t.demand.module.ID()})
	if err != nil {
		return &stepError{"the job on demand", err.Error()}
	}
	return t.wait(ctx, "the result of the job on demand", stepTime, func() bool { return t.seen[id] != nil })
}

// directProof waits until a result was proven, anchored, verified by a contract
// and accepted by another.
func (t *tour) directProof(ctx context.Context) error {
	for _, s := range []struct {
		name string
		pred func() bool
	}{
		{"a proof", func() bool { return t.sum.Proven > 0 }},
		{"an anchor", func() bool { return t.sum.Anchored > 0 }},
		{"a verification by the contract", func() bool { return t.sum.VerifiedOnChain > 0 }},
		{"the refusal of a tampered journal", func() bool { return t.sum.Refused > 0 }},
		{"a result that the consumer accepts", func() bool { return t.sum.Accepted > 0 }},
	} {
		if err := t.wait(ctx, s.name, proofTime, s.pred); err != nil {
			return err
		}
	}
	return nil
}

// directReorg replaces the newest blocks by a longer branch, at a moment when a
// proof of one of them is running, and waits until its job was undone, ran
// again, and was proven again.
func (t *tour) directReorg(ctx context.Context) error {
	for range maxTries {
		victim, err := t.victim(ctx)
		if err != nil {
			return err
		}
		depth := max(2, t.dev.head()-victim.block.Number+1)
		if depth >= devFinality/2 {
			return &stepError{"the reorganisation", fmt.Sprintf("the running proof is %d blocks behind", depth)}
		}
		if err := t.reorg(depth); err != nil {
			return &stepError{"the reorganisation", err.Error()}
		}
		if err := t.wait(ctx, "the undo", stepTime, func() bool { return t.seen[victim.id].state == "undone" }); err != nil {
			return err
		}
		if t.provenBefore(victim.id) {
			continue // the proof was quicker than the reorganisation: once more
		}
		return t.waitRerun(ctx, victim.id)
	}
	return &stepError{"a reorganisation during a proof", "every proof ended before the chain switched"}
}

// victim waits for a job whose proof is running, or (without proofs) for any.
func (t *tour) victim(ctx context.Context) (seenJob, error) {
	state, limit := "proving", proofTime
	if t.flags.noProve {
		state, limit = "executed", stepTime
	}
	var found seenJob
	err := t.wait(ctx, "a job in state "+state, limit, func() bool {
		for i := len(t.order) - 1; i >= 0; i-- {
			if j := t.seen[t.order[i]]; j.state == state {
				found = *j
				return true
			}
		}
		return false
	})
	return found, err
}

// provenBefore reports whether the job's proof had ended before the undo.
func (t *tour) provenBefore(id jobs.JobID) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.seen[id].proof
}

func (t *tour) reorg(depth uint64) error {
	r, err := t.dev.chain.Reorg(depth, devchain.ReorgOptions{})
	if err != nil {
		return err
	}
	t.update(func() { t.reorged = time.Now() })
	t.say(devEvent{
		Event: "reorg", Block: r.New.Number, Text: fmt.Sprintf("blocks %d to %d are replaced by a branch up to %d", r.Ancestor.Number+1, r.Old.Number, r.New.Number),
	})
	return nil
}

func (t *tour) waitRerun(ctx context.Context, undone jobs.JobID) error {
	again := func(states ...string) func() bool {
		return func() bool {
			for _, j := range t.seen {
				if j.retryOf == undone && contains(states, j.state) {
					return true
				}
			}
			return false
		}
	}
	if err := t.wait(ctx, "the second run of the undone job", stepTime, again("executed", "proving", "proven", "anchored")); err != nil {
		return err
	}
	if t.flags.noProve {
		return nil
	}
	return t.wait(ctx, "the anchored proof of the second run", proofTime, again("anchored"))
}
