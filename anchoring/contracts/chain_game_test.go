package contracts_test

import (
	"errors"
	"math/big"
	"testing"

	"vmhost/anchoring"
	"vmhost/anchoring/binding"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/contracts/bindings"
	"vmhost/anchoring/devchain"
	"vmhost/anchoring/devchain/demo"
	"vmhost/anchoring/ethrpc"
	"vmhost/statecache"
)

var registryABI = bindings.NewAnchorRegistry()

// site is a node of go-ethereum with a pool that is watched, a registry with
// bonds, an operator and a watcher.
type site struct {
	t                 *testing.T
	chain             *devchain.Chain
	node              *ethrpc.Client
	operator, watcher *anchoring.Client
	registry          [20]byte
	cols              []statecache.Collection
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
	s := &site{t: t, chain: c, cols: d.Collections()}
	dial := func(account int) *anchoring.Client {
		client, err := anchoring.Dial(t.Context(), anchoring.ClientOptions{
			URL: c.HTTPURL(), Key: c.Accounts()[account].Key(), Sent: func() error { return c.Mine(1) },
		})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(client.Close)
		return client
	}
	s.operator, s.watcher = dial(0), dial(2)
	if s.node, err = ethrpc.Dial(t.Context(), c.HTTPURL()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.node.Close)
	system, err := s.operator.DeploySystemWith(t.Context(), nil, contracts.RegistryConfig{
		Bond: big.NewInt(2e18), DemandBond: big.NewInt(1e15), ChallengeWindow: 12, AnswerWindow: 3,
	})
	if err != nil {
		t.Fatal(err)
	}
	s.registry = system.Registry
	s.send(s.operator, 4e18, registryABI.PackDeposit(s.operator.Address()))
	return s
}

func (s *site) send(from *anchoring.Client, wei int64, data []byte) {
	s.t.Helper()
	if _, err := from.SendValue(s.t.Context(), &s.registry, data, big.NewInt(wei), 3_000_000); err != nil {
		s.t.Fatal(err)
	}
}

// header is the block below the head, and its parent.
func (s *site) header() *ethrpc.Header {
	s.t.Helper()
	if err := s.chain.Mine(2); err != nil {
		s.t.Fatal(err)
	}
	n, _ := s.chain.Head()
	h, err := s.node.HeaderByNumber(s.t.Context(), n-1)
	if err != nil {
		s.t.Fatal(err)
	}
	return h
}

// state is what the node proves of the watched items at a block, as a view; lie,
// if not nil, changes values before.
func (s *site) state(h *ethrpc.Header, lie func(*statecache.CollectionValues)) *statecache.View {
	s.t.Helper()
	changes, err := binding.NewBinder(binding.NewRPC(s.node)).Changes(s.t.Context(), h, s.cols)
	if err != nil {
		s.t.Fatal(err)
	}
	cols := make([]statecache.CollectionValues, len(s.cols))
	at := map[string]*statecache.CollectionValues{}
	for i, c := range s.cols {
		cols[i] = statecache.CollectionValues{Collection: c, Values: make([][32]byte, len(c.Items))}
		at[c.Name] = &cols[i]
	}
	for _, c := range changes {
		at[c.Collection].Values[c.Index] = c.Value
	}
	if lie != nil {
		lie(&cols[0])
	}
	v, err := statecache.FromState(devchain.ChainID, h.Block(), cols)
	if err != nil {
		s.t.Fatal(err)
	}
	return v
}

func (s *site) anchor(v *statecache.View) *contracts.Suspect {
	s.t.Helper()
	a := anchoring.AnchorOf(v)
	if _, err := s.operator.PostAnchors(s.t.Context(), s.registry, []anchoring.Anchor{a}, 1); err != nil {
		s.t.Fatal(err)
	}
	return &contracts.Suspect{Height: a.Block.Number, BlockHash: a.Block.Hash, Commitment: a.Commitment, Tree: contracts.ViewTree(v)}
}

func (s *site) status(x *contracts.Suspect) uint8 {
	s.t.Helper()
	out, err := s.watcher.Call(s.t.Context(), s.registry, registryABI.PackStatusAt(x.Height, x.Commitment))
	if err != nil {
		s.t.Fatal(err)
	}
	status, err := registryABI.UnpackStatusAt(out)
	if err != nil {
		s.t.Fatal(err)
	}
	return status
}

func (s *site) balance(a [20]byte) *big.Int {
	s.t.Helper()
	b, err := s.watcher.Balance(s.t.Context(), a)
	if err != nil {
		s.t.Fatal(err)
	}
	return b
}

// audit compares every value with what the node proves of it.
func (s *site) audit(h *ethrpc.Header, x *contracts.Suspect) *contracts.Challenge {
	s.t.Helper()
	truth := s.state(h, nil)
	claim, err := x.Audit(func(handle uint16, index uint64, item statecache.Item, value [32]byte) (*contracts.Challenge, error) {
		if want, ok := truth.Value(uint32(handle), uint32(index)); ok && want == value {
			return nil, nil
		}
		answers, err := binding.NewRPC(s.node).Prove(s.t.Context(), h.Ref.Hash, []binding.Query{{Address: item.Address, Slots: [][32]byte{item.Slot}}})
		if err != nil {
			return nil, err
		}
		c, err := x.Value(handle, index, h.RLP, &answers[0].AccountProof)
		return &c, err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return claim
}

// A lie about a pool's slot, on a chain of go-ethereum's, is found by comparing
// with the node, refuted by its proofs, and paid for. The truth stands, against
// the same watcher and against demands that are answered.
func TestGameOnARealChain(t *testing.T) {
	s := newSite(t)
	h := s.header()
	lied := s.anchor(s.state(h, func(c *statecache.CollectionValues) { c.Values[2][31] ^= 1 }))
	claim := s.audit(h, lied)
	if claim == nil || claim.Kind != "refuteValue" || s.status(lied) != 1 {
		t.Fatalf("the audit finds %v, status %d", claim, s.status(lied))
	}
	// A dry run through the registry says whether it will do.
	if _, err := s.watcher.Call(t.Context(), s.registry, claim.Calldata()); err != nil {
		t.Fatal(err)
	}
	wrong := *claim
	wrong.Judge = 1
	if _, err := s.watcher.Call(t.Context(), s.registry, wrong.Calldata()); err == nil {
		t.Error("the other judge agreed")
	}
	s.send(s.watcher, 0, claim.Calldata())
	if s.status(lied) != 3 {
		t.Errorf("status %d", s.status(lied))
	}
	before := s.balance(s.watcher.Address())
	s.send(s.watcher, 0, registryABI.PackWithdraw())
	if got := new(big.Int).Sub(s.balance(s.watcher.Address()), before); got.Cmp(big.NewInt(99e16)) < 0 { // 1 ether less the gas
		t.Errorf("the watcher got %v", got)
	}
	if got := s.balance(s.registry); got.Cmp(big.NewInt(3e18)) != 0 {
		t.Errorf("the registry has %v", got)
	}

	// The truth, for the same block.
	true_ := s.anchor(s.state(h, nil))
	if c := s.audit(h, true_); c != nil {
		t.Fatalf("the audit finds %s", c.Kind)
	}
	c, err := true_.Header(1, h.RLP)
	if err != nil {
		t.Fatal(err)
	}
	_, err = s.watcher.Call(t.Context(), s.registry, c.Calldata())
	revert, ok := errors.AsType[*anchoring.RevertError](err)
	if !ok {
		t.Fatalf("a true header field: %v", err)
	}
	if name, _, _ := contracts.DecodeError(revert.Data); name != "ValueTrue" {
		t.Errorf("a true header field: %s", contracts.Reason(revert.Data))
	}
	place := contracts.Place{Kind: contracts.PlaceLeaves, Entry: 1, Index: 2}
	data, err := true_.Demand(place, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.send(s.watcher, 1e15, data)
	asked, err := true_.Asked(place)
	if err != nil {
		t.Fatal(err)
	}
	part, err := contracts.Show(true_.Tree, true_.Height, true_.Commitment, asked)
	if err != nil {
		t.Fatal(err)
	}
	s.send(s.operator, 0, contracts.Answer(part))
	if err := s.chain.Mine(12); err != nil {
		t.Fatal(err)
	}
	if s.status(true_) != 2 {
		t.Errorf("status %d, want settled", s.status(true_))
	}
	s.send(s.watcher, 0, registryABI.PackRelease([]uint64{true_.Height}))
}

// An operator who does not answer loses the anchor of the truth, too.
func TestSilenceOnARealChain(t *testing.T) {
	s := newSite(t)
	x := s.anchor(s.state(s.header(), nil))
	place := contracts.Place{Kind: contracts.PlaceDirectory, Level: 4}
	data, err := x.Demand(place, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.send(s.watcher, 1e15, data)
	asked, err := x.Asked(place)
	if err != nil {
		t.Fatal(err)
	}
	expire := registryABI.PackExpire(x.Height, x.Commitment, asked)
	if _, err := s.watcher.Call(t.Context(), s.registry, expire); err == nil {
		t.Error("expired at once")
	}
	if err := s.chain.Mine(3); err != nil {
		t.Fatal(err)
	}
	s.send(s.watcher, 0, expire)
	if s.status(x) != 3 {
		t.Errorf("status %d", s.status(x))
	}
}
