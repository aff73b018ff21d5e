package anchoring_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"vmhost/anchoring"
	"vmhost/anchoring/binding"
	"vmhost/anchoring/devchain"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/follower"
	"vmhost/statecache"
)

// windowed proves like a node that keeps only some blocks of state.
type windowed struct {
	client *ethrpc.Client
	chain  *devchain.Chain
	keeps  atomic.Uint64
}

func (p *windowed) Prove(ctx context.Context, block [32]byte, q []binding.Query) ([]binding.Answer, error) {
	h, err := p.client.HeaderByHash(ctx, block)
	if err != nil {
		return nil, err
	}
	if head, _ := p.chain.Head(); h.Ref.Number+p.keeps.Load() <= head {
		return nil, fmt.Errorf("missing trie node: %w", binding.ErrUnavailable)
	}
	return binding.NewRPC(p.client).Prove(ctx, block, q)
}

// lostWorld is a cache that stopped at block 20 of a chain that went on to 220,
// and a node that keeps 40 blocks.
func lostWorld(t *testing.T) (*world, *windowed, *statecache.Cache) {
	t.Helper()
	w := newWorld(t, devchain.Options{FinalityDepth: 1000})
	w.chain.SetActivity(w.demo)
	o, s, stop := w.start(anchoring.SourceOptions{URL: w.chain.WSURL()})
	mine(t, w, 20)
	w.reaches(o, s)
	stop()
	mine(t, w, 220)
	client, err := ethrpc.Dial(t.Context(), w.chain.WSURL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	p := &windowed{client: client, chain: w.chain}
	p.keeps.Store(40)
	return w, p, o.cache
}

func mine(t *testing.T, w *world, to uint64) {
	t.Helper()
	n, _ := w.chain.Head()
	if err := w.chain.Mine(int(to - n)); err != nil {
		t.Fatal(err)
	}
}

// By default a source that was away for too long stands still, not ready, until
// a node comes that keeps more state.
func TestAwayForTooLongWaits(t *testing.T) {
	w, p, cache := lostWorld(t)
	f := run(t, anchoring.SourceOptions{URL: w.chain.WSURL(), Cache: cache, Prover: p, Window: 64, RetryMax: 20 * time.Millisecond, LostAfter: time.Nanosecond})
	e := f.until(func(e anchoring.Event) bool { _, ok := e.(*anchoring.Fault); return ok })
	if err := e[len(e)-1].(*anchoring.Fault).Err; !errors.Is(err, anchoring.ErrBehind) || !errors.Is(err, binding.ErrUnavailable) {
		t.Errorf("fault %v", err)
	}
	time.Sleep(50 * time.Millisecond)
	if head, _ := cache.Head(); head.Number != 20 || f.source.Status().Ready(1000) {
		t.Fatalf("cache at %v, %+v", head, f.source.Status())
	}
	p.keeps.Store(1000)
	f.height(220)
}

// With StopWhenLost Run ends, and an empty cache begins within the node's window.
func TestAwayForTooLongBeginsAgain(t *testing.T) {
	w, p, cache := lostWorld(t)
	for name, opts := range map[string]anchoring.SourceOptions{
		"no proofs": {Prover: p},
		"gap":       {MaxGap: 150},
	} {
		t.Run(name, func(t *testing.T) {
			opts.URL, opts.Cache, opts.Window, opts.StopWhenLost = w.chain.HTTPURL(), cache, 64, true
			opts.Poll, opts.RetryMax, opts.LostAfter = 10*time.Millisecond, 20*time.Millisecond, 60*time.Millisecond
			s, err := anchoring.NewSource(opts)
			if err != nil {
				t.Fatal(err)
			}
			faults := 0
			err = s.Run(t.Context(), func(_ context.Context, e anchoring.Event) error {
				switch e.(type) {
				case *anchoring.Fault:
					faults++
				case *anchoring.Applied, *anchoring.RolledBack:
					t.Errorf("%T", e)
				}
				return nil
			})
			if !errors.Is(err, anchoring.ErrLost) || !errors.Is(err, anchoring.ErrBehind) && !errors.Is(err, follower.ErrGap) || faults == 0 {
				t.Errorf("Run: %v after %d faults", err, faults)
			}
		})
	}
	f := run(t, anchoring.SourceOptions{URL: w.chain.WSURL(), Cache: newCache(t, w.demo.Collections()), Prover: p, Window: 64})
	f.height(220)
	if first, _ := f.cache.Oldest(); first.Number < 220-40 || first.Number > 220-30 {
		t.Errorf("begins at %v", first)
	}
	mine(t, w, 221)
	f.height(221)
}
