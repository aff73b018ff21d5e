package anchoring_test

import (
	"context"
	"encoding/hex"
	"errors"
	"sync"
	"testing"
	"time"

	"vmhost/anchoring"
	"vmhost/anchoring/binding"
	"vmhost/anchoring/devchain"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/follower"
	"vmhost/statecache"
)

// feed is a source with its cache, running.
type feed struct {
	t      *testing.T
	cache  *statecache.Cache
	source *anchoring.Source
	events chan anchoring.Event
	cancel context.CancelFunc
	done   chan error
}

func newCache(t *testing.T, cols []statecache.Collection) *statecache.Cache {
	t.Helper()
	cache, err := statecache.New(statecache.Options{ChainID: devchain.ChainID})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cols {
		if err := cache.Define(c); err != nil {
			t.Fatal(err)
		}
	}
	return cache
}

func run(t *testing.T, opts anchoring.SourceOptions) *feed {
	t.Helper()
	opts.FinalizedEvery = 20 * time.Millisecond
	s, err := anchoring.NewSource(opts)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	f := &feed{t: t, cache: opts.Cache, source: s, events: make(chan anchoring.Event, 10_000), cancel: cancel, done: make(chan error, 1)}
	go func() {
		f.done <- s.Run(ctx, func(_ context.Context, e anchoring.Event) error { f.events <- e; return nil })
	}()
	var once sync.Once
	t.Cleanup(func() { once.Do(f.stop) })
	return f
}

func (f *feed) stop() {
	f.cancel()
	select {
	case err := <-f.done:
		if !errors.Is(err, context.Canceled) {
			f.t.Errorf("Run returned %v", err)
		}
	case <-time.After(10 * time.Second):
		f.t.Error("Run did not end")
	}
}

func (f *feed) next() anchoring.Event {
	f.t.Helper()
	select {
	case e := <-f.events:
		return e
	case <-time.After(20 * time.Second):
		f.t.Fatalf("no event; status %+v", f.source.Status())
		return nil
	}
}

// until collects events up to and with the first that ok accepts.
func (f *feed) until(ok func(anchoring.Event) bool) (out []anchoring.Event) {
	f.t.Helper()
	for {
		e := f.next()
		out = append(out, e)
		if ok(e) {
			return out
		}
	}
}

// height waits for a block of this height and returns it.
func (f *feed) height(n uint64) *anchoring.Applied {
	f.t.Helper()
	events := f.until(func(e anchoring.Event) bool {
		a, ok := e.(*anchoring.Applied)
		return ok && a.Header.Ref.Number == n
	})
	return events[len(events)-1].(*anchoring.Applied)
}

// check compares every value of the cache's head with the node's storage.
func (f *feed) check(r *remote, ref statecache.BlockRef) (sum [32]byte) {
	f.t.Helper()
	view, err := f.cache.View(ref, "test", time.Time{})
	if err != nil {
		f.t.Fatal(err)
	}
	defer view.Release()
	for _, c := range r.Collections {
		h, ok := view.Find(c.Name)
		if !ok {
			f.t.Fatalf("no collection %s", c.Name)
		}
		for i, it := range c.Items {
			got, ok := view.Value(h, uint32(i))
			if want := r.storage(it.Address, it.Slot, ref.Hash); !ok || got != want {
				f.t.Fatalf("%s[%d] at %v: cache %x, node %x", c.Name, i, ref, got, want)
			}
			for j := range sum {
				sum[j] += got[j] * byte(i+1)
			}
		}
	}
	return sum
}

// The node is another process; the follower sees one head with an unknown
// parent, over websocket and by polling:
//
//	n-4 ─ n-3 ─ n-2 ─ n-1 ─ n
//	   └─ n-3'─ n-2'─ n-1'─ n'─ n+1'
func TestFollowsAnotherProcessThroughAReorg(t *testing.T) {
	for _, scheme := range []string{"ws", "http"} {
		t.Run(scheme, func(t *testing.T) {
			r := startChain(t, devchain.Options{FinalityDepth: 16})
			url := r.WS
			if scheme == "http" {
				url = r.HTTP
			}
			r.mine(20)
			f := run(t, anchoring.SourceOptions{URL: url, Cache: newCache(t, r.Collections), Poll: 20 * time.Millisecond})
			head := statecache.BlockRef{}
			for head.Number < 20 {
				if a, ok := f.next().(*anchoring.Applied); ok {
					head = a.Header.Ref
				}
			}
			var tip uint64
			{
				st := f.source.Status()
				tip = st.NodeHead.Number
			}
			if head.Number < tip {
				head = f.height(tip).Header.Ref
			}
			before := f.check(r, head)
			view, err := f.cache.View(head, "job", time.Time{})
			if err != nil {
				t.Fatal(err)
			}
			defer view.Release()

			r.reorg(4, map[string]any{})
			events := f.until(func(e anchoring.Event) bool {
				a, ok := e.(*anchoring.Applied)
				return ok && a.Header.Ref.Number == tip+1
			})
			var back *anchoring.RolledBack
			applied := 0
			for _, e := range events {
				switch e := e.(type) {
				case *anchoring.RolledBack:
					back = e
				case *anchoring.Applied:
					applied++
				case *anchoring.Fault:
					t.Errorf("fault: %v", e.Err)
				}
			}
			if back == nil || len(back.Reverted) != 4 || back.To.Number != tip-4 || back.Reverted[0] != head || applied != 5 {
				t.Fatalf("rolled back %+v, then applied %d", back, applied)
			}
			if !view.Orphaned() {
				t.Error("a view of a reverted block does not know")
			}
			now, _ := f.cache.Head()
			if after := f.check(r, now); after == before {
				t.Error("the siblings traded the same")
			}
			r.mine(1)
			last := f.height(tip + 2)
			f.check(r, last.Header.Ref)
			if took := time.Since(last.Received); took > 5*time.Second || !last.Live {
				t.Errorf("live %v, %v after its head", last.Live, took)
			}
			if st := f.source.Status(); !st.Ready(0) {
				t.Errorf("not ready: %+v", st)
			}
		})
	}
}

// A chain that reorganises all the time, at any depth, ends in the same state
// as a cache that was fed the final chain only.
func TestManyReorgs(t *testing.T) {
	r := startChain(t, devchain.Options{FinalityDepth: 40})
	f := run(t, anchoring.SourceOptions{URL: r.WS, Cache: newCache(t, r.Collections)})
	r.mine(12)
	for i := range 15 {
		r.reorg(1+i*5%11, map[string]any{"extra": []int{1, 2, -1}[i%3]})
		if i%4 == 0 {
			r.mine(2)
		}
	}
	var tip struct{ Hash, Number string }
	r.call(&tip, "eth_getBlockByNumber", "latest", false)
	deadline := time.Now().Add(20 * time.Second)
	for {
		head, _ := f.cache.Head()
		if st := f.source.Status(); head == st.NodeHead && head.Number > 0 && "0x"+hex.EncodeToString(head.Hash[:]) == tip.Hash {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("status %+v, node at %s", f.source.Status(), tip.Number)
		}
		time.Sleep(5 * time.Millisecond)
	}
	head, _ := f.cache.Head()
	f.check(r, head)
	got, err := f.cache.CommitmentAt(head)
	if err != nil {
		t.Fatal(err)
	}
	// Events tell a consistent story.
	var story []statecache.BlockRef
	for len(f.events) > 0 {
		switch e := (<-f.events).(type) {
		case *anchoring.Applied:
			if n := len(story); n > 0 && e.Header.Parent != story[n-1].Hash {
				t.Fatalf("%v applied on %v", e.Header.Ref, story[n-1])
			}
			story = append(story, e.Header.Ref)
		case *anchoring.RolledBack:
			for _, ref := range e.Reverted {
				if story[len(story)-1] != ref {
					t.Fatalf("reverted %v, head is %v", ref, story[len(story)-1])
				}
				story = story[:len(story)-1]
			}
			if story[len(story)-1] != e.To {
				t.Fatalf("rolled back to %v, story at %v", e.To, story[len(story)-1])
			}
		}
	}
	oldest, _ := f.cache.Oldest()
	fresh := run(t, anchoring.SourceOptions{URL: r.WS, Cache: newCache(t, r.Collections), Back: head.Number - oldest.Number})
	for {
		if a, ok := fresh.next().(*anchoring.Applied); ok && a.Header.Ref == head {
			first, _ := fresh.cache.Oldest()
			if first == oldest && a.Commitment != got {
				t.Errorf("commitment %x, fed without reorgs %x", got, a.Commitment)
			}
			if first != oldest {
				t.Logf("not compared: one cache starts at %v, the other at %v", oldest, first)
			}
			return
		}
	}
}

// proverFunc is a Prover that may lie.
type proverFunc func(context.Context, [32]byte, []binding.Query) ([]binding.Answer, error)

func (p proverFunc) Prove(ctx context.Context, block [32]byte, q []binding.Query) ([]binding.Answer, error) {
	return p(ctx, block, q)
}

// While the node lies nothing enters the cache and the item is named; when it
// stops, the source goes on.
func TestLyingNodePauses(t *testing.T) {
	r := startChain(t, devchain.Options{})
	client, err := ethrpc.Dial(t.Context(), r.WS)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	honest := binding.NewRPC(client)
	var mu sync.Mutex
	lying := false
	f := run(t, anchoring.SourceOptions{
		URL: r.WS, Cache: newCache(t, r.Collections), RetryMax: 50 * time.Millisecond,
		Prover: proverFunc(func(ctx context.Context, block [32]byte, q []binding.Query) ([]binding.Answer, error) {
			a, err := honest.Prove(ctx, block, q)
			mu.Lock()
			defer mu.Unlock()
			if err == nil && lying {
				a[0].Claims.Values[3][31] ^= 1
			}
			return a, err
		}),
	})
	r.mine(3)
	tip := uint64(11)
	f.height(tip)
	mu.Lock()
	lying = true
	mu.Unlock()
	r.mine(2)
	e := f.until(func(e anchoring.Event) bool { _, ok := e.(*anchoring.Fault); return ok })
	fault := e[len(e)-1].(*anchoring.Fault)
	item, ok := errors.AsType[*binding.ItemError](fault.Err)
	if !errors.Is(fault.Err, binding.ErrClaim) || !ok || item.Watch.Collection != "pool" || item.Watch.Index != 3 || fault.Ref.Number != tip+1 {
		t.Fatalf("fault %v at %v", fault.Err, fault.Ref)
	}
	if head, _ := f.cache.Head(); head.Number != tip {
		t.Errorf("cache at %v", head)
	}
	if st := f.source.Status(); st.Ready(10) || !errors.Is(st.Fault, binding.ErrClaim) || st.Lag == 0 {
		t.Errorf("status %+v", st)
	}
	mu.Lock()
	lying = false
	mu.Unlock()
	head := f.height(tip + 2).Header.Ref
	f.check(r, head)
	if st := f.source.Status(); !st.Ready(0) {
		t.Errorf("not ready: %+v", st)
	}
}

// A reorganisation below the finalized block is a fault of the source.
func TestReorgBelowFinalizedIsAFault(t *testing.T) {
	r := startChain(t, devchain.Options{FinalityDepth: 5})
	r.mine(20)
	f := run(t, anchoring.SourceOptions{URL: r.WS, Cache: newCache(t, r.Collections)})
	f.until(func(e anchoring.Event) bool { _, ok := e.(*anchoring.Finalized); return ok })
	for f.source.Status().Lag > 0 || f.source.Status().Head.Number < 20 {
		time.Sleep(5 * time.Millisecond)
	}
	before, _ := f.cache.Head()
	r.reorg(10, map[string]any{"force": true})
	e := f.until(func(e anchoring.Event) bool { _, ok := e.(*anchoring.Fault); return ok })
	// Whichever is asked for first, the head or the finalized block.
	if err := e[len(e)-1].(*anchoring.Fault).Err; !errors.Is(err, follower.ErrBelowFinalized) && !errors.Is(err, follower.ErrFinalizedMismatch) {
		t.Errorf("fault %v", err)
	}
	time.Sleep(100 * time.Millisecond)
	if now, _ := f.cache.Head(); now != before {
		t.Errorf("cache moved from %v to %v", before, now)
	}
	if st := f.source.Status(); st.Ready(100) {
		t.Errorf("ready: %+v", st)
	}
}

// Collections defined while the source runs take effect with the next block.
func TestDefineWhileRunning(t *testing.T) {
	r := startChain(t, devchain.Options{})
	f := run(t, anchoring.SourceOptions{URL: r.WS, Cache: newCache(t, nil)})
	r.mine(1)
	f.height(9)
	for _, c := range r.Collections {
		if err := f.cache.Define(c); err != nil {
			t.Fatal(err)
		}
	}
	r.mine(1)
	f.check(r, f.height(10).Header.Ref)
}

// The node dies and comes back on the same port with the same chain id but
// another chain: a fault, not a rollback.
func TestNodeDies(t *testing.T) {
	r := startChain(t, devchain.Options{})
	f := run(t, anchoring.SourceOptions{URL: r.WS, Cache: newCache(t, r.Collections)})
	r.mine(2)
	f.height(10)
	if err := r.cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	deadline := time.Now().Add(10 * time.Second)
	for f.source.Status().Connected {
		if time.Now().After(deadline) {
			t.Fatal("still connected")
		}
		time.Sleep(5 * time.Millisecond)
	}
	if head, _ := f.cache.Head(); head.Number != 10 {
		t.Errorf("cache at %v", head)
	}
	if f.source.Status().Ready(1000) {
		t.Error("ready without a node")
	}
}

// A source that continues a cache, after the chain has grown and reorganised
// meanwhile, rolls back to the common block.
func TestResumes(t *testing.T) {
	r := startChain(t, devchain.Options{})
	r.mine(6)
	cache := newCache(t, r.Collections)
	f := run(t, anchoring.SourceOptions{URL: r.WS, Cache: cache})
	old := f.height(14).Header.Ref
	f.stop()
	f.done <- context.Canceled // for the clean-up
	r.reorg(3, map[string]any{"extra": 4})
	g := run(t, anchoring.SourceOptions{URL: r.WS, Cache: cache})
	events := g.until(func(e anchoring.Event) bool {
		a, ok := e.(*anchoring.Applied)
		return ok && a.Header.Ref.Number == 18
	})
	back, ok := events[0].(*anchoring.RolledBack)
	if !ok || back.To.Number != 11 || len(back.Reverted) != 3 || back.Reverted[0] != old || len(events) != 8 {
		t.Fatalf("%d events, first %+v", len(events), events[0])
	}
	last := events[7].(*anchoring.Applied)
	if !last.Live || events[1].(*anchoring.Applied).Live {
		t.Error("live while it catches up, or not after")
	}
	g.check(r, last.Header.Ref)
}

// An error of the handler ends Run with it and leaves nothing behind.
func TestHandlerError(t *testing.T) {
	r := startChain(t, devchain.Options{})
	s, err := anchoring.NewSource(anchoring.SourceOptions{URL: r.HTTP, Cache: newCache(t, nil)})
	if err != nil {
		t.Fatal(err)
	}
	boom := errors.New("boom")
	if err := s.Run(t.Context(), func(context.Context, anchoring.Event) error { return boom }); !errors.Is(err, boom) {
		t.Errorf("Run: %v", err)
	}
	if _, err := anchoring.NewSource(anchoring.SourceOptions{URL: r.HTTP}); err == nil {
		t.Error("a source without a cache")
	}
}
