package contracts

import (
	"cmp"
	"math/big"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"vmhost/anchoring/contracts/bindings"
	"vmhost/statecache"
)

// perBlock is DemandGame.DEMANDS_A_BLOCK.
const perBlock = 16

// txGas is the most gas that one transaction may take since EIP-7825.
const txGas = 1 << 24

// siege is a demand under siege: what an answerer knows of it, and for a control
// without a chain.
type siege struct {
	anchor, made, deadline uint64
	shown                  Shown
}

// byDeadline sorts as an answerer must.
func byDeadline(a, b siege) int { return cmp.Compare(a.deadline, b.deadline) }

// lost plays an answerer without a chain, who shows up to `most` parts every few
// blocks, in order of deadlines, and returns how many demands he misses. With one,
// he shows parts of one anchor at a time.
func lost(demands []siege, every, most uint64, one bool) (missed int) {
	var open []siege
	last := demands[len(demands)-1].made
	for block := demands[0].made; block <= last || len(open) > 0; block++ {
		if block%every == 0 { // what is made in this very block he cannot know
			slices.SortStableFunc(open, byDeadline)
			var left []siege
			n := uint64(0)
			for _, d := range open {
				if n < most && (!one || d.anchor == open[0].anchor) {
					n++
					if block > d.deadline {
						missed++
					}
					continue
				}
				left = append(left, d)
			}
			open = left
		}
		for len(demands) > 0 && demands[0].made == block {
			open, demands = append(open, demands[0]), demands[1:]
		}
	}
	return missed
}

// late plays random demands against an answerer with a transaction every few
// blocks and returns how many times something was due.
func late(rng *rand.Rand, every, window uint64) (n, peak int) {
	var open []siege
	for block := uint64(0); block < 100 || len(open) > 0; block++ {
		for _, d := range open { // somebody is quicker in this block
			if d.deadline+1 == block {
				n++
			}
		}
		if block%every == 0 {
			slices.SortStableFunc(open, byDeadline)
			open = open[min(len(open), int(every*perBlock)):]
		}
		for len(open) > 0 && rng.IntN(4) == 0 { // somebody else answers, or an anchor falls
			i := rng.IntN(len(open))
			open = slices.Delete(open, i, i+1)
		}
		if block < 100 && rng.IntN(4) > 0 {
			for range rng.IntN(1 + 1<<rng.IntN(9)) {
				open = append(open, siege{deadline: block + window + uint64(len(open))/perBlock})
			}
		}
		peak = max(peak, len(open))
	}
	return n, peak
}

// The argument in DemandGame.sol, tried: whatever comes when, and whoever else
// answers some, whoever answers 16 a block on average and in order of deadlines
// misses nothing if his lag is less than the answer window. Not less is too much.
func TestAttackDeadlines(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	missed := 0
	for range rounds(200) {
		every := uint64(2 + rng.IntN(19)) // the lag is a block less
		n, peak := late(rng, every, every)
		if n != 0 || peak < 50 {
			t.Fatalf("a transaction every %d blocks: %d were late, of up to %d", every, n, peak)
		}
		n, _ = late(rng, every, every-1)
		missed += n
	}
	if missed == 0 {
		t.Error("a window of the lag suffices, too: this tries nothing")
	}
}

// Somebody asks about hundreds of pending anchors at once, in full blocks. An
// answerer with one transaction every four blocks, of bounded gas, loses none. As
// it was before, with a fixed time or with one anchor an answer, he would lose.
func TestAttackMassDemands(t *testing.T) {
	const (
		every  = 4
		window = every // blocks: the shortest that suffices him
		price  = 1000
	)
	anchors := 256
	if os.Getenv("VMHOST_LONG") != "" {
		anchors = 2_500
	}
	s := newSiege(t, anchors, window, price)
	pending := s.demands(2)
	var all, open []siege
	var spent, shown, gas uint64
	for len(pending) > 0 || len(open) > 0 {
		var txs []*types.Transaction
		block := s.head() + 1
		if block%every == 0 && len(open) > 0 {
			slices.SortStableFunc(open, byDeadline)
			n := min(len(open), every*perBlock)
			// Parts of one anchor next to each other cost less.
			slices.SortStableFunc(open[:n], func(a, b siege) int { return cmp.Compare(a.anchor, b.anchor) })
			var parts []Shown
			for _, d := range open[:n] {
				parts = append(parts, d.shown)
			}
			txs = append(txs, s.sign(s.owner, s.registry, 0, Answer(parts...)))
			shown += uint64(n)
			open = open[n:]
		}
		answers := len(txs)
		for range 3 { // most of a block's gas
			n := min(len(pending), 90)
			if n == 0 {
				break
			}
			txs = append(txs, s.crowd(pending[:n], price))
			pending = pending[n:]
		}
		for i, receipt := range s.mine(txs...) {
			if i < answers {
				gas += receipt.GasUsed
				continue
			}
			spent += receipt.GasUsed
			made := s.made(receipt)
			open, all = append(open, made...), append(all, made...)
		}
		for _, d := range open {
			if d.deadline < s.head() {
				t.Fatalf("block %d: a demand was due in %d, %d are open", s.head(), d.deadline, len(open))
			}
		}
	}
	if got := s.load(); got != 0 {
		t.Errorf("load %d after all answers", got)
	}
	if got := read(s.chain, s.registry, registryABI.PackPayable(s.owner.addr), registryABI.UnpackPayable); got.Int64() != int64(len(all))*price {
		t.Errorf("earned %v with %d answers", got, len(all))
	}
	for _, d := range all {
		expire := registryABI.PackExpire(d.shown.Height, d.shown.Commitment, d.shown.Place)
		if _, err := s.call(s.stranger, s.registry, expire); err == nil {
			t.Fatalf("anchor %d expired", d.anchor)
		}
	}
	if n := lost(slices.Clone(all), every, every*perBlock, false); n != 0 {
		t.Errorf("the control without a chain loses %d", n)
	}
	single := lost(slices.Clone(all), every, every*perBlock, true)
	fixed := slices.Clone(all)
	for i := range fixed {
		fixed[i].deadline = fixed[i].made + window
	}
	short := lost(fixed, every, every*perBlock, false)
	if single == 0 || short == 0 {
		t.Errorf("one anchor an answer loses %d, a fixed time %d: no attack", single, short)
	}
	t.Logf("%d demands on %d anchors within %d blocks: %d gas each; answered by block +%d: %d gas each, none lost. One anchor an answer: %d lost; without more time: %d lost",
		len(all), anchors, all[len(all)-1].made-all[0].made+1, spent/uint64(len(all)), s.head()-all[0].made, gas/shown, single, short)
}

// besieged is a chain with a registry and many pending anchors of the owner's,
// who answers. The stranger asks, through a contract.
type besieged struct {
	*chain
	registry, mob common.Address
	anchors       []*forged
	nonces        map[common.Address]uint64
}

func newSiege(t *testing.T, anchors int, window uint32, price int64) *besieged {
	t.Helper()
	s := &besieged{chain: newChain(t, nil), nonces: map[common.Address]uint64{}}
	s.mob = s.deployTest("Crowd")
	config := RegistryConfig{Bond: big.NewInt(30 * price), DemandBond: big.NewInt(price), ChallengeWindow: 1 << 20, AnswerWindow: window}
	var err error
	if s.registry, _, err = DeployRegistry(t.Context(), s.sender(s.owner), config); err != nil {
		t.Fatal(err)
	}
	for range anchors {
		s.be.Commit()
	}
	s.nonces[s.owner.addr], err = s.be.Client().PendingNonceAt(t.Context(), s.owner.addr)
	if err != nil {
		t.Fatal(err)
	}
	tip := s.head() - 1
	txs := []*types.Transaction{s.sign(s.owner, s.registry, int64(anchors)*30*price, registryABI.PackDeposit(s.owner.addr))}
	for len(s.anchors) < anchors {
		from := len(s.anchors)
		for n := min(anchors-from, 100); n > 0; n-- {
			h := s.header(tip - uint64(len(s.anchors)))
			s.anchors = append(s.anchors, forge(h.Number.Uint64(), h.Hash(), []forgedCol{headerCol()}, nil, nil))
		}
		var args []bindings.AnchorRegistryAnchor
		for _, f := range s.anchors[from:] {
			args = append(args, f.arg())
		}
		txs = append(txs, s.sign(s.owner, s.registry, 0, pack(1, args...)))
	}
	for _, tx := range txs {
		s.mine(tx)
	}
	return s
}

// headerCol is a header collection of any values.
func headerCol() (c forgedCol) {
	c.name = statecache.HeaderName
	for i := range uint64(6) {
		c.items = append(c.items, statecache.Item{Kind: statecache.KindHeader, Slot: slotWord(i)})
		c.values = append(c.values, slotWord(i))
	}
	return c
}

// sign makes a transaction with all the gas that it may have.
func (s *besieged) sign(from account, to common.Address, value int64, data []byte) *types.Transaction {
	s.t.Helper()
	tx, err := types.SignNewTx(from.key, types.LatestSignerForChainID(big.NewInt(1337)), &types.DynamicFeeTx{
		ChainID: big.NewInt(1337), Nonce: s.nonces[from.addr], To: &to, Value: big.NewInt(value), Gas: txGas, Data: data,
		GasFeeCap: big.NewInt(1e15), GasTipCap: big.NewInt(1e9),
	})
	if err != nil {
		s.t.Fatal(err)
	}
	s.nonces[from.addr]++
	return tx
}

// mine includes transactions in the next block, all with success.
func (s *besieged) mine(txs ...*types.Transaction) (receipts []*types.Receipt) {
	s.t.Helper()
	block := s.head() + 1
	for _, tx := range txs {
		if err := s.be.Client().SendTransaction(s.t.Context(), tx); err != nil {
			s.t.Fatal(err)
		}
	}
	s.be.Commit()
	for _, tx := range txs {
		r, err := s.be.Client().TransactionReceipt(s.t.Context(), tx.Hash())
		if err != nil || r.Status != types.ReceiptStatusSuccessful || r.BlockNumber.Uint64() != block {
			s.t.Fatalf("block %d: %+v, %v", block, r, err)
		}
		receipts = append(receipts, r)
	}
	return receipts
}

// demands are calls that ask for some places of each anchor, place by place.
func (s *besieged) demands(places uint8) (calls [][]byte) {
	s.t.Helper()
	for i := range places {
		for _, f := range s.anchors {
			call, err := f.suspect().Demand(Place{Kind: PlaceDirectory, Level: directoryDepth - i}, nil)
			if err != nil {
				s.t.Fatal(err)
			}
			calls = append(calls, call)
		}
	}
	return calls
}

// crowd is one transaction of the stranger that makes many calls.
func (s *besieged) crowd(calls [][]byte, price int64) *types.Transaction {
	s.t.Helper()
	data, err := testArtifact(s.t, "Crowd").ABI.Pack("run", s.registry, big.NewInt(price), calls)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.sign(s.stranger, s.mob, int64(len(calls))*price, data)
}

// made reads the demands of a transaction.
func (s *besieged) made(r *types.Receipt) (out []siege) {
	s.t.Helper()
	for _, log := range r.Logs {
		e, err := registryABI.UnpackDemandedEvent(log)
		if err != nil {
			s.t.Fatal(err)
		}
		i := s.anchors[0].height - e.Height // from the highest down
		part, err := Show(s.anchors[i], e.Height, e.Commitment, e.Place)
		if err != nil {
			s.t.Fatal(err)
		}
		out = append(out, siege{anchor: e.Height, made: log.BlockNumber, deadline: e.Deadline, shown: part})
	}
	return out
}

func (s *besieged) load() uint32 {
	return read(s.chain, s.registry, registryABI.PackAccountOf(s.owner.addr), registryABI.UnpackAccountOf).Load
}
