package jobstest

import (
	"context"
	"encoding/binary"
	"fmt"
	"sync"

	"vmhost/jobs"
)

// World is a Manager on fakes, with a chain to move. Its ids are 1, 2, 3, ….
type World struct {
	*jobs.Manager
	Log     jobs.Log
	Cache   *Cache
	Exec    *Executor
	Prover  *Prover
	Anchors *Anchors

	opts  jobs.Options
	chain []jobs.Block
}

// ids counts; safe for the concurrent Managers of a restart.
type ids struct {
	mu sync.Mutex
	n  uint64
}

func (c *ids) Read(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	clear(b)
	binary.BigEndian.PutUint64(b[len(b)-8:], c.n)
	return len(b), nil
}

// NewWorld opens a World on a log (nil: in memory). Options that are set are
// kept; the fakes fill the rest.
func NewWorld(ctx context.Context, log jobs.Log, o jobs.Options) (*World, error) {
	if log == nil {
		log = jobs.NewMemLog(0, 0)
	}
	modules, err := jobs.OpenModules(ctx, "", Inspector{}, jobs.ModulesOptions{})
	if err != nil {
		return nil, err
	}
	w := &World{Log: log, Cache: &Cache{}, Exec: &Executor{}, Prover: &Prover{}, Anchors: &Anchors{}}
	o.Log, o.Modules, o.States, o.Anchors, o.ChainID, o.Rand = log, modules, w.Cache, w.Anchors, 1337, &ids{}
	if o.Executor == nil {
		o.Executor = w.Exec
	}
	if o.Prover == nil {
		o.Prover = w.Prover
	}
	w.opts = o
	return w, w.Restart(ctx)
}

// Restart closes the Manager and opens it again on the same log and modules.
func (w *World) Restart(ctx context.Context) error {
	if w.Manager != nil {
		w.Manager.Close()
	}
	m, err := jobs.Open(ctx, w.opts)
	if err != nil {
		return err
	}
	w.Manager = m
	return nil
}

// Advance extends the chain by n blocks of a branch and returns the head.
func (w *World) Advance(ctx context.Context, n int, branch string) (jobs.Block, error) {
	for range n {
		number, parent := uint64(1), jobs.Hash{}
		if len(w.chain) > 0 {
			last := w.chain[len(w.chain)-1]
			number, parent = uint64(last.Number)+1, last.Hash
		}
		b := BlockOf(number, branch, parent)
		if err := w.Advanced(ctx, b); err != nil {
			return b, err
		}
		w.chain = append(w.chain, b)
	}
	return w.chain[len(w.chain)-1], nil
}

// Back reverts the newest n blocks.
func (w *World) Back(ctx context.Context, n int) error {
	if n >= len(w.chain) {
		return fmt.Errorf("jobstest: %d blocks of %d", n, len(w.chain))
	}
	chain := w.chain[:len(w.chain)-n]
	if err := w.Reorged(ctx, chain[len(chain)-1].Ref()); err != nil {
		return err
	}
	w.chain = chain
	return nil
}

// At returns a block of the canonical chain.
func (w *World) At(number uint64) jobs.Block { return w.chain[number-1] }
