package anchoring_test

import (
	"context"
	"errors"
	"math/big"
	"slices"
	"testing"
	"time"

	"vmhost/anchoring"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/statefile"
	"vmhost/statecache"
)

// bonded is a site whose registry takes bonds, with a deposit for some anchors.
func bonded(t *testing.T, deposit int64, window uint32) (*site, contracts.RegistryConfig) {
	t.Helper()
	s := newSite(t)
	config := contracts.RegistryConfig{Bond: big.NewInt(1000), DemandBond: big.NewInt(10), ChallengeWindow: window, AnswerWindow: 20}
	var err error
	if s.system, err = s.client.DeploySystemWith(t.Context(), nil, config); err != nil {
		t.Fatal(err)
	}
	if _, err := s.client.Deposit(t.Context(), s.system.Registry, big.NewInt(deposit)); err != nil {
		t.Fatal(err)
	}
	s.pump()
	return s, config
}

// stranger is another account.
func (s *site) stranger() *anchoring.Client {
	s.t.Helper()
	c, err := anchoring.Dial(s.t.Context(), anchoring.ClientOptions{
		URL: s.chain.HTTPURL(), Key: s.chain.Accounts()[5].Key(), Sent: func() error { return s.chain.Mine(1) },
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(c.Close)
	return c
}

// losing makes an anchorer unable to open some blocks.
func losing(lost ...statecache.BlockRef) func(*anchoring.AnchorerOptions) {
	return func(o *anchoring.AnchorerOptions) {
		open := o.Open
		o.Open = func(ctx context.Context, ref statecache.BlockRef) (*statecache.View, func(), error) {
			if slices.Contains(lost, ref) {
				return nil, nil, statecache.ErrEvicted
			}
			return open(ctx, ref)
		}
	}
}

// startAnswering runs an anchorer that can open blocks.
func (s *site) startAnswering(change ...func(*anchoring.AnchorerOptions)) *anchoring.Anchorer {
	s.t.Helper()
	o := anchoring.AnchorerOptions{
		Client: s.client, Registry: s.system.Registry, Retry: 20 * time.Millisecond,
		Open: func(_ context.Context, ref statecache.BlockRef) (*statecache.View, func(), error) {
			v, err := s.feed.cache.View(ref, "answer", time.Time{})
			if err != nil {
				return nil, nil, err
			}
			return v, v.Release, nil
		},
	}
	for _, f := range change {
		f(&o)
	}
	a, err := anchoring.NewAnchorer(o)
	if err != nil {
		s.t.Fatal(err)
	}
	s.anchorer = a
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- a.Run(ctx, func(context.Context, anchoring.AnchorStatus) error { return nil }) }()
	s.t.Cleanup(func() {
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			s.t.Errorf("anchorer: %v", err)
		}
	})
	return a
}

// A stranger asks for every part on the way to a leaf: the service shows each in
// time, without anyone's help, and earns the demands' bonds.
func TestDemandsAreAnswered(t *testing.T) {
	s, config := bonded(t, 5000, 100)
	a := s.startAnswering()
	s.mine(2)
	block, _ := s.feed.cache.Head()
	anchor := s.post(block)
	s.mine(2)
	s.state(block, anchoring.AnchorAnchored)
	view, err := s.feed.cache.View(block, "test", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	defer view.Release()
	suspect := contracts.Suspect{Height: block.Number, BlockHash: block.Hash, Commitment: anchor.Commitment, Tree: contracts.ViewTree(view)}
	other := s.stranger()
	places := []contracts.Place{
		{Kind: contracts.PlaceDirectory, Level: 4},
		{Kind: contracts.PlaceDirectory, Level: 0, Index: 1},
		{Kind: contracts.PlaceLeaves, Entry: 1, Index: 0},
		{Kind: contracts.PlaceItems, Entry: 1, Index: 0},
	}
	for _, p := range places {
		call, err := suspect.Demand(p, nil)
		if err != nil {
			t.Fatal(err)
		}
		tx, err := other.SendValue(t.Context(), &s.system.Registry, call, config.DemandBond, 0)
		if err != nil {
			t.Fatalf("demand %v: %v", p, err)
		}
		t.Logf("demand of %v: %d gas", p, tx.GasUsed)
	}
	want := new(big.Int).Mul(config.DemandBond, big.NewInt(int64(len(places))))
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		s.pump()
		got, err := s.client.Payable(t.Context(), s.system.Registry, s.client.Address())
		if err != nil {
			t.Fatal(err)
		}
		if got.Cmp(want) == 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("earned %s of %s: %+v", got, want, a.Report())
		}
		if err := s.chain.Mine(1); err != nil {
			t.Fatal(err)
		}
	}
	for _, tx := range a.Report().Transactions {
		if tx.Tag == "answer" {
			t.Logf("answer of %d places: %d gas, %s", tx.Carries, tx.GasUsed, tx.State)
		}
	}
	if !s.anchored(anchor) {
		t.Error("the anchor fell")
	}
}

// What is asked of a block that is lost, and sooner, does not keep an answer
// about another from being sent.
func TestAttackAnswerBehindALostBlock(t *testing.T) {
	s, config := bonded(t, 5000, 100)
	s.mine(2)
	lost, _ := s.feed.cache.Head()
	s.mine(1)
	kept, _ := s.feed.cache.Head()
	s.startAnswering(losing(lost))
	s.post(lost)
	s.post(kept)
	s.mine(2)
	s.state(lost, anchoring.AnchorAnchored)
	s.state(kept, anchoring.AnchorAnchored)
	other := s.stranger()
	for _, block := range []statecache.BlockRef{lost, kept} {
		view, err := s.feed.cache.View(block, "test", time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		defer view.Release()
		suspect := contracts.Suspect{Height: block.Number, BlockHash: block.Hash, Commitment: view.CommitmentBytes(), Tree: contracts.ViewTree(view)}
		call, err := suspect.Demand(contracts.Place{Kind: contracts.PlaceDirectory, Level: 4}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := other.SendValue(t.Context(), &s.system.Registry, call, config.DemandBond, 0); err != nil {
			t.Fatal(err)
		}
	}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		s.pump()
		got, err := s.client.Payable(t.Context(), s.system.Registry, s.client.Address())
		if err != nil {
			t.Fatal(err)
		}
		if got.Cmp(config.DemandBond) == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("earned %s", got)
		}
		if err := s.chain.Mine(1); err != nil {
			t.Fatal(err)
		}
	}
}

// A lie is found by itself, and the one who proves it is paid.
func TestChallengePays(t *testing.T) {
	s, config := bonded(t, 5000, 100)
	s.mine(2)
	block, _ := s.feed.cache.Head()
	s.mine(1)
	view, err := s.feed.cache.View(block, "test", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	defer view.Release()
	f, err := statefile.FromView(view)
	if err != nil {
		t.Fatal(err)
	}
	other := s.stranger()
	if _, err := other.CheckAnchor(t.Context(), s.system.Registry, f); !errors.Is(err, anchoring.ErrNotAnchored) {
		t.Errorf("nothing anchored: %v", err)
	}
	f.Commitment = statecache.Commitment{}
	honest := f.Collections[1].Values[0]
	f.Collections[1].Values[0][31] ^= 1
	lie, err := (&statecache.Snapshot{ChainID: f.ChainID, Header: view.Header(), Collections: f.Collections, HistoryRoot: f.HistoryRoot}).View()
	if err != nil {
		t.Fatal(err)
	}
	anchor := anchoring.AnchorOf(lie)
	if _, err := s.client.PostAnchors(t.Context(), s.system.Registry, []anchoring.Anchor{anchor}, 0); err != nil {
		t.Fatal(err)
	}
	finding, err := other.CheckAnchor(t.Context(), s.system.Registry, f)
	if err != nil || finding == nil {
		t.Fatalf("%v, %v", finding, err)
	}
	tx, err := other.SendChallenge(t.Context(), s.system.Registry, finding)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %d gas", finding.What, tx.GasUsed)
	reward, err := other.Payable(t.Context(), s.system.Registry, other.Address())
	if err != nil || reward.Cmp(new(big.Int).Rsh(config.Bond, 1)) != 0 || s.anchored(anchor) {
		t.Errorf("reward %s, %v", reward, err)
	}
	if _, err := other.Withdraw(t.Context(), s.system.Registry); err != nil {
		t.Error(err)
	}
	// The truth can be anchored in its place, and cannot be challenged.
	f.Collections[1].Values[0] = honest
	if _, err := s.client.PostAnchors(t.Context(), s.system.Registry, []anchoring.Anchor{anchoring.AnchorOf(view)}, 0); err != nil {
		t.Fatal(err)
	}
	if finding, err := other.CheckAnchor(t.Context(), s.system.Registry, f); err != nil || finding != nil {
		t.Errorf("the truth: %v, %v", finding, err)
	}
	if _, err := other.SendChallenge(t.Context(), s.system.Registry, finding); !errors.Is(err, anchoring.ErrReverted) {
		t.Errorf("the same challenge again: %v", err)
	}
	f.Collections[1].Values[0][0] ^= 1
	if _, err := other.CheckAnchor(t.Context(), s.system.Registry, f); !errors.Is(err, anchoring.ErrWithheld) {
		t.Errorf("something else: %v", err)
	}
}

// With a deposit for 17 anchors, 20 are anchored: the bonds of settled ones are
// released on the way.
func TestBondsGoRound(t *testing.T) {
	s, _ := bonded(t, 17_000, 20)
	a := s.startAnswering()
	for range 20 {
		s.mine(1)
		ref, _ := s.feed.cache.Head()
		s.post(ref)
	}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		r := a.Report()
		done, released := 0, 0
		for _, x := range r.Anchors {
			if x.State == anchoring.AnchorAnchored {
				done++
			}
		}
		for _, x := range r.Transactions {
			if x.Tag == "release" && x.Success {
				released++
			}
		}
		if done == 20 && released > 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d anchored, %d releases: %s", done, released, r.Problem)
		}
		s.mine(2)
	}
}
