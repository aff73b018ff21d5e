package anchoring_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"vmhost/anchoring"
	"vmhost/anchoring/devchain"
	"vmhost/anchoring/devchain/demo"
	"vmhost/statecache"
)

// site is a chain in this process with contracts, a source and an anchorer.
type site struct {
	t        *testing.T
	chain    *devchain.Chain
	client   *anchoring.Client
	system   anchoring.System
	feed     *feed
	anchorer *anchoring.Anchorer
	states   chan anchoring.AnchorStatus
}

func newSite(t *testing.T) *site {
	t.Helper()
	c, err := devchain.New(devchain.Options{FinalityDepth: 100})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	d, err := demo.Deploy(t.Context(), c, demo.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, chain: c, states: make(chan anchoring.AnchorStatus, 1000)}
	s.client, err = anchoring.Dial(t.Context(), anchoring.ClientOptions{
		URL: c.HTTPURL(), Key: c.Accounts()[0].Key(), Sent: func() error { return c.Mine(1) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.client.Close)
	if s.system, err = s.client.DeploySystem(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	s.feed = run(t, anchoring.SourceOptions{URL: c.WSURL(), Cache: newCache(t, d.Collections())})
	s.startAnchorer(0)
	return s
}

func (s *site) startAnchorer(fence uint64) {
	s.t.Helper()
	a, err := anchoring.NewAnchorer(anchoring.AnchorerOptions{
		Client: s.client, Registry: s.system.Registry, Fence: fence, Retry: 20 * time.Millisecond,
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.anchorer = a
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() {
		done <- a.Run(ctx, func(_ context.Context, st anchoring.AnchorStatus) error { s.states <- st; return nil })
	}()
	s.t.Cleanup(func() {
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) && !errors.Is(err, anchoring.ErrFenced) {
			s.t.Errorf("anchorer: %v", err)
		}
	})
}

// mine seals blocks and passes the source's events to the anchorer until the
// cache is at the head.
func (s *site) mine(n int) {
	s.t.Helper()
	if err := s.chain.Mine(n); err != nil {
		s.t.Fatal(err)
	}
	s.pump()
}

func (s *site) pump() {
	s.t.Helper()
	for {
		number, hash := s.chain.Head()
		head, _ := s.feed.cache.Head()
		if head == (statecache.BlockRef{Number: number, Hash: hash}) && len(s.feed.events) == 0 {
			s.anchorer.Head(number)
			return
		}
		switch e := s.feed.next().(type) {
		case *anchoring.RolledBack:
			s.anchorer.RolledBack(e.To)
		case *anchoring.Applied:
			s.anchorer.Head(e.Header.Ref.Number)
		}
	}
}

func (s *site) post(ref statecache.BlockRef) anchoring.Anchor {
	s.t.Helper()
	view, err := s.feed.cache.View(ref, "anchor", time.Time{})
	if err != nil {
		s.t.Fatal(err)
	}
	defer view.Release()
	a := anchoring.AnchorOf(view)
	s.anchorer.Post(a)
	return a
}

// state waits until an anchor is in a state.
func (s *site) state(ref statecache.BlockRef, want anchoring.AnchorState) anchoring.AnchorStatus {
	s.t.Helper()
	deadline := time.After(15 * time.Second)
	for {
		if st, ok := s.anchorer.Status(ref); ok && st.State == want {
			return st
		}
		select {
		case <-s.states:
		case <-time.After(50 * time.Millisecond):
		case <-deadline:
			st, _ := s.anchorer.Status(ref)
			s.t.Fatalf("anchor of %v is %s (%v), want %s", ref, st.State, st.Err, want)
		}
	}
}

func (s *site) anchored(a anchoring.Anchor) bool {
	s.t.Helper()
	ok, err := s.client.IsAnchored(s.t.Context(), s.system.Registry, a.Block.Number, a.Commitment)
	if err != nil {
		s.t.Fatal(err)
	}
	return ok
}

// The registry computes the commitment of the cache from the roots.
func TestAnchorsAreTheCachesCommitments(t *testing.T) {
	s := newSite(t)
	s.mine(3)
	head, _ := s.feed.cache.Head()
	var anchors []anchoring.Anchor
	for n := head.Number - 2; n <= head.Number; n++ {
		ref, err := s.feed.cache.Canonical(n)
		if err != nil {
			t.Fatal(err)
		}
		anchors = append(anchors, s.post(ref))
	}
	s.mine(1)
	for _, a := range anchors {
		st := s.state(a.Block, anchoring.AnchorAnchored)
		if !s.anchored(a) || st.Tx.Block.Number <= a.Block.Number {
			t.Errorf("%v: %+v", a.Block, st)
		}
		got, err := s.client.CommitmentAt(t.Context(), s.system.Registry, a.Block.Number)
		if err != nil || got != a.Commitment {
			t.Errorf("registry holds %x, cache %x, %v", got, a.Commitment, err)
		}
	}
	wrong := anchors[0]
	wrong.Commitment[31] ^= 1
	if s.anchored(wrong) {
		t.Error("another commitment counts as anchored")
	}
}

// A reorganisation that takes out the anchoring transaction only:
//
//	10 ─ 11 ─ 12 ─ 13(anchors 10)     reorg of 2
//	      └── 12'─ 13'─ 14'           10 must be anchored again
func TestReanchorsAfterAReorg(t *testing.T) {
	s := newSite(t)
	s.mine(2)
	block, _ := s.feed.cache.Head()
	s.mine(2)
	a := s.post(block)
	st := s.state(block, anchoring.AnchorAnchored)
	s.pump()
	number, _ := s.chain.Head()
	if _, err := s.chain.Reorg(number-st.Tx.Block.Number+1, devchain.ReorgOptions{}); err != nil {
		t.Fatal(err)
	}
	if s.anchored(a) {
		t.Fatal("the reorganisation did not take the anchor out")
	}
	s.pump()
	s.mine(1)
	s.state(block, anchoring.AnchorAnchored)
	if !s.anchored(a) {
		t.Error("not anchored again")
	}
}

// A reorganisation that takes out the anchored block itself.
func TestUndoneAnchors(t *testing.T) {
	s := newSite(t)
	s.mine(5)
	block, _ := s.feed.cache.Head()
	a := s.post(block)
	s.mine(1)
	s.state(block, anchoring.AnchorAnchored)
	s.pump()
	number, _ := s.chain.Head()
	if _, err := s.chain.Reorg(number-block.Number+1, devchain.ReorgOptions{}); err != nil {
		t.Fatal(err)
	}
	s.pump()
	s.state(block, anchoring.AnchorUndone)
	other, err := s.feed.cache.Canonical(block.Number)
	if err != nil || other == block {
		t.Fatalf("%v, %v", other, err)
	}
	b := s.post(other)
	s.mine(2)
	s.state(other, anchoring.AnchorAnchored)
	if s.anchored(a) || !s.anchored(b) {
		t.Error("the registry holds the reverted block's commitment")
	}
}

// A wrong root is refused by nobody but those who look: the commitment that the
// registry computes is not the one claimed. An impossible one is refused.
func TestRefusedAnchors(t *testing.T) {
	s := newSite(t)
	s.mine(2)
	block, _ := s.feed.cache.Head()
	s.mine(1)
	view, err := s.feed.cache.View(block, "test", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	defer view.Release()
	good := anchoring.AnchorOf(view)
	for _, tc := range []struct {
		name   string
		change func(*anchoring.Anchor)
		want   anchoring.AnchorProblem
	}{
		{"no field element", func(a *anchoring.Anchor) { a.DirectoryRoot[0] = 0xff }, anchoring.ProblemBadRoot},
		{"no directory", func(a *anchoring.Anchor) { a.DirectoryRoot = [32]byte{} }, anchoring.ProblemBadRoot},
		{"another block hash", func(a *anchoring.Anchor) { a.Block.Hash[3] ^= 1 }, anchoring.ProblemWrongBlock},
		{"a future block", func(a *anchoring.Anchor) { a.Block.Number += 1000 }, anchoring.ProblemNoBlock},
	} {
		a := good
		tc.change(&a)
		_, err := s.client.PostAnchors(t.Context(), s.system.Registry, []anchoring.Anchor{a}, 0)
		if got := anchoring.ProblemOf(err); got != tc.want || !errors.Is(err, anchoring.ErrReverted) {
			t.Errorf("%s: %q, %v", tc.name, got, err)
		}
	}
	bad := good
	bad.DirectoryRoot[0] = 0xff
	s.anchorer.Post(bad)
	s.pump()
	if st := s.state(block, anchoring.AnchorFailed); anchoring.ProblemOf(st.Err) != anchoring.ProblemBadRoot {
		t.Errorf("failed with %v", st.Err)
	}
}

// An instance with a higher fence stops the one before.
func TestFence(t *testing.T) {
	s := newSite(t)
	s.mine(3)
	block, _ := s.feed.cache.Head()
	if _, err := s.client.PostAnchors(t.Context(), s.system.Registry, nil, 7); err != nil {
		t.Fatal(err)
	}
	s.pump()
	a := s.post(block)
	s.pump()
	time.Sleep(200 * time.Millisecond)
	if st, _ := s.anchorer.Status(block); st.State != anchoring.AnchorQueued || s.anchored(a) {
		t.Errorf("fenced off, but %s", st.State)
	}
	s.startAnchorer(7)
	s.post(block)
	s.pump()
	s.state(block, anchoring.AnchorAnchored)
}

func TestVerifyRejected(t *testing.T) {
	s := newSite(t)
	data := anchoring.VerifyCalldata([32]byte{1}, [32]byte{2}, []byte("journal"), []byte{1, 2, 3, 4, 5})
	_, err := s.client.Verify(t.Context(), s.system.Router, data)
	if !errors.Is(err, anchoring.ErrRejected) || !errors.Is(err, anchoring.ErrReverted) || !strings.Contains(err.Error(), "SelectorUnknown") {
		t.Errorf("Verify: %v", err)
	}
	if _, err := s.client.VerifyTx(t.Context(), s.system.Router, data); !errors.Is(err, anchoring.ErrRejected) {
		t.Errorf("VerifyTx: %v", err)
	}
}

func TestClientErrors(t *testing.T) {
	s := newSite(t)
	if _, err := anchoring.Dial(t.Context(), anchoring.ClientOptions{URL: s.chain.HTTPURL(), Key: make([]byte, 32)}); !errors.Is(err, anchoring.ErrKey) {
		t.Errorf("zero key: %v", err)
	}
	if _, err := anchoring.Dial(t.Context(), anchoring.ClientOptions{URL: "http://127.0.0.1:1"}); err == nil {
		t.Error("connected to nothing")
	}
	reader, err := anchoring.Dial(t.Context(), anchoring.ClientOptions{URL: s.chain.WSURL(), TxTimeout: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	if _, err := reader.Send(t.Context(), &s.system.Router, nil, 21_000); !errors.Is(err, anchoring.ErrKey) {
		t.Errorf("send without a key: %v", err)
	}
	slow, err := anchoring.Dial(t.Context(), anchoring.ClientOptions{URL: s.chain.WSURL(), Key: s.chain.Accounts()[2].Key(), TxTimeout: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer slow.Close()
	to := [20]byte{0xbb}
	if _, err := slow.Send(t.Context(), &to, nil, 21_000); !errors.Is(err, anchoring.ErrTimeout) {
		t.Errorf("a transaction that nobody mines: %v", err)
	}
}
