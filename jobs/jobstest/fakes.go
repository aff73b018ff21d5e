// Package jobstest has in-memory stand-ins for what package jobs consumes: a
// state cache, an executor, a prover, an inspector, and a chain to feed events
// from. They are deterministic and small; tests of jobs and wsapi share them.
package jobstest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"

	"vmhost/jobs"
)

// Wasm returns a module that [Inspector] accepts. A name that begins with
// "unprovable" gives a module that cannot be proven.
func Wasm(name string) []byte { return append([]byte("\x00asm\x01\x00\x00\x00"), name...) }

// Inspector accepts what begins with the WASM magic.
type Inspector struct{}

// Inspect implements jobs.Inspector.
func (Inspector) Inspect(_ context.Context, wasm []byte) (jobs.Inspection, error) {
	if len(wasm) < 8 || !bytes.Equal(wasm[:4], []byte("\x00asm")) {
		return jobs.Inspection{}, fmt.Errorf("no WASM magic at offset 0")
	}
	if bytes.HasPrefix(wasm[8:], []byte("unprovable")) {
		return jobs.Inspection{Reasons: []string{"f64.add at offset 41"}}, nil
	}
	h := sha256.Sum256(append([]byte("program"), wasm...))
	h[0] = 0 // below the field's modulus
	return jobs.Inspection{Program: h, Provable: true}, nil
}

// Cache is a state cache: it pins anything and counts pins.
type Cache struct {
	mu   sync.Mutex
	gone map[uint64]bool
	fail error
	pins atomic.Int64
}

// Pins returns how many views are pinned now.
func (c *Cache) Pins() int64 { return c.pins.Load() }

// Evict makes the state of a height unavailable.
func (c *Cache) Evict(height uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.gone == nil {
		c.gone = map[uint64]bool{}
	}
	c.gone[height] = true
}

// Fail makes Pin fail with err until it is nil again.
func (c *Cache) Fail(err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fail = err
}

// Pin implements jobs.StateCache.
func (c *Cache) Pin(_ context.Context, at jobs.BlockRef) (jobs.View, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.fail != nil {
		return nil, c.fail
	}
	if c.gone[at.Number] {
		return nil, fmt.Errorf("height %d: %w", at.Number, jobs.ErrStateGone)
	}
	c.pins.Add(1)
	return &view{cache: c, at: at}, nil
}

type view struct {
	cache    *Cache
	at       jobs.BlockRef
	released atomic.Bool
}

func (v *view) Block() jobs.BlockRef  { return v.at }
func (v *view) Commitment() jobs.Hash { return Commitment(v.at) }
func (v *view) Release() {
	if v.released.Swap(true) {
		panic("jobstest: view released twice")
	}
	v.cache.pins.Add(-1)
}

// Commitment of the fake state at a block.
func Commitment(at jobs.BlockRef) jobs.Hash {
	h := sha256.Sum256(append([]byte("commitment"), at.Hash[:]...))
	h[0] = 0
	return h
}

// Gate lets tests hold calls back. The zero Gate is open.
type Gate struct {
	mu     sync.Mutex
	closed chan struct{}
}

// Close makes later calls wait.
func (g *Gate) Close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed == nil {
		g.closed = make(chan struct{})
	}
}

// Open lets all waiting and later calls go.
func (g *Gate) Open() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed != nil {
		close(g.closed)
		g.closed = nil
	}
}

func (g *Gate) wait(ctx context.Context) error {
	g.mu.Lock()
	c := g.closed
	g.mu.Unlock()
	if c == nil {
		return ctx.Err()
	}
	select {
	case <-c:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Executor runs nothing: the journal is the block number and the input. An
// input "trap:NAME" traps, "limit:NAME" hits a limit, "host" is a host fault.
type Executor struct {
	// Gate holds executions.
	Gate Gate
	// Runs and Cancelled count calls and those that ended by their context.
	Runs, Cancelled atomic.Int64
}

// Journal is what [Executor] writes.
func Journal(number uint64, input []byte) []byte {
	return append(binary.BigEndian.AppendUint64(nil, number), input...)
}

// Execute implements jobs.Executor.
func (e *Executor) Execute(ctx context.Context, r jobs.ExecRequest) (jobs.Result, error) {
	e.Runs.Add(1)
	if err := e.Gate.wait(ctx); err != nil {
		e.Cancelled.Add(1)
		return jobs.Result{}, err
	}
	res := jobs.Result{Steps: 100 + uint64(len(r.Input)), Reads: 2}
	if name, ok := bytes.CutPrefix(r.Input, []byte("trap:")); ok {
		return res, &jobs.ExecError{Failure: jobs.Failure{Class: jobs.FailTrap, Reason: string(name)}}
	}
	if name, ok := bytes.CutPrefix(r.Input, []byte("limit:")); ok {
		return res, &jobs.ExecError{Failure: jobs.Failure{Class: jobs.FailLimit, Reason: string(name)}}
	}
	if bytes.Equal(r.Input, []byte("host")) {
		return res, fmt.Errorf("jobstest: the host is on fire")
	}
	res.Journal = Journal(r.View.Block().Number, r.Input)
	return res, nil
}

// Prover proves nothing: the file says who asked.
type Prover struct {
	// Gate holds proofs.
	Gate Gate
	// Steps of progress reported before the gate.
	Steps int
	// Lie makes the prover get another journal.
	Lie atomic.Bool
	// Runs and Cancelled count calls and those that ended by their context.
	Runs, Cancelled atomic.Int64
}

// Prove implements jobs.Prover.
func (p *Prover) Prove(ctx context.Context, r jobs.ProveRequest, progress func(jobs.Progress)) (jobs.Proof, error) {
	p.Runs.Add(1)
	for i := range p.Steps {
		progress(jobs.Progress{Stage: "prove", Done: float64(i) / float64(p.Steps)})
	}
	if err := p.Gate.wait(ctx); err != nil {
		p.Cancelled.Add(1)
		return jobs.Proof{}, err
	}
	journal := r.Journal
	if p.Lie.Load() {
		journal = []byte("lie")
	}
	file, err := json.Marshal(map[string]any{
		"format": "vmhost-proof/1",
		"claim": map[string]any{
			"programId": r.Module.Program, "commitment": r.View.Commitment(), "journal": jobs.Bytes(journal),
		},
		"system": "fake", "class": "tiny", "proof": "0x00", "block": r.View.Block(),
	})
	return jobs.Proof{Journal: journal, Info: jobs.ProofInfo{Class: "tiny", Seconds: 1.5}, File: file}, err
}

// Anchors records what was asked for.
type Anchors struct {
	mu   sync.Mutex
	refs []jobs.BlockRef
}

// Want implements jobs.Anchors.
func (a *Anchors) Want(at jobs.BlockRef) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.refs = append(a.refs, at)
}

// Wanted returns the blocks asked for.
func (a *Anchors) Wanted() []jobs.BlockRef {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]jobs.BlockRef(nil), a.refs...)
}

// BlockOf makes the block of a branch: the hash depends on height and branch,
// the parent is the given one.
func BlockOf(number uint64, branch string, parent jobs.Hash) jobs.Block {
	b := jobs.Block{
		Number: jobs.Quantity(number), ParentHash: parent, Timestamp: jobs.Quantity(1_700_000_000 + 12*number),
		Hash: sha256.Sum256(fmt.Appendf(nil, "block %d%s", number, branch)),
	}
	b.Commitment = Commitment(b.Ref())
	return b
}
