package anchoring_test

import (
	"math/big"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"vmhost/anchoring"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/devchain"
	"vmhost/anchoring/devchain/demo"
	"vmhost/anchoring/outbox"
	"vmhost/statecache"
)

// voyage is how long TestFullWindow goes: blocks of the registry's windows, and of
// the cache's.
type voyage struct {
	challenge, answer uint32
	window            int
}

// A bonded server at the size of its window, by default a small one and with
// VMHOST_LONG=1 the registry's default of 8,400 blocks: some tens of values change
// and an anchor is posted in every block, bonds come free as fast as they are
// locked, the oldest anchor that can be challenged is asked about, and again below
// each answer for as long as one may. The small window is shorter than a server's,
// so that what is asked about must be held beyond it.
func TestFullWindow(t *testing.T) {
	v := voyage{challenge: 60, answer: 16, window: 68}
	if os.Getenv("VMHOST_LONG") != "" {
		v = voyage{challenge: 7200, answer: 600, window: 8400}
	}
	s, store := v.embark(t)
	start := time.Now()
	var low *big.Int
	late := uint64(0)
	sail := func(blocks int) {
		for i := range blocks {
			s.mine(1)
			ref, _ := s.feed.cache.Head()
			s.post(ref)
			if i%16 != 0 {
				continue
			}
			m := s.anchorer.Metrics()
			if head := uint64(m.Account.Head); i%1024 == 0 && v.window > 1000 {
				t.Logf("block %d after %v: %v, %d locked, %d behind, %q", head, time.Since(start).Round(time.Second), m.States, m.Locked, m.Behind, s.anchorer.Report().Problem)
			}
			late = max(late, m.Behind)
			if m.Deposit != nil && (low == nil || m.Deposit.Free.Cmp(low) < 0) {
				low = m.Deposit.Free
			}
			if m.Behind > 40 { // on a slow machine the anchorer gets time to keep up
				t.Logf("%d blocks behind after %v: %q", m.Behind, time.Since(start).Round(time.Second), s.anchorer.Report().Problem)
				time.Sleep(100 * time.Millisecond)
			}
		}
	}
	sail(v.window + int(v.answer))
	perBlock := time.Since(start) / time.Duration(v.window+int(v.answer))
	oldest := s.oldestChallengeable(v)
	t.Logf("%d blocks, %v each; cache %+v", v.window+int(v.answer), perBlock.Round(10*time.Microsecond), s.feed.cache.Memory())
	places := []contracts.Place{
		{Kind: contracts.PlaceDirectory, Level: 4},
		{Kind: contracts.PlaceDirectory, Level: 3},
		{Kind: contracts.PlaceDirectory, Level: 2},
		{Kind: contracts.PlaceDirectory, Level: 1},
	}
	calls := s.demandsOf(oldest.Block, places...)
	bond := big.NewInt(100)
	c := newCrowd(s, bond)
	for i, call := range calls {
		if i > 0 {
			sail(int(v.answer)/len(calls) - 3) // and 3 blocks besides
		}
		c.ask([][]byte{call})
		s.earned(big.NewInt(100 * int64(i+1)))
	}
	head, _ := s.feed.cache.Head()
	if age := head.Number - oldest.Block.Number; age <= uint64(v.challenge)+uint64(v.answer)/2 {
		t.Errorf("the last answer was about a block %d back", age)
	}
	if _, err := s.feed.cache.Canonical(oldest.Block.Number); err != nil {
		t.Errorf("the block that is asked about: %v", err)
	}
	// The game is over: the cache lets go of what is beyond its window.
	sail(int(v.answer) + 3)
	s.idle()
	sail(1)
	m := s.feed.cache.Memory()
	if m.Blocks > v.window+2 {
		t.Errorf("%d blocks held", m.Blocks)
	}
	if !s.anchored(oldest) {
		t.Error("the anchor fell")
	}
	s.logVoyage(v, store, low, late, time.Since(start))
}

// embark makes a site with a deposit for the window and many changing values.
func (v voyage) embark(t *testing.T) (*site, string) {
	t.Helper()
	c, err := devchain.New(devchain.Options{FinalityDepth: 64})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	d, err := demo.Deploy(t.Context(), c, demo.Options{Holders: 32, Swaps: 2, Transfers: 12})
	if err != nil {
		t.Fatal(err)
	}
	s := &site{t: t, chain: c, states: make(chan anchoring.AnchorStatus, 1000)}
	s.client, err = anchoring.Dial(t.Context(), anchoring.ClientOptions{
		URL: c.HTTPURL(), Key: c.Accounts()[0].Key(), Sent: nil,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.client.Close)
	cache, err := statecache.New(statecache.Options{ChainID: devchain.ChainID, Window: v.window, HardCap: 3 * v.window})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range d.Collections() {
		if err := cache.Define(x); err != nil {
			t.Fatal(err)
		}
	}
	deployer, err := anchoring.Dial(t.Context(), anchoring.ClientOptions{
		URL: c.HTTPURL(), Key: c.Accounts()[0].Key(), Sent: func() error { return c.Mine(1) },
	})
	if err != nil {
		t.Fatal(err)
	}
	defer deployer.Close()
	config := contracts.RegistryConfig{Bond: big.NewInt(3000), DemandBond: big.NewInt(100), ChallengeWindow: v.challenge, AnswerWindow: v.answer}
	if s.system, err = deployer.DeploySystemWith(t.Context(), nil, config); err != nil {
		t.Fatal(err)
	}
	terms, err := deployer.Terms(t.Context(), s.system.Registry)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := deployer.Deposit(t.Context(), s.system.Registry, terms.DepositFor(1)); err != nil {
		t.Fatal(err)
	}
	s.feed = run(t, anchoring.SourceOptions{URL: c.WSURL(), Cache: cache})
	path := filepath.Join(t.TempDir(), "anchors.log")
	store, err := outbox.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	s.startAnswering(func(o *anchoring.AnchorerOptions) { o.Store, o.Reach = store, uint64(v.window) })
	s.pump()
	return s, path
}

// oldestChallengeable is the anchor whose challenge window ends first, but not
// within a few blocks, of a block that the cache still has.
func (s *site) oldestChallengeable(v voyage) anchoring.Anchor {
	s.t.Helper()
	head, _ := s.feed.cache.Head()
	var oldest *anchoring.AnchorStatus
	list := s.anchorer.Report().Anchors
	for i, a := range list {
		if a.Anchor.Block.Number+uint64(v.window) < head.Number+4 {
			continue
		}
		if a.State == anchoring.AnchorAnchored && a.Tx.Block.Number+uint64(v.challenge) > head.Number+2 {
			if oldest == nil || a.Anchor.Block.Number < oldest.Anchor.Block.Number {
				oldest = &list[i]
			}
		}
	}
	if oldest == nil {
		s.t.Fatal("no anchor can be challenged")
	}
	return oldest.Anchor
}

// idle waits until the anchorer has seen the head and has nothing to send.
func (s *site) idle() {
	s.t.Helper()
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(5 * time.Millisecond) {
		head, _ := s.chain.Head()
		if m := s.anchorer.Metrics(); uint64(m.Account.Head) == head && m.Demands.Open == 0 {
			time.Sleep(50 * time.Millisecond)
			return
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("%+v", s.anchorer.Metrics())
		}
	}
}

func (s *site) logVoyage(v voyage, store string, low *big.Int, late uint64, took time.Duration) {
	s.t.Helper()
	r, m := s.anchorer.Report(), s.anchorer.Metrics()
	if strings.Contains(r.Problem, "bond") || low.Sign() <= 0 {
		s.t.Errorf("the deposit ran dry: at least %s free, %q", low, r.Problem)
	}
	if r.Locked > int(v.challenge+v.answer)+3*16 {
		s.t.Errorf("%d bonds locked", r.Locked)
	}
	info, err := os.Stat(store)
	if err != nil {
		s.t.Fatal(err)
	}
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	s.t.Logf("%v; anchors %v, %d locked, at least %s bonds free, at most %d blocks behind; transactions %v; store %d KiB; cache %+v; heap of everything %d MiB",
		took.Round(time.Millisecond), m.States, r.Locked, new(big.Int).Div(low, big.NewInt(3000)), late, m.Transactions, info.Size()>>10,
		s.feed.cache.Memory(), mem.HeapAlloc>>20)
}
