package watchtower_test

import (
	"encoding/hex"
	"errors"
	"math/big"
	"slices"
	"testing"

	"vmhost/anchoring"
	"vmhost/anchoring/binding"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/contracts/bindings"
	"vmhost/anchoring/devchain"
	"vmhost/anchoring/devchain/demo"
	"vmhost/anchoring/ethrpc"
	"vmhost/anchoring/outbox"
	"vmhost/anchoring/statefile"
	"vmhost/anchoring/watchtower"
	"vmhost/statecache"
)

var abi = bindings.NewAnchorRegistry()

const (
	challengeWindow = 40
	answerWindow    = 5
)

var (
	bond       = big.NewInt(2e18)
	demandBond = big.NewInt(2e15)
)

// site is a chain of go-ethereum's with a registry, an operator who may lie, and
// a watcher who has the definitions and a key.
type site struct {
	t                 *testing.T
	chain             *devchain.Chain
	node              *ethrpc.Client
	operator, watcher *anchoring.Client
	registry          [20]byte
	watch             *statefile.Watch
	store             outbox.Store
	folder            string
	opts              watchtower.Options
	tower             *watchtower.Tower
	open              []*bindings.AnchorRegistryDemanded
	looked            uint64
}

func newSite(t *testing.T) *site {
	t.Helper()
	return newSiteWith(t, contracts.RegistryConfig{
		Bond: bond, DemandBond: demandBond, ChallengeWindow: challengeWindow, AnswerWindow: answerWindow,
	}, 6)
}

// newSiteWith has a deposit for some anchors.
func newSiteWith(t *testing.T, config contracts.RegistryConfig, anchors int) *site {
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
	s := &site{t: t, chain: c, watch: &statefile.Watch{Collections: d.Collections()}, store: new(outbox.Mem), folder: t.TempDir()}
	s.operator, s.watcher = s.dial(0, true), s.dial(2, false)
	if s.node, err = ethrpc.Dial(t.Context(), c.HTTPURL()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.node.Close)
	system, err := s.operator.DeploySystemWith(t.Context(), nil, config)
	if err != nil {
		t.Fatal(err)
	}
	s.registry = system.Registry
	if _, err := s.operator.Deposit(t.Context(), s.registry, new(big.Int).Mul(bond, big.NewInt(int64(anchors)))); err != nil {
		t.Fatal(err)
	}
	s.opts = watchtower.Options{MaxSpend: big.NewInt(1e18)}
	return s
}

// dial connects an account; one that seals makes a block of each transaction.
func (s *site) dial(account int, seal bool) *anchoring.Client {
	s.t.Helper()
	opts := anchoring.ClientOptions{URL: s.chain.HTTPURL()}
	if account >= 0 {
		opts.Key = s.chain.Accounts()[account].Key()
	}
	if seal {
		opts.Sent = func() error { return s.chain.Mine(1) }
	}
	client, err := anchoring.Dial(s.t.Context(), opts)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(client.Close)
	return client
}

// start opens the tower, again after a stop.
func (s *site) start() {
	s.t.Helper()
	o := s.opts
	if o.Client == nil {
		o.Client = s.watcher
	}
	o.Registry, o.Store, o.Folder = s.registry, s.store, s.folder
	if o.Source == nil {
		o.Source = watchtower.NewStateless(o.Client, s.watch)
	}
	var err error
	if s.tower, err = watchtower.New(o); err != nil {
		s.t.Fatal(err)
	}
}

// lie is what an operator does to the truth before he anchors it.
type lie func(*statefile.File)

// truth is the state of the block below the head.
func (s *site) truth(l lie) *statecache.View {
	s.t.Helper()
	if err := s.chain.Mine(2); err != nil {
		s.t.Fatal(err)
	}
	n, _ := s.chain.Head()
	h, err := s.node.HeaderByNumber(s.t.Context(), n-1)
	if err != nil {
		s.t.Fatal(err)
	}
	f, err := statefile.FetchBlock(s.t.Context(), s.node, h.Ref.Hash, s.watch)
	if err != nil {
		s.t.Fatal(err)
	}
	f.Collections = slices.Clone(f.Collections)
	for i := range f.Collections {
		f.Collections[i].Values = slices.Clone(f.Collections[i].Values)
		f.Collections[i].Items = slices.Clone(f.Collections[i].Items)
	}
	if l != nil {
		l(f)
	}
	v, err := statecache.FromState(f.ChainID, h.Block(), f.Collections)
	if err != nil {
		s.t.Fatal(err)
	}
	return v
}

// anchor is what the operator anchors of a block; tree is what he answers from.
func (s *site) anchor(v *statecache.View) *contracts.Suspect {
	s.t.Helper()
	a := anchoring.AnchorOf(v)
	if _, err := s.operator.PostAnchors(s.t.Context(), s.registry, []anchoring.Anchor{a}, 1); err != nil {
		s.t.Fatal(err)
	}
	return &contracts.Suspect{Height: a.Block.Number, BlockHash: a.Block.Hash, Commitment: a.Commitment, Tree: contracts.ViewTree(v)}
}

// round lets the tower look once, after a block.
func (s *site) round() watchtower.Report {
	s.t.Helper()
	if err := s.chain.Mine(1); err != nil {
		s.t.Fatal(err)
	}
	if _, err := s.tower.Round(s.t.Context()); err != nil && !errors.Is(err, outbox.ErrNode) {
		s.t.Logf("round: %v", err)
	}
	return s.tower.Report()
}

// demands are the open ones, in order.
func (s *site) demands() []*bindings.AnchorRegistryDemanded {
	s.t.Helper()
	n, _ := s.chain.Head()
	logs, err := s.watcher.Logs(s.t.Context(), s.registry, s.looked+1, n)
	if err != nil {
		s.t.Fatal(err)
	}
	s.looked = n
	for i := range logs {
		if e, err := abi.UnpackDemandedEvent(&logs[i]); err == nil {
			s.open = append(s.open, e)
		}
	}
	s.open = slices.DeleteFunc(s.open, func(e *bindings.AnchorRegistryDemanded) bool {
		raw, err := s.watcher.Call(s.t.Context(), s.registry, abi.PackDemandOf(e.Commitment, e.Place))
		if err != nil {
			s.t.Fatal(err)
		}
		state, err := abi.UnpackDemandOf(raw)
		return err != nil || state.Phase != 1
	})
	return s.open
}

// answer lets the operator show what is asked of an anchor; no, if not nil, says
// what he keeps to himself.
func (s *site) answer(x *contracts.Suspect, no func(contracts.Place) bool) {
	s.t.Helper()
	var parts []contracts.Shown
	for _, d := range s.demands() {
		if no != nil && no(contracts.PlaceOf(d.Place)) {
			continue
		}
		part, err := contracts.Show(x.Tree, x.Height, x.Commitment, d.Place)
		if err != nil {
			s.t.Fatal(err)
		}
		parts = append(parts, part)
	}
	if len(parts) > 0 {
		_, err := s.operator.Send(s.t.Context(), &s.registry, contracts.Answer(parts...), 3_000_000)
		if err != nil && !errors.Is(err, anchoring.ErrReverted) { // after a reorganisation it may be there twice
			s.t.Fatal(err)
		}
	}
}

// play lets tower and operator go on until the verdict is one of some.
func (s *site) play(x *contracts.Suspect, no func(contracts.Place) bool, until ...watchtower.Verdict) watchtower.Line {
	s.t.Helper()
	for range 100 {
		r := s.round()
		l := line(r, x)
		s.t.Logf("head %d: %s %s %s %s", r.Head, l.Verdict, l.What, l.Next, l.Problem)
		if slices.Contains(until, l.Verdict) {
			return l
		}
		s.answer(x, no)
	}
	s.t.Fatalf("no end: %+v", s.tower.Report())
	return watchtower.Line{}
}

func line(r watchtower.Report, x *contracts.Suspect) watchtower.Line {
	for _, l := range r.Anchors {
		if l.Height == x.Height {
			return l
		}
	}
	return watchtower.Line{}
}

func (s *site) settle(rounds int) {
	s.t.Helper()
	for range rounds {
		s.round()
	}
}

func (s *site) balance(a [20]byte) *big.Int {
	s.t.Helper()
	b, err := s.watcher.Balance(s.t.Context(), a)
	if err != nil {
		s.t.Fatal(err)
	}
	return b
}

// A false value of an operator who publishes nothing but answers: the tower asks
// its way down, takes the anchor down, and has more than before.
func TestFalseValue(t *testing.T) {
	s := newSite(t)
	s.start()
	before := s.balance(s.watcher.Address())
	x := s.anchor(s.truth(func(f *statefile.File) { f.Collections[0].Values[2][31] ^= 1 }))
	l := s.play(x, nil, watchtower.Revoked)
	if l.What == "" || l.By == "" {
		t.Errorf("%+v", l)
	}
	s.settle(6)
	r := s.tower.Report()
	t.Logf("spent %s, transactions %v, gained %s", r.Spent, r.Stats.Transactions, new(big.Int).Sub(s.balance(s.watcher.Address()), before))
	if s.balance(s.watcher.Address()).Cmp(before) <= 0 {
		t.Error("the watcher has lost")
	}
}

// The truth costs a watcher nothing.
func TestHonestOperator(t *testing.T) {
	s := newSite(t)
	s.start()
	before := s.balance(s.watcher.Address())
	x := s.anchor(s.truth(nil))
	l := s.play(x, nil, watchtower.True)
	s.settle(3)
	if l.Suspicious() || s.balance(s.watcher.Address()).Cmp(before) != 0 || len(s.tower.Stats().Transactions) != 0 {
		t.Errorf("%+v", s.tower.Report())
	}
}

func hexOf(a [20]byte) string { return hex.EncodeToString(a[:]) }

// claimOf is a claim of somebody who knows the operator's tree and the chain.
func claimOf(s *site, x *contracts.Suspect, block [32]byte, handle uint16, index uint64) (contracts.Challenge, error) {
	f, err := statefile.FetchBlock(s.t.Context(), s.node, block, s.watch)
	if err != nil {
		return contracts.Challenge{}, err
	}
	address := s.watch.Collections[handle-1].Items[index].Address
	i := slices.IndexFunc(f.Accounts, func(a binding.AccountProof) bool { return a.Address == address })
	return x.Value(handle, index, f.Header, &f.Accounts[i])
}
