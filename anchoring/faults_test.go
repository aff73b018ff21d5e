package anchoring_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"

	"vmhost/anchoring"
	"vmhost/anchoring/binding"
	"vmhost/anchoring/devchain"
	"vmhost/anchoring/devchain/demo"
	"vmhost/anchoring/follower"
	"vmhost/anchoring/internal/faultproxy"
	"vmhost/statecache"
)

// lies are the faults of a node that means harm.
var lies = []faultproxy.Kind{faultproxy.WrongHeader, faultproxy.WrongHash, faultproxy.WrongChain, faultproxy.WrongProof, faultproxy.WrongLogs, faultproxy.Stale}

// honest are all faults but the one that only agreement of several nodes can
// see: a block of the chain that is called final and is not.
func honest() []faultproxy.Kind {
	return slices.DeleteFunc(faultproxy.Kinds(), func(k faultproxy.Kind) bool { return k == faultproxy.WrongFinal })
}

// world is a chain in this process, with an honest connection to it.
type world struct {
	t     *testing.T
	chain *devchain.Chain
	demo  *demo.Demo
	rpc   *rpc.Client
	host  string
	base  uint64 // the contracts are deployed up to here
}

func newWorld(t *testing.T, opts devchain.Options) *world {
	t.Helper()
	c, err := devchain.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	d, err := demo.Deploy(t.Context(), c, demo.Options{Holders: 12})
	if err != nil {
		t.Fatal(err)
	}
	client, err := rpc.Dial(c.WSURL())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	base, _ := c.Head()
	return &world{t: t, chain: c, demo: d, rpc: client, host: strings.TrimPrefix(c.HTTPURL(), "http://"), base: base}
}

// reorg replaces up to depth blocks, but none that deploys.
func (w *world) reorg(depth uint64, opts devchain.ReorgOptions) {
	w.t.Helper()
	n, _ := w.chain.Head()
	if depth = min(depth, n-w.base); depth > 0 {
		if _, err := w.chain.Reorg(depth, opts); err != nil {
			w.t.Fatal(err)
		}
	}
}

func (w *world) proxy(o faultproxy.Options) *faultproxy.Proxy {
	w.t.Helper()
	o.Target = w.host
	p, err := faultproxy.New(o)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(p.Close)
	return p
}

// truth compares every watched value of a view with the chain, asked by another
// way than proofs.
func (w *world) truth(ctx context.Context, view *statecache.View) error {
	ref := view.Ref()
	at := map[string]any{"blockHash": common.Hash(ref.Hash)}
	var batch []rpc.BatchElem
	var got [][32]byte
	for _, col := range w.demo.Collections() {
		h, ok := view.Find(col.Name)
		if !ok {
			return fmt.Errorf("%v: no collection %s", ref, col.Name)
		}
		for i, it := range col.Items {
			v, ok := view.Value(h, uint32(i))
			if !ok {
				return fmt.Errorf("%v: no value %s[%d]", ref, col.Name, i)
			}
			got = append(got, v)
			batch = append(batch, rpc.BatchElem{
				Method: "eth_getStorageAt", Args: []any{common.Address(it.Address), common.Hash(it.Slot), at}, Result: new(hexutil.Bytes),
			})
		}
	}
	if err := w.rpc.BatchCallContext(ctx, batch); err != nil {
		return err
	}
	for i, b := range batch {
		if b.Error != nil {
			return b.Error
		}
		if want := *b.Result.(*hexutil.Bytes); string(want) != string(got[i][:]) {
			return fmt.Errorf("%v: value %d is %x, the chain has %x", ref, i, got[i], want)
		}
	}
	return nil
}

// logs compares the logs of a block with the chain's own answer.
func (w *world) logs(ctx context.Context, ref statecache.BlockRef, got []binding.Log) error {
	var want []types.Log
	if err := w.rpc.CallContext(ctx, &want, "eth_getLogs", map[string]any{"blockHash": common.Hash(ref.Hash), "address": common.Address(w.demo.Pool)}); err != nil {
		return err
	}
	if len(got) != len(want) {
		return fmt.Errorf("%v: %d logs, the chain has %d", ref, len(got), len(want))
	}
	for i, l := range want {
		g := got[i]
		if g.Address != l.Address || string(g.Data) != string(l.Data) || uint(g.LogIndex) != l.Index || len(g.Topics) != len(l.Topics) {
			return fmt.Errorf("%v: log %d is %+v, the chain has %+v", ref, i, g, l)
		}
		for j, topic := range l.Topics {
			if g.Topics[j] != topic {
				return fmt.Errorf("%v: topic %d of log %d", ref, j, i)
			}
		}
	}
	return nil
}

// watcher checks what a source publishes, as it publishes it.
type watcher struct {
	w       *world
	cache   *statecache.Cache
	story   []statecache.BlockRef
	checked atomic.Uint64
	faults  atomic.Uint64
	reverts atomic.Uint64
}

func (o *watcher) handle(ctx context.Context, e anchoring.Event) error {
	last := func() statecache.BlockRef { return o.story[len(o.story)-1] }
	switch e := e.(type) {
	case *anchoring.Applied:
		if len(o.story) > 0 && e.Header.Parent != last().Hash {
			return fmt.Errorf("%v applied on %v", e.Header.Ref, last())
		}
		o.story = append(o.story, e.Header.Ref)
		view, err := o.cache.View(e.Header.Ref, "test", time.Time{})
		if err != nil {
			return err
		}
		defer view.Release()
		if err := errors.Join(o.w.truth(ctx, view), o.w.logs(ctx, e.Header.Ref, e.Logs)); err != nil {
			return err
		}
		o.checked.Add(1)
	case *anchoring.RolledBack:
		for _, ref := range e.Reverted {
			if last() != ref {
				return fmt.Errorf("reverted %v, head is %v", ref, last())
			}
			o.story = o.story[:len(o.story)-1]
		}
		if last() != e.To {
			return fmt.Errorf("rolled back to %v, story at %v", e.To, last())
		}
		o.reverts.Add(uint64(len(e.Reverted)))
	case *anchoring.Fault:
		o.faults.Add(1)
	}
	return nil
}

// start runs a source with short pauses.
func (w *world) start(opts anchoring.SourceOptions) (*watcher, *anchoring.Source, func()) {
	w.t.Helper()
	opts.Cache = newCache(w.t, w.demo.Collections())
	opts.Window = 64
	opts.Logs = []binding.Filter{{Addresses: [][20]byte{w.demo.Pool}}}
	opts.Poll, opts.Recheck, opts.FinalizedEvery = 15*time.Millisecond, 60*time.Millisecond, 40*time.Millisecond
	opts.RetryMin, opts.RetryMax, opts.Quarantine = 5*time.Millisecond, 40*time.Millisecond, 150*time.Millisecond
	opts.Timeout, opts.Probe, opts.AgreeWait = time.Second, 50*time.Millisecond, 2*time.Second
	s, err := anchoring.NewSource(opts)
	if err != nil {
		w.t.Fatal(err)
	}
	o := &watcher{w: w, cache: opts.Cache}
	ctx, cancel := context.WithCancel(w.t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx, o.handle) }()
	return o, s, func() {
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			w.t.Errorf("Run: %v", err)
		}
	}
}

// reaches waits until the cache is at the chain's head.
func (w *world) reaches(o *watcher, s *anchoring.Source) statecache.BlockRef {
	w.t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for {
		n, hash := w.chain.Head()
		if head, ok := o.cache.Head(); ok && head == (statecache.BlockRef{Number: n, Hash: hash}) && s.Status().Fault == nil {
			return head
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("not at %d: %+v", n, s.Status())
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// The follower and the source behind faulty connections to a real chain that
// reorganises: nothing wrong is ever published, and in the end the cache equals
// one that was fed without faults.
func TestSurvivesFaults(t *testing.T) {
	rounds := 10
	if os.Getenv("VMHOST_LONG") != "" {
		rounds = 150
	}
	sum := survived{}
	defer sum.print(t)
	for _, tc := range []struct {
		name  string
		setup func(*world) ([]*faultproxy.Proxy, anchoring.SourceOptions)
	}{
		{"websocket", func(w *world) ([]*faultproxy.Proxy, anchoring.SourceOptions) {
			p := w.proxy(faultproxy.Options{Seed: 1, Rate: .2, Kinds: honest()})
			return []*faultproxy.Proxy{p}, anchoring.SourceOptions{URL: p.WSURL()}
		}},
		{"polling", func(w *world) ([]*faultproxy.Proxy, anchoring.SourceOptions) {
			p := w.proxy(faultproxy.Options{Seed: 2, Rate: .2, Kinds: honest()})
			return []*faultproxy.Proxy{p}, anchoring.SourceOptions{URL: p.HTTPURL()}
		}},
		{"two of three", func(w *world) ([]*faultproxy.Proxy, anchoring.SourceOptions) {
			p := []*faultproxy.Proxy{
				w.proxy(faultproxy.Options{Seed: 3, Rate: .15}), // finality too
				w.proxy(faultproxy.Options{Seed: 4, Rate: .15, Kinds: honest()}), w.proxy(faultproxy.Options{Seed: 5, Rate: .15, Kinds: honest()}),
			}
			return p, anchoring.SourceOptions{URLs: []string{p[0].WSURL(), p[1].HTTPURL(), p[2].WSURL()}, Agree: 2}
		}},
		{"the first lies", func(w *world) ([]*faultproxy.Proxy, anchoring.SourceOptions) {
			p := []*faultproxy.Proxy{
				w.proxy(faultproxy.Options{Seed: 6, Rate: .5, Kinds: lies}), w.proxy(faultproxy.Options{Seed: 7, Rate: .1, Kinds: honest()}),
			}
			return p, anchoring.SourceOptions{URLs: []string{p[0].WSURL(), p[1].HTTPURL()}}
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := newWorld(t, devchain.Options{FinalityDepth: 1000})
			w.chain.SetActivity(w.demo)
			proxies, opts := tc.setup(w)
			o, s, stop := w.start(opts)
			rng := rand.New(rand.NewPCG(9, 9))
			for range rounds {
				if err := w.chain.Mine(1 + rng.IntN(3)); err != nil {
					t.Fatal(err)
				}
				if rng.IntN(3) == 0 {
					w.reorg(1+rng.Uint64N(20), devchain.ReorgOptions{Extra: rng.IntN(4) - 1})
				}
				if rng.IntN(3) > 0 { // else the next comes while this one is fetched
					w.reaches(o, s)
				}
			}
			head := w.reaches(o, s)
			stop()
			got, err := o.cache.CommitmentAt(head)
			if err != nil {
				t.Fatal(err)
			}
			w.equal(o, head, got)
			w.report(proxies, o, s)
			sum.add(tc.name, o, proxies...)
		})
	}
}

// Each kind of fault alone, again and again, until the cache has followed the
// chain through a reorganisation nonetheless.
func TestSurvivesEachFault(t *testing.T) {
	w := newWorld(t, devchain.Options{FinalityDepth: 1000})
	w.chain.SetActivity(w.demo)
	enough := 2
	if os.Getenv("VMHOST_LONG") != "" {
		enough = 50
	}
	sum := survived{}
	defer sum.print(t)
	for i, kind := range honest() {
		t.Run(string(kind), func(t *testing.T) {
			w := *w
			w.t = t
			p := w.proxy(faultproxy.Options{Seed: uint64(i)})
			url := p.WSURL()
			if kind == faultproxy.Status429 {
				url = p.HTTPURL()
			}
			o, s, stop := w.start(anchoring.SourceOptions{URL: url, Back: 4})
			defer stop()
			if err := w.chain.Mine(4); err != nil {
				t.Fatal(err)
			}
			w.reaches(o, s)
			kinds := []faultproxy.Kind{kind}
			if kind == faultproxy.WrongChain {
				kinds = append(kinds, faultproxy.Drop) // the id is asked once a connection
			}
			p.Set(.7, kinds)
			w.reorg(3, devchain.ReorgOptions{})
			for n := 0; p.Counts()[kind] < enough; n++ {
				if err := w.chain.Mine(1); err != nil {
					t.Fatal(err)
				}
				if n == 100*enough {
					t.Fatalf("faults %v: %+v %+v", p.Counts(), s.Status(), s.Metrics())
				}
				time.Sleep(20 * time.Millisecond)
			}
			p.Set(0, nil)
			w.reorg(4, devchain.ReorgOptions{})
			w.reaches(o, s)
			if o.reverts.Load() < 3 {
				t.Errorf("rolled back %d blocks", o.reverts.Load())
			}
			sum.add(string(kind), o, p)
		})
	}
}

// A node that calls blocks final which are not. Alone it is believed, and what
// contradicts it later is a fault: nothing is rolled back. Against two others it
// has no effect.
func TestLyingAboutFinality(t *testing.T) {
	w := newWorld(t, devchain.Options{FinalityDepth: 1000})
	w.chain.SetActivity(w.demo)
	liar := w.proxy(faultproxy.Options{Seed: 1})
	follow := func(opts anchoring.SourceOptions) (*watcher, *anchoring.Source, func()) {
		o, s, stop := w.start(opts)
		w.reaches(o, s)
		return o, s, stop
	}
	alone, source, stopAlone := follow(anchoring.SourceOptions{URL: liar.HTTPURL(), Back: 4})
	defer stopAlone()
	agreed, second, stopAgreed := follow(anchoring.SourceOptions{
		URLs: []string{liar.WSURL(), w.proxy(faultproxy.Options{}).WSURL(), w.proxy(faultproxy.Options{}).HTTPURL()}, Agree: 2, Back: 4,
	})
	defer stopAgreed()
	liar.Set(1, []faultproxy.Kind{faultproxy.WrongFinal})
	for source.Status().Finalized.Number <= w.base+1 { // no reorganisation goes below base
		if source.Status().Lag == 0 {
			if err := w.chain.Mine(1); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(5 * time.Millisecond)
		if t.Context().Err() != nil {
			t.FailNow()
		}
	}
	n, _ := w.chain.Head()
	before := w.reaches(agreed, second)
	w.reaches(alone, source)
	w.reorg(n-source.Status().Finalized.Number+2, devchain.ReorgOptions{})
	w.reaches(agreed, second)
	if agreed.reverts.Load() == 0 || second.Status().Finalized.Number != 0 {
		t.Errorf("reverted %d, status %+v", agreed.reverts.Load(), second.Status())
	}
	for deadline := time.Now().Add(10 * time.Second); source.Status().Fault == nil; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("no fault: %+v", source.Status())
		}
	}
	if head, _ := alone.cache.Head(); head != before || !errors.Is(source.Status().Fault, follower.ErrBelowFinalized) && !errors.Is(source.Status().Fault, follower.ErrFinalizedMismatch) {
		t.Errorf("moved from %v to %v: %+v", before, head, source.Status())
	}
}

// survived are faults by kind, and what was followed meanwhile.
type survived struct {
	counts map[faultproxy.Kind]int
	lines  []string
}

func (s *survived) add(name string, o *watcher, proxies ...*faultproxy.Proxy) {
	if s.counts == nil {
		s.counts = map[faultproxy.Kind]int{}
	}
	n := 0
	for _, p := range proxies {
		for k, c := range p.Counts() {
			s.counts[k] += c
			n += c
		}
	}
	s.lines = append(s.lines, fmt.Sprintf("%-16s %6d faults %6d blocks checked %5d rolled back %5d alarms", name, n, o.checked.Load(), o.reverts.Load(), o.faults.Load()))
}

// print logs the tables.
func (s *survived) print(t *testing.T) {
	t.Helper()
	total := 0
	var b strings.Builder
	for _, k := range faultproxy.Kinds() {
		if n := s.counts[k]; n > 0 {
			fmt.Fprintf(&b, "\n%-16s %6d", k, n)
			total += n
		}
	}
	t.Logf("faults survived: %d%s\n\n%s", total, b.String(), strings.Join(s.lines, "\n"))
}

// equal feeds another cache without faults from the same block on.
func (w *world) equal(o *watcher, head statecache.BlockRef, want statecache.Commitment) {
	w.t.Helper()
	first := o.story[0]
	fresh, s, stop := w.start(anchoring.SourceOptions{URL: w.chain.WSURL(), Back: head.Number - first.Number})
	w.reaches(fresh, s)
	stop()
	got, err := fresh.cache.CommitmentAt(head)
	if err != nil {
		w.t.Fatal(err)
	}
	if fresh.story[0] != first {
		w.t.Fatalf("fed from %v, the other from %v", fresh.story[0], first)
	}
	if got != want {
		w.t.Errorf("commitment %x, without faults %x", want, got)
	}
}

// report logs the faults by kind.
func (w *world) report(proxies []*faultproxy.Proxy, o *watcher, s *anchoring.Source) {
	w.t.Helper()
	total, counts := 0, map[faultproxy.Kind]int{}
	for _, p := range proxies {
		for k, n := range p.Counts() {
			counts[k] += n
			total += n
		}
	}
	var text []string
	for _, k := range faultproxy.Kinds() {
		if counts[k] > 0 {
			text = append(text, fmt.Sprintf("%s %d", k, counts[k]))
		}
	}
	m := s.Metrics()
	w.t.Logf("%d faults survived: %s", total, strings.Join(text, ", "))
	w.t.Logf("%d blocks checked, %d rolled back, %d alarms, proofs refused %d, connections %d",
		o.checked.Load(), o.reverts.Load(), o.faults.Load(), m.ProofFailures, s.Status().Reconnects+1)
	for _, e := range m.Endpoints {
		w.t.Logf("%s %s: %v", e.Name, e.State, e.Calls)
	}
	if total < 10 || o.checked.Load() == 0 {
		w.t.Errorf("too little happened")
	}
}
