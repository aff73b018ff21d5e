package contracts

import (
	"encoding/binary"
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"vmhost/anchoring/contracts/bindings"
	"vmhost/statecache"
)

// These tests attack the demand game: a demand that an honest operator cannot
// meet, an answer that somebody keeps from counting, a false anchor for which
// nothing can be asked.

// descend lists everything that can be asked for below a place, as the contract
// walks: with the hash, once.
func descend(tb testing.TB, t Tree) (all []bindings.DemandGamePlace) {
	tb.Helper()
	seen := map[bindings.DemandGamePlace]bool{}
	var walk func(p Place)
	walk = func(p Place) {
		x, ok := t.Open(p)
		if !ok {
			return
		}
		for word := range x {
			child, ok := below(p, x[2].Uint64(), word)
			if !ok || x[word].IsZero() {
				continue
			}
			if at := child.bind(x[word].Bytes()); !seen[at] {
				seen[at] = true
				all = append(all, at)
				walk(child)
			}
		}
	}
	walk(Place{})
	return all
}

// below is DemandGame's _descend.
func below(p Place, depth uint64, word int) (Place, bool) {
	switch {
	case p.Kind == PlaceHistory && p.Level == 1:
		return Place{}, false
	case p.Level > 0:
		return Place{p.Kind, p.Level - 1, p.Entry, p.Index*8 + uint64(word)}, true
	case p.Kind == PlaceCommit && word == 5:
		return Place{Kind: PlaceDirectory, Level: directoryDepth}, true
	case p.Kind == PlaceCommit && word == 6:
		return Place{Kind: PlaceHistory, Level: historyDepth}, true
	case p.Kind == PlaceDirectory && word == 4:
		return Place{PlaceItems, uint8(depth), uint16(p.Index), 0}, true
	case p.Kind == PlaceDirectory && word == 5:
		return Place{PlaceLeaves, uint8(depth), uint16(p.Index), 0}, true
	case p.Kind == PlaceLeaves && word == 1:
		return Place{PlaceItems, 0, p.Entry, p.Index}, true
	}
	return Place{}, false
}

// An answer to several demands cannot be kept from counting by showing one of
// them first: the operator's time would run out.
func TestAttackAnswerIsFrontRun(t *testing.T) {
	w := newWorld(t)
	honest := w.honest(w.tip(), nil)
	s := w.anchor(honest)
	var asked []bindings.DemandGamePlace
	for _, p := range descend(t, honest)[:6] {
		ask, err := s.Demand(PlaceOf(p), nil)
		if err != nil {
			t.Fatal(err)
		}
		w.must(watcher, w.config.DemandBond.Int64(), ask)
		asked = append(asked, p)
	}
	all := Answer(w.shows(honest, asked...)...)
	for _, p := range []int{3, 0} { // copied from the operator's transaction
		w.must(second, 0, Answer(w.shows(honest, asked[p])...))
	}
	w.must(operator, 0, all)
	w.refused("NothingAnswered", operator, 0, all) // nothing of it is asked for any more
	w.mine(int64(w.config.AnswerWindow) + 1)
	for _, p := range asked {
		w.refused("NotDemanded", watcher, 0, registryABI.PackExpire(s.Height, s.Commitment, p))
	}
	if got := ask(w, registryABI.PackPayable(operator), registryABI.UnpackPayable); got.Int64() != 6*w.config.DemandBond.Int64() {
		t.Errorf("the operator earned %v", got)
	}
	w.checkMoney()
}

// The operator of a false anchor cannot keep others from asking by asking
// himself, however often: the time for an answer grows, and that is all.
func TestAttackDemandsFillUp(t *testing.T) {
	w := newWorld(t)
	bad := w.honest(w.tip(), setValue(1, 0, slotWord(77)))
	s := w.anchor(bad)
	for _, open := range []uint32{1<<16 - 1, 1<<24 - 1, 1<<32 - 2} {
		saved := w.cfg.State.Copy()
		w.setOpen(s.Height, open)
		at := descend(t, bad)[0]
		call, err := s.Demand(PlaceOf(at), nil)
		if err != nil {
			t.Fatal(err)
		}
		w.must(watcher, w.config.DemandBond.Int64(), call)
		got := ask(w, registryABI.PackDemandOf(s.Commitment, at), registryABI.UnpackDemandOf)
		if want := w.number() + uint64(w.config.AnswerWindow) + uint64(open)/16; got.Phase != 1 || got.Time != want {
			t.Errorf("%d open: phase %d, deadline %d, want %d", open, got.Phase, got.Time, want)
		}
		w.checkMoney(big.NewInt(demandBond))
		w.answered(bad, at) // also when the anchor settles far in the future
		if got := w.load(operator); got != open {
			t.Errorf("load %d, want %d", got, open)
		}
		w.cfg.State = saved
	}
}

// setOpen writes the number of open demands of the operator's anchor at a height,
// and his load: the top 32 bits of two words.
func (w *world) setOpen(height uint64, n uint32) {
	at := recordSlot(height).Big()
	// accountOf is the registry's seventh variable.
	account := crypto.Keccak256Hash(common.LeftPadBytes(operator[:], 32), common.LeftPadBytes([]byte{6}, 32))
	for _, slot := range []common.Hash{common.BigToHash(at.Add(at, big.NewInt(2))), account} {
		word := w.cfg.State.GetState(w.registry, slot)
		binary.BigEndian.PutUint32(word[:], n)
		w.cfg.State.SetState(w.registry, slot, word)
	}
	if got := ask(w, registryABI.PackRecordAt(height), registryABI.UnpackRecordAt); got.Open != n || w.load(operator) != n {
		w.t.Fatalf("open is %d, load %d, want %d", got.Open, w.load(operator), n)
	}
}

// A node that runs for longer than its cache's window can still show all that
// its newest commitment holds, also of the blocks that are no longer readable.
func TestAttackHistoryBelowTheWindow(t *testing.T) {
	c, err := statecache.New(statecache.Options{ChainID: 1337, Window: 4, HardCap: 8})
	if err != nil {
		t.Fatal(err)
	}
	parent := statecache.BlockRef{Number: worldStart}
	for range 20 {
		ref := statecache.BlockRef{Number: parent.Number + 1, Hash: blockHash(parent.Number + 1)}
		if _, err := c.Apply(statecache.BlockHeader{Ref: ref, Parent: parent.Hash}, nil); err != nil {
			t.Fatal(err)
		}
		parent = ref
	}
	v, err := c.View(parent, t.Name(), time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	defer v.Release()
	tree := ViewTree(v)
	for _, p := range descend(t, tree) {
		if _, err := Show(tree, parent.Number, v.CommitmentBytes(), p); err != nil {
			t.Errorf("cannot answer: %v", err)
		}
	}
}

// An anchorer, or who has his key, cannot fence the others off for ever.
func TestAttackFence(t *testing.T) {
	w := newWorld(t)
	w.must(operator, 0, registryABI.PackSetAnchorer(second, true))
	w.must(second, 0, pack(1<<64-1))
	w.anchor(w.honest(w.tip(), nil)) // with fence 1
	w.must(operator, 0, pack(7))
	w.refused("FenceTooLow", operator, 0, pack(6))
	// He who was taken off the list and comes back has his own still.
	w.must(operator, 0, registryABI.PackSetAnchorer(operator, false))
	w.refused("NotAnchorer", operator, 0, pack(8))
	w.must(operator, 0, registryABI.PackSetAnchorer(operator, true))
	w.refused("FenceTooLow", operator, 0, pack(6))
}
