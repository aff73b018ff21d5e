package anchoring

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"vmhost/anchoring/contracts/bindings"
	"vmhost/anchoring/outbox"
	"vmhost/anchoring/outbox/fakenode"
	"vmhost/anchoring/signer"
	"vmhost/statecache"
)

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
	if s := h.state(late, AnchorQueued); ProblemOf(s.Err) != ProblemWrongBlock || h.a.Report().Problem == "" {
		t.Errorf("%v, %q", s.Err, h.a.Report().Problem)
	}
	// Once that height is final, the block is of no branch that can come back.
	h.reg.final = 3
	for range 8 {
		h.block()
		h.turn()
	}
	h.state(late, AnchorUndone)
}

func TestDepositForSome(t *testing.T) {
	h := newHarbour(t)
	for range 6 {
		h.block()
	}
	h.reg.covers = 2
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
	for i := range uint64(100) { // asked about for 52
		h.block()
		if i > 0 {
			h.a.Post(h.at(i))
		}
		h.turn()
	}
	h.until()
	values, err := h.store.Load()
	if err != nil || len(values) > 85 {
		t.Errorf("%d values kept, %v", len(values), err)
	}
	if _, ok := h.a.Status(h.at(2).Block); ok {
		t.Error("block 2 is not forgotten")
	}
	h.state(h.at(50), AnchorAnchored)
	if n := len(h.a.out.Entries()); n > 20 {
		t.Errorf("%d transactions kept", n)
	}
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
