package anchoring_test

import (
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/ethclient"

	"vmhost/anchoring"
	"vmhost/anchoring/contracts"
	"vmhost/anchoring/devchain"
	"vmhost/statecache"
)

// crowd is some accounts that ask, many demands a block.
type crowd struct {
	s      *site
	bond   *big.Int
	nonces []uint64
	asked  int
}

const crowdFirst, crowdSize, crowdEach = 6, 8, 16

func newCrowd(s *site, bond *big.Int) *crowd {
	return &crowd{s: s, bond: bond, nonces: make([]uint64, crowdSize)}
}

// ask sends demands, as many a block as the pool takes.
func (c *crowd) ask(calls [][]byte) {
	c.s.t.Helper()
	to := c.s.system.Registry
	for len(calls) > 0 {
		var txs []*types.Transaction
		for i := range c.nonces {
			from := c.s.chain.Accounts()[crowdFirst+i]
			for range min(crowdEach, len(calls)) {
				tx, err := from.Sign(c.nonces[i], devchain.Call{To: &to, Data: calls[0], Value: c.bond, Gas: 400_000})
				if err != nil {
					c.s.t.Fatal(err)
				}
				txs, calls = append(txs, tx), calls[1:]
				c.nonces[i]++
				c.asked++
			}
		}
		if err := c.s.chain.Submit(txs...); err != nil {
			c.s.t.Fatal(err)
		}
		c.s.mine(1)
		for _, tx := range txs {
			if !c.s.succeeded(tx.Hash()) {
				c.s.t.Fatalf("demand %s reverted", tx.Hash())
			}
		}
	}
}

func (s *site) succeeded(tx common.Hash) bool {
	s.t.Helper()
	eth, err := ethclient.Dial(s.chain.HTTPURL())
	if err != nil {
		s.t.Fatal(err)
	}
	defer eth.Close()
	r, err := eth.TransactionReceipt(s.t.Context(), tx)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.Status == types.ReceiptStatusSuccessful
}

// demandsOf encodes demands of some places of a block.
func (s *site) demandsOf(ref statecache.BlockRef, places ...contracts.Place) (calls [][]byte) {
	s.t.Helper()
	view, err := s.feed.cache.View(ref, "test", time.Time{})
	if err != nil {
		s.t.Fatal(err)
	}
	defer view.Release()
	suspect := contracts.Suspect{Height: ref.Number, BlockHash: ref.Hash, Commitment: view.CommitmentBytes(), Tree: contracts.ViewTree(view)}
	for _, p := range places {
		call, err := suspect.Demand(p, nil)
		if err != nil {
			s.t.Fatal(err)
		}
		calls = append(calls, call)
	}
	return calls
}

// anchorAll anchors the last n blocks.
func (s *site) anchorAll(n int) (out []anchoring.Anchor) {
	s.t.Helper()
	head, _ := s.feed.cache.Head()
	for h := head.Number - uint64(n) + 1; h <= head.Number; h++ {
		ref, err := s.feed.cache.Canonical(h)
		if err != nil {
			s.t.Fatal(err)
		}
		out = append(out, s.post(ref))
	}
	for _, a := range out {
		for deadline := time.Now().Add(time.Minute); ; time.Sleep(2 * time.Millisecond) {
			if st, _ := s.anchorer.Status(a.Block); st.State == anchoring.AnchorAnchored {
				break
			}
			if time.Now().After(deadline) {
				s.t.Fatalf("block %d: %+v", a.Block.Number, s.anchorer.Report().Problem)
			}
			s.mine(1)
		}
	}
	return out
}

// Hundreds of demands over as many anchors within a few blocks, and room for some
// thirty answers a transaction: each is answered before its deadline, the most
// urgent first, and no anchor falls.
func TestAttackMassDemands(t *testing.T) {
	const anchors = 150
	s, config := bonded(t, 1000*anchors, 400)
	a := s.startAnswering(func(o *anchoring.AnchorerOptions) { o.MaxAnswerGas = 2_000_000 })
	s.mine(anchors)
	list := s.anchorAll(anchors)
	c := newCrowd(s, config.DemandBond)
	var calls [][]byte
	for _, place := range []contracts.Place{{Kind: contracts.PlaceDirectory, Level: 4}, {Kind: contracts.PlaceHistory, Level: 11}} {
		for _, x := range list {
			calls = append(calls, s.demandsOf(x.Block, place)...)
		}
	}
	c.ask(calls)
	begin, _ := s.chain.Head()
	want := new(big.Int).Mul(config.DemandBond, big.NewInt(int64(c.asked)))
	s.earned(want)
	if end, _ := s.chain.Head(); end-begin > uint64(config.AnswerWindow) {
		t.Errorf("answered %d blocks after the last demand", end-begin)
	}
	for _, x := range list {
		if !s.anchored(x) {
			t.Errorf("the anchor of block %d fell", x.Block.Number)
		}
	}
	r := a.Report()
	sent, most := 0, uint64(0)
	for _, tx := range r.Transactions {
		if tx.Tag == "answer" {
			sent++
			most = max(most, tx.GasUsed)
			if !tx.Success {
				t.Errorf("transaction %d reverted", tx.Nonce)
			}
		}
	}
	if most > 2_500_000 || r.Demands.Open != 0 || r.Demands.Answered < uint64(c.asked) || r.Demands.Cannot != 0 {
		t.Errorf("%d gas in one transaction, %+v", most, r.Demands)
	}
	t.Logf("%d demands over %d anchors answered by %d transactions, %d gas at most", c.asked, anchors, sent, most)
}

// earned waits, with blocks, until the demands' bonds are the operator's.
func (s *site) earned(want *big.Int) {
	s.t.Helper()
	eth, err := ethclient.Dial(s.chain.HTTPURL())
	if err != nil {
		s.t.Fatal(err)
	}
	defer eth.Close()
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(5 * time.Millisecond) {
		s.pump()
		got, err := s.client.Payable(s.t.Context(), s.system.Registry, s.client.Address())
		if err != nil {
			s.t.Fatal(err)
		}
		if got.Cmp(want) >= 0 {
			break
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("earned %s of %s: %+v", got, want, s.anchorer.Report().Demands)
		}
		if s.waits(eth) {
			s.mine(1)
		}
	}
	s.mine(2)
	for deadline := time.Now().Add(20 * time.Second); s.anchorer.Report().Demands.Open > 0; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			s.t.Fatalf("%+v", s.anchorer.Report().Demands)
		}
	}
}

// waits reports whether a transaction of the anchorer is in the pool.
func (s *site) waits(eth *ethclient.Client) bool {
	s.t.Helper()
	latest, err := eth.NonceAt(s.t.Context(), s.client.Address(), nil)
	if err != nil {
		s.t.Fatal(err)
	}
	pooled, err := eth.PendingNonceAt(s.t.Context(), s.client.Address())
	if err != nil {
		s.t.Fatal(err)
	}
	return pooled > latest
}
