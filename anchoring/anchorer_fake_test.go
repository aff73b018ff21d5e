package anchoring

import (
	"bytes"
	"cmp"
	"context"
	"log/slog"
	"math/big"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"vmhost/anchoring/contracts"
	"vmhost/anchoring/contracts/bindings"
	"vmhost/anchoring/outbox"
	"vmhost/anchoring/outbox/fakenode"
	"vmhost/anchoring/signer"
	"vmhost/statecache"
)

// fakeRegistry is a fake chain with a registry on it.
type fakeRegistry struct {
	*fakenode.Chain
	fence     uint64
	final     uint64
	safe      uint64
	reverting int // transactions that revert although the call passes
	covers    int // anchors that the deposit covers; 0 is no limit
	asked     map[uint64][]Demand
	// bond of an anchor; owner of all; commitments that are not at's.
	bond        int64
	owner       common.Address
	commitments map[uint64][32]byte
	// refuses says why a call cannot be executed, nil if it can; placeGas is what
	// showing a place takes.
	refuses  func(outbox.Call) error
	placeGas uint64
	// squatted heights were anchored by somebody else, with something else.
	squatted map[uint64]bool
	// hides events.
	hides bool
	// lies, if not nil, changes the events that are told.
	lies func([]demandEvent) []demandEvent
}

func newFakeRegistry() *fakeRegistry {
	r := &fakeRegistry{Chain: fakenode.New()}
	r.Execute = func(tx *types.Transaction, b outbox.Head, canonical func(uint64) common.Hash) bool {
		if r.reverting > 0 {
			r.reverting--
			return false
		}
		for _, block := range blocksOf(tx.Data()) {
			if block.Number >= b.Number || canonical(block.Number) != block.Hash {
				return false
			}
		}
		return true
	}
	return r
}

// blocksOf reads the blocks of an anchor call.
func blocksOf(data []byte) (out []statecache.BlockRef) {
	if len(data) < 4+96 || !bytes.HasPrefix(data, anchorCalldata(nil, 0)[:4]) {
		return nil
	}
	words := data[4+96:]
	for ; len(words) >= 128; words = words[128:] {
		out = append(out, statecache.BlockRef{Number: new(big.Int).SetBytes(words[:32]).Uint64(), Hash: [32]byte(words[32:64])})
	}
	return out
}

// count is how often an anchor was executed up to a height.
func (r *fakeRegistry) count(a Anchor, at uint64) (n int) {
	for _, tx := range r.ExecutedUpTo(at) {
		for _, b := range blocksOf(tx.Data()) {
			if b == a.Block {
				n++
			}
		}
	}
	return n
}

func (r *fakeRegistry) tag(_ context.Context, name string) (h uint64, err error) {
	err = r.Faults.Around("tag", func() error {
		h = r.final
		if name == string(AtSafe) {
			h = r.safe
		}
		return nil
	})
	return h, err
}

func (r *fakeRegistry) isAnchored(_ context.Context, a Anchor, at uint64) (ok bool, err error) {
	err = r.Faults.Around("isAnchored", func() error { ok = r.count(a, at) > 0; return nil })
	return ok, err
}

func (r *fakeRegistry) tryAnchor(_ context.Context, list []Anchor, fence uint64) error {
	return r.Faults.Around("tryAnchor", func() error {
		if fence < r.fence {
			return revert("FenceTooLow(uint64,uint64)", common.BigToHash(big.NewInt(int64(fence))), common.BigToHash(big.NewInt(int64(r.fence))))
		}
		if r.covers > 0 && len(list) > r.covers {
			return revert("BondMissing(address,uint256,uint256)", common.Hash{}, common.Hash{}, common.Hash{})
		}
		for _, a := range list {
			height := common.BigToHash(new(big.Int).SetUint64(a.Block.Number))
			switch have := r.BlockHash(a.Block.Number); {
			case have == common.Hash{} || a.Block.Number >= r.Number() || a.Block.Number+tooOld < r.Number():
				return revert("BlockNotAvailable(uint64)", height)
			case have != a.Block.Hash:
				return revert("BlockHashMismatch(uint64,bytes32,bytes32)", height, a.Block.Hash, have)
			case r.squatted[a.Block.Number]:
				return revert("AlreadyAnchored(uint64,bytes32)", height, common.Hash{7})
			case a.DirectoryRoot == [32]byte{}:
				return revert("EmptyDirectory(uint64)", height)
			}
		}
		return nil
	})
}

func (r *fakeRegistry) terms(context.Context) (t Terms, err error) {
	err = r.Faults.Around("terms", func() error {
		t = Terms{Bond: big.NewInt(r.bond), DemandBond: big.NewInt(r.bond / 30), ChallengeWindow: 20, AnswerWindow: 16}
		return nil
	})
	return t, err
}

// block tells in which block a call was executed that f is true of, 0 for none.
func (r *fakeRegistry) block(f func(data []byte) bool) uint64 {
	for n := uint64(1); n <= r.Number(); n++ {
		for _, tx := range r.ExecutedIn(n) {
			if f(tx.Data()) {
				return n
			}
		}
	}
	return 0
}

// anchoredIn is the block that anchored a height.
func (r *fakeRegistry) anchoredIn(height uint64) (n uint64, ref statecache.BlockRef) {
	n = r.block(func(data []byte) bool {
		for _, b := range blocksOf(data) {
			if b.Number == height {
				ref = b
				return true
			}
		}
		return false
	})
	return n, ref
}

func (r *fakeRegistry) releasedIn(height uint64) uint64 {
	return r.block(func(data []byte) bool { return slices.Contains(releasedBy(data), height) })
}

// releasedBy reads the heights of a release call.
func releasedBy(data []byte) []uint64 {
	out, _ := unpacked(data, "release").([]uint64)
	return out
}

// shownBy reads the places of an answer call.
func shownBy(data []byte) (out []placeKey) {
	list := unpacked(data, "answer")
	if list == nil {
		return nil
	}
	for _, s := range *abi.ConvertType(list, new([]contracts.Shown)).(*[]contracts.Shown) {
		out = append(out, placeKey{s.Commitment, s.Place})
	}
	return out
}

var registryABI = sync.OnceValue(func() *abi.ABI {
	contract, err := bindings.AnchorRegistryMetaData.ParseABI()
	if err != nil {
		panic(err)
	}
	return contract
})

// unpacked is the argument of a call, nil if it is a call of another function.
func unpacked(data []byte, name string) any {
	m := registryABI().Methods[name]
	if !bytes.HasPrefix(data, m.ID) {
		return nil
	}
	args, err := m.Inputs.Unpack(data[4:])
	if err != nil {
		panic(err)
	}
	return args[0]
}

func (r *fakeRegistry) records(_ context.Context, heights []uint64) (out []record, err error) {
	err = r.Faults.Around("records", func() error {
		for _, h := range heights {
			var rec record
			if n, ref := r.anchoredIn(h); n > 0 {
				rec = record{Commitment: [32]byte{31: byte(h)}, BlockHash: ref.Hash, Operator: r.owner, Settles: n + 20}
				if c, ok := r.commitments[h]; ok {
					rec.Commitment = c
				}
				if r.releasedIn(h) > 0 {
					rec.Operator = common.Address{}
				}
			}
			out = append(out, rec)
		}
		return nil
	})
	return out, err
}

func (r *fakeRegistry) deposit(context.Context) (d Deposit, err error) {
	err = r.Faults.Around("deposit", func() error {
		d = Deposit{Free: new(big.Int), Leaving: new(big.Int), Earned: new(big.Int)}
		for at, list := range r.asked {
			for _, x := range list {
				if n, _ := r.anchoredIn(x.Height); at <= r.Number() && n > 0 && r.answeredIn(x.key()) == 0 {
					d.Open++
				}
			}
		}
		return nil
	})
	return d, err
}

// answeredIn is the block that showed a place.
func (r *fakeRegistry) answeredIn(k placeKey) uint64 {
	return r.block(func(data []byte) bool { return slices.Contains(shownBy(data), k) })
}

func (r *fakeRegistry) events(_ context.Context, from, to uint64) (out []demandEvent, err error) {
	err = r.Faults.Around("events", func() error {
		if r.hides {
			return nil
		}
		var all []demandEvent
		for at, list := range r.asked {
			for _, d := range list {
				all = append(all, demandEvent{d, eventDemanded, at})
				if n := r.answeredIn(d.key()); n > 0 {
					all = append(all, demandEvent{d, eventAnswered, n})
				}
			}
		}
		slices.SortStableFunc(all, func(x, y demandEvent) int { return cmp.Compare(x.block, y.block) })
		for _, e := range all {
			if e.block >= from && e.block <= to {
				out = append(out, e)
			}
		}
		if r.lies != nil {
			out = r.lies(out)
		}
		return nil
	})
	return out, err
}

// answers counts the transactions that answer.
func (r *fakeRegistry) answers() (n int) {
	for _, tx := range r.Executed() {
		if shownBy(tx.Data()) != nil {
			n++
		}
	}
	return n
}

func (r *fakeRegistry) stillOpen(_ context.Context, list []Demand) (out []bool, err error) {
	err = r.Faults.Around("stillOpen", func() error {
		for _, d := range list {
			out = append(out, r.answeredIn(d.key()) == 0)
		}
		return nil
	})
	return out, err
}

func (r *fakeRegistry) gas(_ context.Context, call outbox.Call) (gas uint64, err error) {
	err = r.Faults.Around("gas", func() error {
		gas = 100_000 + r.placeGas*uint64(len(shownBy(call.Data)))
		places := shownBy(call.Data)
		if len(places) > 0 && !slices.ContainsFunc(places, func(k placeKey) bool { return r.answeredIn(k) == 0 }) {
			return revert("NothingAnswered()")
		}
		if r.refuses != nil {
			return r.refuses(call)
		}
		return nil
	})
	return gas, err
}

func (r *fakeRegistry) whyReverted(context.Context, outbox.Call, uint64) error {
	err := revert("BlockNotAvailable(uint64)", common.Hash{})
	if fault := r.Faults.Around("whyReverted", func() error { return nil }); fault != nil {
		return fault
	}
	return err
}

func selector(signature string) []byte { return crypto.Keccak256([]byte(signature))[:4] }

// revert is a contract's error.
func revert(signature string, words ...common.Hash) error {
	data := selector(signature)
	for _, w := range words {
		data = append(data, w[:]...)
	}
	return &RevertError{Data: data, Reason: signature}
}

// harbour is an anchorer on a fake chain, driven round by round.
type harbour struct {
	t     testing.TB
	reg   *fakeRegistry
	store *fakenode.Store
	opts  AnchorerOptions
	a     *Anchorer
	now   time.Time
	log   bytes.Buffer
	told  map[statecache.BlockRef][]AnchorState
	err   error
	key   signer.Signer
}

func newHarbour(tb testing.TB) *harbour {
	tb.Helper()
	h := &harbour{t: tb, reg: newFakeRegistry(), now: time.Unix(1_800_000_000, 0), told: map[statecache.BlockRef][]AnchorState{}}
	h.store = &fakenode.Store{Faults: h.reg.Faults}
	h.opts = AnchorerOptions{
		Registry: [20]byte{0xaa}, Store: h.store, Confirmations: 2, StuckAfter: 30 * time.Second, Now: func() time.Time { return h.now },
		Logger: slog.New(slog.NewTextHandler(&h.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	var err error
	if h.key, err = signer.FromKey(common.FromHex(testSecret)); err != nil {
		tb.Fatal(err)
	}
	h.reg.owner = h.key.Address()
	h.open()
	return h
}

// testSecret is in no log: see TestNoKeyInLogs.
const testSecret = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318"

// open starts the process (again).
func (h *harbour) open() {
	h.t.Helper()
	var err error
	h.a, err = newAnchorer(h.opts, h.reg, h.key, big.NewInt(fakenode.ChainID), nil)
	if err != nil {
		h.t.Fatal(err)
	}
}

// turn is a round; a crash in it is a restart.
func (h *harbour) turn() {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(fakenode.Crash); !ok {
				panic(r)
			}
			h.open()
			h.a.Reconcile(func(n uint64) (statecache.BlockRef, bool) {
				hash := h.reg.BlockHash(n)
				return statecache.BlockRef{Number: n, Hash: hash}, hash != common.Hash{}
			})
		}
	}()
	h.err = h.a.round(h.t.Context())
	for _, s := range h.a.takeChanged() {
		h.told[s.Anchor.Block] = append(h.told[s.Anchor.Block], s.State)
	}
}

// block makes one and tells the anchorer.
func (h *harbour) block() {
	h.reg.Mine(1)
	h.now = h.now.Add(12 * time.Second)
	h.a.Head(h.reg.Number())
}

// at is the anchor of a canonical block.
func (h *harbour) at(number uint64) Anchor {
	return Anchor{
		Block: statecache.BlockRef{Number: number, Hash: h.reg.BlockHash(number)}, DirectoryRoot: [32]byte{31: 7}, Commitment: [32]byte{31: byte(number)},
	}
}

func (h *harbour) state(a Anchor, want AnchorState) AnchorStatus {
	h.t.Helper()
	s, ok := h.a.Status(a.Block)
	if !ok || s.State != want {
		h.t.Fatalf("anchor %d is %q (%v), want %q: %v", a.Block.Number, s.State, s.Err, want, h.err)
	}
	return s
}

// until takes rounds and blocks until all anchors are anchored. The jobs' side
// asks again for what a crash made the anchorer forget, as jobs.Open does.
func (h *harbour) until(anchors ...Anchor) {
	h.t.Helper()
	for range 60 {
		for _, a := range anchors {
			h.a.Post(a)
		}
		h.turn()
		all := true
		for _, a := range anchors {
			s, ok := h.a.Status(a.Block)
			all = all && ok && s.State == AnchorAnchored
		}
		if all {
			return
		}
		h.block()
	}
	h.t.Fatalf("not anchored: %v; %+v", h.err, h.a.out.Entries())
}

func (h *harbour) once(anchors ...Anchor) {
	h.t.Helper()
	for _, a := range anchors {
		if n := h.reg.count(a, h.reg.Number()); n != 1 {
			h.t.Errorf("block %d was anchored %d times", a.Block.Number, n)
		}
	}
}

// releases counts how often a height's bond was released.
func (r *fakeRegistry) releases(height uint64) (n int) {
	for _, tx := range r.Executed() {
		if slices.Contains(releasedBy(tx.Data()), height) {
			n++
		}
	}
	return n
}
