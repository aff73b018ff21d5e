package contracts

import (
	"fmt"
	"math/big"
	"slices"
	"testing"
	"time"

	"vmhost/statecache"
)

// These tests attack what a cache commits to after collections were dropped: the
// literal 0 in place of an entry, and in place of a directory node whose entries
// are all gone.

// dropper is a runner that drops collections too, so that most are gone.
type dropper struct {
	*runner
	dropped []uint16 // handles
	defined int
}

func (d *dropper) drop(name string) {
	handle := d.handle(name)
	if err := d.c.Drop(name); err != nil {
		d.t.Fatal(err)
	}
	d.names = slices.DeleteFunc(d.names, func(n string) bool { return n == name })
	d.dropped = append(d.dropped, handle)
}

// handle of a collection, by the order of definition.
func (d *dropper) handle(name string) (h uint16) {
	if _, err := fmt.Sscanf(name, "col-%d", &h); err != nil {
		d.t.Fatal(err)
	}
	return h + 1
}

// step makes one random change.
func (d *dropper) step() {
	must := func(err error) {
		d.t.Helper()
		if err != nil {
			d.t.Fatal(err)
		}
	}
	switch n := d.rng.IntN(8); {
	case n == 0 || len(d.names) < 2:
		d.define(d.defined)
	case n == 1:
		name := d.names[d.rng.IntN(len(d.names))]
		must(d.c.Extend(name, d.items(d.bases[name], 1+d.rng.IntN(9))))
	case n == 2: // a reorganisation of up to three blocks
		if ref, err := d.c.Canonical(d.head.Number - uint64(d.rng.IntN(4))); err == nil {
			must(d.c.Rollback(ref))
			d.head = ref
		}
		d.fork++
	case n == 3:
		d.drop(d.names[d.rng.IntN(len(d.names))])
	default:
		d.block()
	}
}

// define adds a collection, of 0 to 9 items.
func (d *dropper) define(n int) {
	d.t.Helper()
	base := [32]byte{}
	if n%2 == 0 {
		base = slotWord(uint64(n))
	}
	name := fmt.Sprintf("col-%d", n)
	if err := d.c.Define(statecache.Collection{Name: name, Base: base, Items: d.items(base, n%10)}); err != nil {
		d.t.Fatal(err)
	}
	d.names, d.bases[name], d.defined = append(d.names, name), base, d.defined+1
}

func (d *dropper) view() *statecache.View {
	d.t.Helper()
	v, err := d.c.View(d.head, d.t.Name(), time.Time{})
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(v.Release)
	return v
}

func suspectOf(v *statecache.View, t Tree) *Suspect {
	return &Suspect{Height: v.Ref().Number, BlockHash: v.Ref().Hash, Commitment: v.CommitmentBytes(), Tree: t}
}

// No claim about an entry that is gone takes a true anchor down: with what stood
// there before, with the directory of a block that had it, about two entries
// that are gone, about the nodes above.
func TestAttackDroppedEntries(t *testing.T) {
	w := newWorld(t)
	d := &dropper{runner: newRunner(t, 5)}
	for n := range 30 {
		d.define(n)
	}
	d.block()
	before := d.view()
	for n := range 30 { // handles 8 to 15 and 24 to 30 go, so that nodes are empty, and some others
		if h := n + 1; h/8 == 1 || h/8 == 3 || h%5 == 0 {
			d.drop(fmt.Sprintf("col-%d", n))
		}
	}
	d.block()
	d.define(30) // nobody takes a place again
	d.block()
	now := d.view()
	for _, h := range d.dropped {
		if x, ok := now.Entry(uint32(h)); ok {
			t.Fatalf("entry %d is still there: %v", h, x)
		}
		if _, ok := before.Entry(uint32(h)); !ok {
			t.Fatalf("entry %d was never there", h)
		}
	}
	honest := ViewTree(now)
	if found, err := suspectOf(now, honest).Audit(nil); err != nil || found != nil {
		t.Fatalf("the audit finds %v, %v", found, err)
	}
	past := suspectOf(now, honest)
	height := before.Ref().Number
	past.Past, past.PastTree = &height, ViewTree(before)
	mixed := *past
	mixed.PastTree = honest // the directory of now as that of then
	asked, some := 0, []uint16{0, 31, 32}
	for i := 0; i < len(d.dropped); i += max(1, 4/rounds(1)) { // all of them when long
		some = append(some, d.dropped[i])
	}
	for name, s := range map[string]*Suspect{
		"honest":               suspectOf(now, honest),
		"old preimages":        suspectOf(now, Trees{honest, ViewTree(before)}),
		"old tree":             suspectOf(now, ViewTree(before)),
		"new tree for the old": suspectOf(before, honest),
		"aged":                 past,
		"aged, new directory":  &mixed,
	} {
		for _, h := range some {
			asked += claimAll(t, w, name, s, h, d.dropped)
		}
	}
	if asked < 200 {
		t.Errorf("only %d claims", asked)
	}
	t.Logf("%d claims about %d entries that are gone", asked, len(d.dropped))
}

// claimAll puts every kind of claim about an entry to the judges: none holds.
func claimAll(t *testing.T, w *world, name string, s *Suspect, h uint16, dropped []uint16) (asked int) {
	t.Helper()
	claims := []func() (Challenge, error){
		func() (Challenge, error) { return s.Entry(h) },
		func() (Challenge, error) { return s.Slot(h, 0) },
		func() (Challenge, error) { return s.Manifest(h, 0) },
		func() (Challenge, error) { return s.Leaf(h, 0) },
		func() (Challenge, error) { return s.Names(h, h) },
	}
	for _, other := range []uint16{0, 1, dropped[0], dropped[len(dropped)-1]} {
		claims = append(claims, func() (Challenge, error) { return s.Names(h, other) })
	}
	for level := range uint8(directoryDepth + 1) {
		claims = append(claims, func() (Challenge, error) { return s.NoHeader(level) })
	}
	for _, kind := range []PlaceKind{PlaceItems, PlaceLeaves} {
		for level := range uint8(2) {
			for _, index := range []uint64{0, 1, 9} {
				claims = append(claims, func() (Challenge, error) { return s.Shape(Place{kind, level, h, index}) })
			}
		}
	}
	for _, f := range claims {
		c, err := f()
		if err != nil { // there is nothing to show
			continue
		}
		if _, err := w.judge(c); err == nil {
			t.Errorf("%s: %s about entry %d holds: %x", name, c.Kind, h, c.Claim)
		}
		asked++
	}
	return asked
}

// Nobody can ask for an entry that is gone, or for a node without entries: the
// operator could show nothing and would lose his bond.
func TestAttackDemandDropped(t *testing.T) {
	w := newWorld(t) // its handles 6 to 8 are gone, and there is none from 10 on
	honest := w.honest(w.tip(), nil)
	s := w.anchor(honest)
	for _, h := range []uint64{6, 7, 8, 10, 15, 16, 63, 64, 4095} {
		p := Place{Kind: PlaceDirectory, Index: h}
		if _, ok := honest.Open(p); ok {
			t.Fatalf("entry %d is there", h)
		}
		if call, err := s.Demand(p, nil); err == nil {
			w.refused("NothingThere", watcher, w.config.DemandBond.Int64(), call)
		}
		preimages, words := [][8]*big.Int{wordsOf(t, honest, Place{})}, []uint8{5}
		for level := uint8(directoryDepth); level > 0; level-- {
			at := Place{PlaceDirectory, level, 0, h >> (3 * level)}
			if _, ok := honest.Open(at); !ok {
				break // the node itself is the literal 0
			}
			preimages, words = append(preimages, wordsOf(t, honest, at)), append(words, uint8(h>>(3*(level-1))&7))
		}
		w.refused("NothingThere", watcher, w.config.DemandBond.Int64(),
			registryABI.PackDemand(s.Height, s.Commitment, Place{}.bind(s.Commitment), preimages, words))
	}
	for _, p := range descend(t, honest) { // all that can be asked for can be shown
		if _, err := Show(honest, s.Height, s.Commitment, p); err != nil {
			t.Errorf("cannot answer: %v", err)
		}
	}
	w.checkMoney()
}

func wordsOf(tb testing.TB, t Tree, p Place) [8]*big.Int {
	tb.Helper()
	x, ok := t.Open(p)
	if !ok {
		tb.Fatalf("%v is not there", p)
	}
	return words(x)
}

// Drops at random among definitions, growth, blocks and reorganisations leave
// nothing to refute, and all that can be asked for can be shown.
func TestAttackRandomDrops(t *testing.T) {
	w := newWorld(t)
	commitments, drops, asked := 0, 0, 0
	for seed := range uint64(rounds(2)) {
		d := &dropper{runner: newRunner(t, 40+seed)}
		d.block()
		var old *statecache.View
		for i := range 120 {
			d.step()
			if i%10 != 9 {
				continue
			}
			v := d.view()
			tree := ViewTree(v)
			if found, err := suspectOf(v, tree).Audit(nil); err != nil || found != nil {
				t.Fatalf("seed %d, block %v: %v, %v", seed, v.Ref(), found, err)
			}
			for _, p := range descend(t, tree) {
				if _, err := Show(tree, v.Ref().Number, v.CommitmentBytes(), p); err != nil {
					t.Errorf("seed %d, block %v: cannot answer: %v", seed, v.Ref(), err)
				}
			}
			if old != nil && len(d.dropped) > 0 {
				s := suspectOf(v, Trees{tree, ViewTree(old)})
				for _, h := range d.dropped[:min(len(d.dropped), 4)] {
					asked += claimAll(t, w, "old preimages", s, h, d.dropped)
				}
			}
			old = v
			commitments++
		}
		drops += len(d.dropped)
	}
	t.Logf("%d commitments, %d drops, %d claims", commitments, drops, asked)
}
