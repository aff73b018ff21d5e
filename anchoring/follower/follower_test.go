package follower_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/rpc"
	"go.uber.org/goleak"

	"vmhost/anchoring/follower"
	"vmhost/statecache"
)

// node is a scripted Ethereum node: it says what the test tells it to.
type node struct {
	mu        sync.Mutex
	chainID   uint64
	blocks    map[common.Hash]*types.Header
	canonical []*types.Header
	finalized uint64
	safe      uint64
	requests  int
	batches   int                         // limit of calls in a batch, 0 for none
	lie       func(fields map[string]any) // changes each header it sends
	feeds     map[*rpc.Subscription]*rpc.Notifier
}

func newNode() *node {
	n := &node{chainID: 1337, blocks: map[common.Hash]*types.Header{}, feeds: map[*rpc.Subscription]*rpc.Notifier{}}
	n.extend(nil, 10, "a")
	return n
}

// extend builds count blocks on a parent and makes the last the head.
func (n *node) extend(parent *types.Header, count int, extra string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for range count {
		h := &types.Header{Number: big.NewInt(0), Difficulty: big.NewInt(0), Extra: []byte(extra), BaseFee: big.NewInt(7), Time: 1000}
		if parent != nil {
			h.Number.Add(parent.Number, big.NewInt(1))
			h.ParentHash, h.Time = parent.Hash(), parent.Time+12
		}
		n.blocks[h.Hash()], parent = h, h
	}
	n.setHead(parent)
}

// setHead makes a block the head, with its ancestors as the chain. Requires mu.
func (n *node) setHead(h *types.Header) {
	var chain []*types.Header
	for at := h; at != nil; at = n.blocks[at.ParentHash] {
		chain = append([]*types.Header{at}, chain...)
	}
	n.canonical = chain
}

// announce sends the head to the subscribers.
func (n *node) announce() { n.tell(n.head()) }

// tell sends any header to the subscribers.
func (n *node) tell(h *types.Header) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for sub, notifier := range n.feeds {
		_ = notifier.Notify(sub.ID, n.fields(h)) // it may be gone
	}
}

func (n *node) head() *types.Header {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.canonical[len(n.canonical)-1]
}

func (n *node) at(number int) *types.Header {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.canonical[number]
}

func (n *node) do(f func()) {
	n.mu.Lock()
	defer n.mu.Unlock()
	f()
}

// fields is a header as JSON. Requires mu.
func (n *node) fields(h *types.Header) map[string]any {
	raw, _ := json.Marshal(h)
	var out map[string]any
	_ = json.Unmarshal(raw, &out) // just made
	if n.lie != nil {
		n.lie(out)
	}
	return out
}

// eth is the RPC service.
type eth struct{ n *node }

func (e *eth) ChainId() hexutil.Uint64 { //nolint:staticcheck // the RPC method's name
	e.n.mu.Lock()
	defer e.n.mu.Unlock()
	return hexutil.Uint64(e.n.chainID)
}

func (e *eth) GetBlockByHash(hash common.Hash, _ bool) map[string]any {
	e.n.mu.Lock()
	defer e.n.mu.Unlock()
	if h := e.n.blocks[hash]; h != nil {
		return e.n.fields(h)
	}
	return nil
}

func (e *eth) GetBlockByNumber(at rpc.BlockNumber, _ bool) map[string]any {
	e.n.mu.Lock()
	defer e.n.mu.Unlock()
	i := int(at)
	switch at {
	case rpc.LatestBlockNumber:
		i = len(e.n.canonical) - 1
	case rpc.FinalizedBlockNumber:
		i = int(e.n.finalized)
	case rpc.SafeBlockNumber:
		i = int(e.n.safe)
	}
	if i < 0 || i >= len(e.n.canonical) {
		return nil
	}
	return e.n.fields(e.n.canonical[i])
}

// NewHeads is the subscription.
func (e *eth) NewHeads(ctx context.Context) (*rpc.Subscription, error) {
	notifier, ok := rpc.NotifierFromContext(ctx)
	if !ok {
		return nil, rpc.ErrNotificationsUnsupported
	}
	sub := notifier.CreateSubscription()
	e.n.mu.Lock()
	e.n.feeds[sub] = notifier
	e.n.mu.Unlock()
	go func() {
		<-sub.Err() //nolint:errcheck // an end, for whatever reason
		e.n.mu.Lock()
		delete(e.n.feeds, sub)
		e.n.mu.Unlock()
	}()
	return sub, nil
}

// serve runs the node; drop cuts all its connections.
func (n *node) serve(t *testing.T, ws bool) (url string, drop func()) {
	t.Helper()
	srv := rpc.NewServer()
	if err := srv.RegisterName("eth", &eth{n}); err != nil {
		t.Fatal(err)
	}
	if !ws {
		if n.batches > 0 {
			srv.SetBatchLimits(n.batches, 1<<20)
		}
		h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			n.do(func() { n.requests++ })
			srv.ServeHTTP(w, r)
		}))
		t.Cleanup(func() { h.Close(); srv.Stop() })
		return h.URL, h.CloseClientConnections
	}
	var current atomic.Pointer[rpc.Server]
	current.Store(srv)
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		current.Load().WebsocketHandler([]string{"*"}).ServeHTTP(w, r)
	}))
	t.Cleanup(func() { current.Load().Stop(); h.Close() })
	return "ws" + h.URL[4:], func() {
		// A new server goes on with the same service; stopping the old one ends
		// its connections.
		next := rpc.NewServer()
		_ = next.RegisterName("eth", &eth{n}) // worked before
		current.Swap(next).Stop()
	}
}

type following struct {
	t      *testing.T
	f      *follower.Follower
	events chan follower.Event
}

func follow(t *testing.T, opts follower.Options) *following {
	t.Helper()
	set := func(d *time.Duration, v time.Duration) {
		if *d == 0 {
			*d = v
		}
	}
	set(&opts.Poll, 5*time.Millisecond)
	set(&opts.FinalizedEvery, 5*time.Millisecond)
	set(&opts.BackoffMin, 5*time.Millisecond)
	set(&opts.BackoffMax, 50*time.Millisecond)
	f, err := follower.New(opts)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	fl := &following{t: t, f: f, events: make(chan follower.Event, 100_000)}
	go func() {
		done <- f.Run(ctx, func(_ context.Context, e follower.Event) error { fl.events <- e; return nil })
	}()
	t.Cleanup(func() {
		cancel()
		select {
		case err := <-done:
			if !errors.Is(err, context.Canceled) {
				t.Errorf("Run: %v", err)
			}
		case <-time.After(10 * time.Second):
			t.Error("Run did not end")
		}
	})
	return fl
}

// fault waits for a fault, of one of these kinds.
func (f *following) fault(want ...error) {
	f.t.Helper()
	deadline := time.After(10 * time.Second)
	for {
		select {
		case e := <-f.events:
			if e, ok := e.(*follower.Fault); ok {
				if !slices.ContainsFunc(want, func(w error) bool { return errors.Is(e.Err, w) }) {
					f.t.Fatalf("fault %v, want %v", e.Err, want)
				}
				return
			}
		case <-deadline:
			f.t.Fatalf("no fault %v: %+v", want, f.f.Status())
		}
	}
}

// at waits until the follower's head is h and it is ready.
func (f *following) at(h *types.Header) {
	f.t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for {
		st := f.f.Status()
		if st.Head.Hash == h.Hash() && st.Ready() {
			return
		}
		if time.Now().After(deadline) {
			f.t.Fatalf("not at %d: %+v", h.Number, st)
		}
		time.Sleep(time.Millisecond)
	}
}

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// each runs a test over both transports.
func each(t *testing.T, test func(t *testing.T, n *node, url string, drop func())) {
	t.Helper()
	for _, ws := range []bool{true, false} {
		t.Run(fmt.Sprintf("ws=%v", ws), func(t *testing.T) {
			n := newNode()
			url, drop := n.serve(t, ws)
			test(t, n, url, drop)
		})
	}
}

func TestReconnects(t *testing.T) {
	each(t, func(t *testing.T, n *node, url string, drop func()) {
		f := follow(t, follower.Options{URL: url})
		f.at(n.head())
		for range 3 {
			drop()
			// Meanwhile the chain grows and reorganises.
			n.extend(n.at(int(n.head().Number.Uint64())-2), 5, fmt.Sprint(time.Now().UnixNano()))
			n.announce()
			f.at(n.head())
		}
	})
}

// A header whose fields do not hash to its hash, as head and in a backfill.
func TestLyingHeaders(t *testing.T) {
	each(t, func(t *testing.T, n *node, url string, _ func()) {
		f := follow(t, follower.Options{URL: url})
		f.at(n.head())
		for _, field := range []string{"stateRoot", "parentHash", "hash", "timestamp", "number"} {
			n.do(func() {
				n.lie = func(h map[string]any) {
					b := []byte(h[field].(string))
					b[len(b)-1] ^= 1 // another hex digit, mostly
					if b[len(b)-1] > 'f' || b[len(b)-1] < '0' {
						b[len(b)-1] = '0'
					}
					h[field] = string(b)
				}
			})
			before := f.f.Status().Head
			n.extend(n.head(), 2, field)
			n.announce()
			f.fault(follower.ErrNode)
			if now := f.f.Status(); now.Head != before || now.Ready() {
				t.Errorf("%s: %+v", field, now)
			}
			n.do(func() { n.lie = nil })
			n.extend(n.head(), 1, "honest")
			n.announce()
			f.at(n.head())
			for len(f.events) > 0 {
				<-f.events
			}
		}
	})
}

// A node that answers a header asked for by hash with another one.
func TestWrongBackfill(t *testing.T) {
	n := newNode()
	url, _ := n.serve(t, true)
	f := follow(t, follower.Options{URL: url})
	f.at(n.head())
	start := n.head()
	n.extend(start, 3, "b")
	n.do(func() {
		missing := n.canonical[len(n.canonical)-2].Hash()
		n.blocks[missing] = start
	})
	n.announce()
	f.fault(follower.ErrNode)
	if got := f.f.Status().Head.Hash; got != start.Hash() {
		t.Errorf("moved to %x", got)
	}
}

// A node that shows an old head, is restored, or shows another chain.
func TestNodeInThePast(t *testing.T) {
	each(t, func(t *testing.T, n *node, url string, _ func()) {
		n.do(func() { n.finalized = 5 })
		f := follow(t, follower.Options{URL: url})
		tip := n.head()
		f.at(tip)
		n.do(func() { n.setHead(n.canonical[7]) })
		n.announce()
		f.fault(follower.ErrWentBack)
		if st := f.f.Status(); st.Head.Hash != tip.Hash() || st.Ready() {
			t.Errorf("%+v", st)
		}
		n.do(func() { n.setHead(tip) })
		n.announce()
		f.at(tip)
		n.extend(n.at(2), 12, "below the finalized block")
		n.announce()
		for len(f.events) > 0 {
			<-f.events
		}
		// Whichever it is asked for first, the head or the finalized block.
		f.fault(follower.ErrBelowFinalized, follower.ErrFinalizedMismatch)
		if st := f.f.Status(); st.Head.Hash != tip.Hash() {
			t.Errorf("%+v", st)
		}
	})
}

func TestAnotherChain(t *testing.T) {
	each(t, func(t *testing.T, n *node, url string, _ func()) {
		f := follow(t, follower.Options{URL: url, ChainID: 1})
		f.fault(follower.ErrChainID)
		if st := f.f.Status(); st.Ready() || st.Connected {
			t.Errorf("%+v", st)
		}
		n.do(func() { n.chainID = 1 })
		f.at(n.head())
	})
}

func TestSilence(t *testing.T) {
	each(t, func(t *testing.T, n *node, url string, _ func()) {
		f := follow(t, follower.Options{URL: url, Silence: 80 * time.Millisecond})
		f.at(n.head())
		f.fault(follower.ErrSilent)
		if f.f.Status().Ready() {
			t.Error("ready while silent")
		}
		n.extend(n.head(), 1, "again")
		n.announce()
		f.at(n.head())
	})
}

// The node loses the branch between the announcement and the backfill.
func TestAncestorGone(t *testing.T) {
	n := newNode()
	url, _ := n.serve(t, true)
	f := follow(t, follower.Options{URL: url})
	start := n.head()
	f.at(start)
	n.extend(start, 3, "lost")
	n.do(func() { delete(n.blocks, n.canonical[len(n.canonical)-2].Hash()) })
	n.announce()
	n.extend(start, 2, "kept")
	n.announce()
	f.at(n.head())
	for len(f.events) > 0 {
		if e, ok := (<-f.events).(*follower.Fault); ok {
			t.Errorf("fault %v", e.Err)
		}
	}
}

func TestStartsBelowTheHead(t *testing.T) {
	each(t, func(t *testing.T, n *node, url string, _ func()) {
		n.do(func() { n.finalized = 4 })
		f := follow(t, follower.Options{URL: url})
		f.at(n.head())
		first := (<-f.events).(*follower.Advanced)
		if first.Header.Ref.Number != 4 {
			t.Errorf("starts at %v", first.Header.Ref)
		}
		g := follow(t, follower.Options{URL: url, Back: 3})
		g.at(n.head())
		if first := (<-g.events).(*follower.Advanced); first.Header.Ref.Number != 6 {
			t.Errorf("starts at %v", first.Header.Ref)
		}
		var known []statecache.BlockRef
		for i := range 5 {
			known = append(known, statecache.BlockRef{Number: uint64(i), Hash: n.at(i).Hash()})
		}
		r := follow(t, follower.Options{URL: url, Resume: known})
		r.at(n.head())
		if first := (<-r.events).(*follower.Advanced); first.Header.Ref.Number != 5 {
			t.Errorf("resumes at %v", first.Header.Ref)
		}
	})
}

func TestHandlerErrorEndsRun(t *testing.T) {
	n := newNode()
	url, _ := n.serve(t, true)
	f, err := follower.New(follower.Options{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	boom := errors.New("boom")
	if err := f.Run(t.Context(), func(context.Context, follower.Event) error { return boom }); !errors.Is(err, boom) {
		t.Errorf("Run: %v", err)
	}
	if _, err := follower.New(follower.Options{}); err == nil {
		t.Error("no URL was accepted")
	}
}
