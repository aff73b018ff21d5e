package anchoring

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

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
	deposit   int // anchors that the deposit covers; 0 is no limit
	asked     map[uint64][]Demand
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
		if r.deposit > 0 && len(list) > r.deposit {
			return revert("BondMissing(address,uint256,uint256)", common.Hash{}, common.Hash{}, common.Hash{})
		}
		for _, a := range list {
			height := common.BigToHash(new(big.Int).SetUint64(a.Block.Number))
			switch have := r.BlockHash(a.Block.Number); {
			case have == common.Hash{} || a.Block.Number >= r.Number() || a.Block.Number+tooOld < r.Number():
				return revert("BlockNotAvailable(uint64)", height)
			case have != a.Block.Hash:
				return revert("BlockHashMismatch(uint64,bytes32,bytes32)", height, a.Block.Hash, have)
			case a.DirectoryRoot == [32]byte{}:
				return revert("EmptyDirectory(uint64)", height)
			}
		}
		return nil
	})
}

func (r *fakeRegistry) terms(context.Context) (t Terms, err error) {
	err = r.Faults.Around("terms", func() error {
		t = Terms{Bond: new(big.Int), DemandBond: new(big.Int), ChallengeWindow: 20, AnswerWindow: 10}
		return nil
	})
	return t, err
}

func (r *fakeRegistry) bond(context.Context, uint64) (bondState, error) { return bondHeld, nil }

func (r *fakeRegistry) demands(_ context.Context, from, to uint64) (out []Demand, err error) {
	err = r.Faults.Around("demands", func() error {
		for at, list := range r.asked {
			if at >= from && at <= to {
				out = append(out, list...)
			}
		}
		return nil
	})
	return out, err
}

// answers counts the transactions that are not anchors.
func (r *fakeRegistry) answers() (n int) {
	for _, tx := range r.Executed() {
		if bytes.HasPrefix(tx.Data(), bindings.NewAnchorRegistry().PackAnswer(nil)[:4]) {
			n++
		}
	}
	return n
}

func (r *fakeRegistry) demanded(context.Context, Demand) (open bool, err error) {
	err = r.Faults.Around("demanded", func() error { open = r.answers() == 0; return nil })
	return open, err
}

func (r *fakeRegistry) gas(context.Context, outbox.Call) (gas uint64, err error) {
	err = r.Faults.Around("gas", func() error { gas = 100_000; return nil })
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
	t     *testing.T
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

func newHarbour(t *testing.T) *harbour {
	t.Helper()
	h := &harbour{t: t, reg: newFakeRegistry(), now: time.Unix(1_800_000_000, 0), told: map[statecache.BlockRef][]AnchorState{}}
	h.store = &fakenode.Store{Faults: h.reg.Faults}
	h.opts = AnchorerOptions{
		Registry: [20]byte{0xaa}, Store: h.store, Confirmations: 2, StuckAfter: 30 * time.Second, Now: func() time.Time { return h.now },
		Logger: slog.New(slog.NewTextHandler(&h.log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	}
	var err error
	if h.key, err = signer.FromKey(common.FromHex(testSecret)); err != nil {
		t.Fatal(err)
	}
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

// Several anchors go into one transaction, and are told when they are deep.
func TestBatches(t *testing.T) {
	h := newHarbour(t)
	for range 4 {
		h.block()
	}
	anchors := []Anchor{h.at(1), h.at(2), h.at(3)}
	h.until(anchors...)
	h.once(anchors...)
	if n := h.reg.Included(); n != 1 {
		t.Errorf("%d transactions", n)
	}
	s := h.state(anchors[1], AnchorAnchored)
	if s.Tx.GasUsed != 50_000 || s.Shared != 3 || s.Attempts != 1 || s.Tx.Hash == [32]byte{} {
		t.Errorf("%+v", s)
	}
	if got := fmt.Sprint(h.told[anchors[0].Block]); got != "[queued posted included anchored]" {
		t.Errorf("told %s", got)
	}
}

// story is three anchors at different times, a reorganisation that takes their
// transactions out, and another that takes a block out.
func (h *harbour) story() []Anchor {
	h.block()
	h.block()
	first := h.at(1)
	h.a.Post(first)
	h.turn()
	h.turn() // it still waits
	h.block()
	second := h.at(2)
	h.a.Post(second)
	for range 3 {
		h.turn()
		h.block()
	}
	h.reg.Reorg(2, false, true) // what was included there is lost
	h.a.RolledBack(statecache.BlockRef{Number: h.reg.Number() - 3, Hash: h.reg.BlockHash(h.reg.Number() - 3)})
	h.a.Head(h.reg.Number())
	h.turn()
	gone := h.at(h.reg.Number() - 1)
	h.a.Post(gone)
	h.turn()
	h.reg.Reorg(3, true, true)
	h.a.RolledBack(statecache.BlockRef{Number: h.reg.Number() - 4, Hash: h.reg.BlockHash(h.reg.Number() - 4)})
	h.a.Head(h.reg.Number())
	h.turn()
	if s, ok := h.a.Status(gone.Block); ok && s.State != AnchorUndone {
		h.t.Errorf("the anchor of a block that left the chain is %s", s.State)
	}
	return []Anchor{first, second, h.at(gone.Block.Number)}
}

// Every call of the story fails once, in each way, and the process ends at each:
// every height is anchored once on the branch that stays.
func TestAnchorFaults(t *testing.T) {
	plain := newHarbour(t)
	anchors := plain.story()
	plain.until(anchors...)
	plain.once(anchors...)
	calls := plain.reg.Faults.N
	survived := map[string]int{}
	for _, kind := range []fakenode.Fault{fakenode.Fail, fakenode.FailAfter, fakenode.CrashAt, fakenode.CrashAfter} {
		for at := 1; at <= calls; at++ {
			h := newHarbour(t)
			*h.reg.Faults = fakenode.Faults{At: at, Kind: kind}
			anchors := h.story()
			h.until(anchors...)
			h.once(anchors...)
			if t.Failed() {
				t.Fatalf("call %d (%s) %s", at, h.reg.Faults.Hit, kind)
			}
			survived[h.reg.Faults.Hit+" "+string(kind)]++
		}
	}
	for _, name := range []string{"store", "send", "receipt", "nonces", "head", "hashAt", "isAnchored", "tryAnchor", "knows", "tip", "balance"} {
		for _, kind := range []fakenode.Fault{fakenode.Fail, fakenode.FailAfter, fakenode.CrashAt, fakenode.CrashAfter} {
			if survived[name+" "+string(kind)] == 0 {
				t.Errorf("%s never %s", name, kind)
			}
		}
	}
	t.Logf("%d faults: %v", 4*calls, survived)
}

// A demand is answered once, before its deadline, whatever fails in between.
func TestAnswerFaults(t *testing.T) {
	cache, err := statecache.FromState(fakenode.ChainID, statecache.BlockHeader{Ref: statecache.BlockRef{Number: 1, Hash: [32]byte{9}}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	story := func(h *harbour) Anchor {
		h.opts.Open = func(context.Context, statecache.BlockRef) (*statecache.View, func(), error) {
			return cache, func() {}, nil
		}
		h.open()
		h.block()
		h.block()
		a := h.at(1)
		a.Commitment = cache.CommitmentBytes()
		h.until(a)
		p := cache.CommitPreimage()
		d := Demand{Height: 1, Commitment: a.Commitment, Deadline: h.reg.Number() + 10}
		d.place.Kind, d.place.Level, d.place.Node = 1, 4, p[5].Bytes()
		h.reg.asked = map[uint64][]Demand{h.reg.Number(): {d}}
		for range 9 {
			h.a.Post(a) // jobs.Open asks again after a crash
			h.turn()
			h.block()
		}
		return a
	}
	plain := newHarbour(t)
	story(plain)
	if plain.reg.answers() != 1 || plain.reg.Included() != 2 {
		t.Fatalf("%d answers: %v", plain.reg.answers(), plain.err)
	}
	calls := plain.reg.Faults.N
	for _, kind := range []fakenode.Fault{fakenode.Fail, fakenode.FailAfter, fakenode.CrashAt, fakenode.CrashAfter} {
		for at := 1; at <= calls; at++ {
			h := newHarbour(t)
			*h.reg.Faults = fakenode.Faults{At: at, Kind: kind}
			h.once(story(h))
			if h.reg.answers() != 1 || h.reg.Included() != 2 {
				t.Errorf("call %d (%s) %s: %d answers", at, h.reg.Faults.Hit, kind, h.reg.answers())
			}
		}
	}
	t.Logf("%d faults", 4*calls)
}

// Two faults, at all pairs of calls that lie close together.
func TestAnchorFaultPairs(t *testing.T) {
	plain := newHarbour(t)
	plain.until(plain.story()...)
	calls := plain.reg.Faults.N
	for at := 1; at <= calls; at += 3 {
		for gap := 1; gap < 9; gap += 3 {
			h := newHarbour(t)
			*h.reg.Faults = fakenode.Faults{At: at, Kind: fakenode.CrashAfter, Then: gap, ThenKind: fakenode.FailAfter}
			anchors := h.story()
			h.until(anchors...)
			h.once(anchors...)
		}
	}
}

func TestAnchorAt(t *testing.T) {
	for _, at := range []AnchorAt{AtSafe, AtFinalized} {
		h := newHarbour(t)
		h.opts.At = at
		h.open()
		for range 6 {
			h.block()
		}
		low, high := h.at(2), h.at(4)
		h.a.Post(low)
		h.a.Post(high)
		h.reg.safe, h.reg.final = 2, 2
		h.turn()
		h.state(low, AnchorPosted)
		h.state(high, AnchorQueued)
		h.reg.safe, h.reg.final = 4, 4
		h.until(low, high)
		h.once(low, high)
	}
	h := newHarbour(t)
	h.opts.Depth = 4
	h.open()
	for range 4 {
		h.block()
	}
	h.a.Post(h.at(1))
	h.turn()
	h.state(h.at(1), AnchorQueued)
	h.block()
	h.turn()
	h.state(h.at(1), AnchorPosted)
	h.opts.At = "sometimes"
	if _, err := newAnchorer(h.opts, h.reg, h.key, big.NewInt(1), nil); err == nil {
		t.Error("anchors sometimes")
	}
}

// A transaction that reverts although the call passed is tried again, ever more
// rarely, and its reason is told.
func TestRevertedAnchor(t *testing.T) {
	h := newHarbour(t)
	h.block()
	h.block()
	h.reg.reverting = 3
	a := h.at(1)
	h.until(a)
	h.once(a)
	if n := h.reg.Included(); n != 4 || h.state(a, AnchorAnchored).Attempts != 4 {
		t.Errorf("%d transactions", n)
	}
	if !strings.Contains(h.log.String(), string(ProblemNoBlock)) {
		t.Error("the reason is not logged")
	}
}

// One anchor that the registry will not take does not keep the others back.
func TestBadAnchorInBatch(t *testing.T) {
	h := newHarbour(t)
	for range 4 {
		h.block()
	}
	bad, late := h.at(2), h.at(3)
	bad.DirectoryRoot = [32]byte{}
	late.Block.Hash[0] ^= 1 // another branch's
	h.a.Post(bad)
	h.a.Post(late)
	h.until(h.at(1))
	h.once(h.at(1))
	if s := h.state(bad, AnchorFailed); ProblemOf(s.Err) != ProblemBadRoot {
		t.Errorf("%v", s.Err)
	}
	if s := h.state(late, AnchorQueued); ProblemOf(s.Err) != ProblemWrongBlock || !errors.Is(h.err, ErrReverted) {
		t.Errorf("%v, %v", s.Err, h.err)
	}
	// Once that height is final, the block is of no branch that can come back.
	h.reg.final = 3
	h.turn()
	h.state(late, AnchorUndone)
}

func TestDepositForSome(t *testing.T) {
	h := newHarbour(t)
	for range 6 {
		h.block()
	}
	h.reg.deposit = 2
	for n := range uint64(5) {
		h.a.Post(h.at(n + 1))
	}
	h.turn()
	h.state(h.at(1), AnchorPosted)
	h.state(h.at(2), AnchorPosted)
	h.state(h.at(3), AnchorQueued)
	h.until(h.at(1), h.at(2), h.at(3), h.at(4), h.at(5))
}

// An anchor that came too late is refused for good.
func TestTooLate(t *testing.T) {
	h := newHarbour(t)
	h.block()
	a := h.at(1)
	h.reg.Mine(tooOld + 1)
	h.a.Post(a)
	h.a.Head(h.reg.Number())
	h.turn()
	if s := h.state(a, AnchorFailed); ProblemOf(s.Err) != ProblemNoBlock {
		t.Errorf("%v", s.Err)
	}
}

// What another instance anchored is not posted.
func TestAnchoredElsewhere(t *testing.T) {
	h := newHarbour(t)
	h.block()
	h.block()
	other := newHarbour(t)
	other.reg = h.reg
	var err error
	if other.key, err = signer.FromKey(common.FromHex(strings.Repeat("17", 32))); err != nil {
		t.Fatal(err)
	}
	other.open()
	a := h.at(1)
	other.until(a)
	h.until(a)
	h.once(a)
	if s := h.state(a, AnchorAnchored); s.Tx.Hash != [32]byte{} {
		t.Errorf("%+v", s)
	}
	// Its transaction leaves the chain: this instance does it.
	h.reg.Reorg(int(h.reg.Number())-1, false, false)
	h.reg.DropPool()
	h.a.RolledBack(statecache.BlockRef{Number: 1, Hash: h.reg.BlockHash(1)})
	h.until(h.at(1))
	if s := h.state(h.at(1), AnchorAnchored); s.Tx.Hash == [32]byte{} {
		t.Errorf("%+v", s)
	}
}

func TestFenced(t *testing.T) {
	h := newHarbour(t)
	h.block()
	h.block()
	h.reg.fence = 9
	h.a.Post(h.at(1))
	h.turn()
	if !errors.Is(h.err, ErrFenced) || h.reg.Sent() != 0 {
		t.Errorf("%v", h.err)
	}
	if err := h.a.Run(t.Context(), func(context.Context, AnchorStatus) error { return nil }); !errors.Is(err, ErrFenced) {
		t.Errorf("Run: %v", err)
	}
}

// A waiting transaction is replaced by one without the anchors that were undone,
// or by nothing at all.
func TestRefreshDropsUndone(t *testing.T) {
	h := newHarbour(t)
	for range 4 {
		h.block()
	}
	a, b := h.at(1), h.at(3)
	h.a.Post(a)
	h.a.Post(b)
	h.turn()
	h.reg.Ignore = true
	h.reg.Reorg(2, true, false)
	h.a.RolledBack(statecache.BlockRef{Number: 2, Hash: h.reg.BlockHash(2)})
	for range 4 {
		h.block()
	}
	h.turn()
	if e := h.a.out.Entries()[0]; len(e.Attempts) != 2 || len(e.Call().Refs) != 1 {
		t.Errorf("%+v", e)
	}
	h.state(b, AnchorUndone)
	h.reg.Ignore = false
	h.until(a)
	h.once(a)
	if s := h.a.out.Status().Counters; s.Reverted != 0 {
		t.Errorf("%+v", s)
	}
}

// After a restart the handler is told again what is anchored.
func TestToldAgain(t *testing.T) {
	h := newHarbour(t)
	h.block()
	h.block()
	a := h.at(1)
	h.until(a)
	h.open()
	clear(h.told)
	h.turn()
	if got := h.told[a.Block]; len(got) != 1 || got[0] != AnchorAnchored {
		t.Errorf("told %v", got)
	}
	if s := h.state(a, AnchorAnchored); s.Tx.GasUsed == 0 {
		t.Errorf("%+v", s)
	}
}

func TestForgets(t *testing.T) {
	h := newHarbour(t)
	h.opts.Keep = 10
	h.open()
	for i := range uint64(30) {
		h.block()
		if i > 0 {
			h.a.Post(h.at(i))
		}
		h.turn()
	}
	h.until()
	values, err := h.store.Load()
	if err != nil || len(values) > 30 {
		t.Errorf("%d values kept, %v", len(values), err)
	}
	if _, ok := h.a.Status(h.at(2).Block); ok {
		t.Error("block 2 is not forgotten")
	}
	h.state(h.at(25), AnchorAnchored)
}

func TestDamagedAnchors(t *testing.T) {
	for _, v := range []string{`{`, `{"state":"maybe"}`, `{"number":"0x5","state":"queued"}`, `[]`} {
		h := newHarbour(t)
		if err := h.store.Write(map[string][]byte{"anchor/4-00": []byte(v)}); err != nil {
			t.Fatal(err)
		}
		if _, err := newAnchorer(h.opts, h.reg, h.key, big.NewInt(1), nil); !errors.Is(err, outbox.ErrDamaged) {
			t.Errorf("%s: %v", v, err)
		}
	}
}

// Everything that is logged, told and kept, through faults of every kind, holds
// nothing of the key.
func TestNoKeyInLogs(t *testing.T) {
	var all bytes.Buffer
	for at := 1; at < 60; at += 2 {
		h := newHarbour(t)
		*h.reg.Faults = fakenode.Faults{At: at, Kind: fakenode.FailAfter}
		anchors := h.story()
		h.until(anchors...)
		all.Write(h.log.Bytes())
		fmt.Fprintf(&all, "%v %+v %#v %v", h.err, h.a.Report(), h.key, h.a.opts)
		values, err := h.store.Load()
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range values {
			all.Write(v)
		}
	}
	key := common.FromHex(testSecret)
	for _, form := range []string{testSecret, new(big.Int).SetBytes(key).String(), fmt.Sprint(key)} {
		if bytes.Contains(bytes.ToLower(all.Bytes()), []byte(form)) {
			t.Error("the key is printed")
		}
	}
	if !bytes.Contains(all.Bytes(), []byte("transaction sent")) {
		t.Error("nothing was logged")
	}
}

// The gas that is given suffices whatever the anchors are: see also the tests
// with an EVM.
func TestAnchorCalldata(t *testing.T) {
	h := newHarbour(t)
	h.block()
	list := []Anchor{h.at(0), h.at(1)}
	got := blocksOf(anchorCalldata(list, 3))
	if len(got) != 2 || got[0] != list[0].Block || got[1] != list[1].Block {
		t.Errorf("%v", got)
	}
	if _, err := bindings.NewAnchorRegistry().UnpackError(selector("BlockNotAvailable(uint64)")); err == nil {
		t.Error("an error without its argument")
	}
}
