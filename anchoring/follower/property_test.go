package follower_test

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"vmhost/anchoring/follower"
	"vmhost/statecache"
)

// ledger is a receiver that takes every event at its word and complains if it
// does not fit.
type ledger struct {
	chain     []statecache.BlockRef
	finalized statecache.BlockRef
	window    uint64
}

func (l *ledger) tip() statecache.BlockRef {
	if len(l.chain) == 0 {
		return statecache.BlockRef{}
	}
	return l.chain[len(l.chain)-1]
}

func (l *ledger) grow(h *follower.Header) error {
	if n := len(l.chain); n > 0 && h.Parent() != l.tip() {
		return fmt.Errorf("%v is no child of %v", h.Ref, l.tip())
	}
	l.chain = append(l.chain, h.Ref)
	return nil
}

func (l *ledger) take(e follower.Event) error {
	switch e := e.(type) {
	case *follower.Advanced:
		return l.grow(e.Header)
	case *follower.Reorged:
		if len(e.Reverted) == 0 || len(e.Applied) == 0 || uint64(len(e.Reverted)) > l.window {
			return fmt.Errorf("reverted %d, applied %d, window %d", len(e.Reverted), len(e.Applied), l.window)
		}
		for _, ref := range e.Reverted {
			if l.tip() != ref {
				return fmt.Errorf("reverted %v, the chain ends at %v", ref, l.tip())
			}
			l.chain = l.chain[:len(l.chain)-1]
		}
		if l.tip() != e.CommonAncestor || l.tip().Number < l.finalized.Number {
			return fmt.Errorf("ancestor %v, the chain ends at %v, finalized %v", e.CommonAncestor, l.tip(), l.finalized)
		}
		if e.Applied[0].Ref == e.Reverted[len(e.Reverted)-1] {
			return fmt.Errorf("%v is common, the ancestor is %v", e.Applied[0].Ref, e.CommonAncestor)
		}
		for _, h := range e.Applied {
			if err := l.grow(h); err != nil {
				return err
			}
		}
	case *follower.Finalized:
		if e.Ref.Number <= l.finalized.Number && l.finalized != (statecache.BlockRef{}) || !l.has(e.Ref) {
			return fmt.Errorf("finalized %v after %v", e.Ref, l.finalized)
		}
		l.finalized = e.Ref
	case *follower.Safe:
		if !l.has(e.Ref) || e.Ref.Number < l.finalized.Number {
			return fmt.Errorf("safe %v, finalized %v", e.Ref, l.finalized)
		}
	}
	return nil
}

func (l *ledger) has(ref statecache.BlockRef) bool {
	i := ref.Number - l.chain[0].Number
	return ref.Number >= l.chain[0].Number && i < uint64(len(l.chain)) && l.chain[i] == ref
}

// forest is every block that any node ever had.
type forest struct {
	blocks map[[32]byte]*follower.Header
	made   uint64
}

func newForest() (*forest, *follower.Header) {
	f := &forest{blocks: map[[32]byte]*follower.Header{}}
	return f, f.child(&follower.Header{Ref: statecache.BlockRef{Number: 9}})
}

func (f *forest) child(p *follower.Header) *follower.Header {
	f.made++
	h := &follower.Header{
		Ref:        statecache.BlockRef{Number: p.Ref.Number + 1, Hash: sha256.Sum256(fmt.Append(nil, f.made))},
		ParentHash: p.Ref.Hash, Timestamp: p.Timestamp + 1,
	}
	f.blocks[h.Ref.Hash] = h
	return h
}

func (f *forest) up(h *follower.Header, n uint64) *follower.Header {
	for ; n > 0 && f.blocks[h.ParentHash] != nil; n-- {
		h = f.blocks[h.ParentHash]
	}
	return h
}

// drive gives a head to the core and serves what it needs, as far as the node
// still has it. It reports whether the core was left with a fault.
func drive(t *rapid.T, core *follower.Core, l *ledger, f *forest, h *follower.Header, fails func() bool) (faulty bool) {
	t.Helper()
	events := core.Step(h)
	for len(events) > 0 {
		e := events[0]
		events = events[1:]
		switch e := e.(type) {
		case *follower.Need:
			if fails() {
				return core.Paused() != nil
			}
			events = append(events, core.Backfill(f.blocks[e.Ref.Hash])...)
			continue
		case *follower.Fault:
			faulty = true
		}
		if err := l.take(e); err != nil {
			t.Fatalf("after head %v: %v", h.Ref, err)
		}
	}
	if tip, ok := core.Tip(); ok && l.tip() != tip {
		t.Fatalf("events end at %v, the core at %v", l.tip(), tip)
	}
	return faulty
}

func never() bool { return false }

// A random tree of blocks, announced in random order: the events rebuild a
// chain that is always linked and always ends at the last accepted head.
func TestEventsRebuildTheChain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, genesis := newForest()
		tree := []*follower.Header{genesis}
		for range rapid.IntRange(1, 60).Draw(t, "blocks") {
			tree = append(tree, f.child(tree[rapid.IntRange(max(0, len(tree)-6), len(tree)-1).Draw(t, "parent")]))
		}
		core := follower.NewCore(follower.Limits{Window: 12, MaxBehind: 1})
		l := &ledger{window: 12}
		drive(t, core, l, f, genesis, never)
		for range 80 {
			h := tree[rapid.IntRange(0, len(tree)-1).Draw(t, "head")]
			before := l.tip()
			faulty := drive(t, core, l, f, h, never)
			if tip := l.tip(); faulty != (core.Paused() != nil) || !faulty && tip != h.Ref || faulty && tip != before {
				t.Fatalf("head %v: tip %v, paused %v", h.Ref, tip, core.Paused())
			}
			if n := len(l.chain); n > 8 && rapid.Bool().Draw(t, "finalize") {
				for _, e := range core.Finalize(l.chain[n-6]) {
					if err := l.take(e); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	})
}

// Nodes with their own views of a growing, reorganising chain announce their
// heads; announcements are lost, repeated, delayed and reordered, backfills
// break off, the follower switches nodes. In the end it has the canonical chain
// of the node that it follows.
func TestRandomDelivery(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		const window = 1000 // the other test has a small one
		f, genesis := newForest()
		core := follower.NewCore(follower.Limits{Window: window})
		l := &ledger{window: window}
		head := genesis                      // of the network
		heads := []*follower.Header{genesis} // in time: a node shows one of the last
		final := genesis.Ref
		var mail []*follower.Header
		drive(t, core, l, f, genesis, never)
		for range 120 {
			switch rng.IntN(4) {
			case 0: // a reorganisation, not below what is final
				depth := min(uint64(rng.IntN(8)), head.Ref.Number-max(final.Number, genesis.Ref.Number))
				head = f.up(head, depth)
				for range 1 + rng.IntN(int(depth)+2) {
					head = f.child(head)
				}
			default:
				head = f.child(head)
			}
			heads = append(heads, head)
			for range rng.IntN(3) { // lost, once, twice
				i := rng.IntN(len(mail) + 1)
				mail = append(mail[:i:i], append([]*follower.Header{head}, mail[i:]...)...)
			}
			if rng.IntN(10) == 0 { // another node, which may lag
				core.Switch(heads[max(0, len(heads)-1-rng.IntN(4))].Ref.Number)
			}
			for len(mail) > 0 && rng.IntN(3) > 0 {
				h := mail[0]
				mail = mail[1:]
				drive(t, core, l, f, h, func() bool { return rng.IntN(12) == 0 })
			}
			if ref := f.up(head, 12).Ref; rng.IntN(8) == 0 && ref.Number >= final.Number { // final is for ever
				for _, e := range append(core.Finalize(ref), core.Safe(f.up(head, uint64(rng.IntN(12))).Ref)...) {
					if err := l.take(e); err != nil {
						t.Fatal(err)
					}
				}
				final = ref
			}
		}
		if drive(t, core, l, f, head, never) || l.tip() != head.Ref || core.Paused() != nil {
			t.Fatalf("ends at %v, canonical is %v: %v", l.tip(), head.Ref, core.Paused())
		}
		at := head
		for i := len(l.chain) - 1; i >= 0; i-- {
			if l.chain[i] != at.Ref {
				t.Fatalf("%v is not canonical: %v", l.chain[i], at.Ref)
			}
			at = f.up(at, 1)
		}
	})
}
