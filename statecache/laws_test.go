package statecache_test

import (
	"errors"
	"math/rand/v2"
	"testing"

	"vmhost/statecache"
)

// script is a block with its changes, to be applied again.
type block struct {
	header  statecache.BlockHeader
	changes []statecache.Change
}

func (b block) apply(t *testing.T, c *statecache.Cache) statecache.Commitment {
	t.Helper()
	got, err := c.Apply(b.header, b.changes)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// branch makes count blocks on top of parent that change random items of "a".
func branch(r *rand.Rand, parent statecache.BlockRef, fork uint64, count, items int) []block {
	var out []block
	for range count {
		b := block{header: header(parent, fork)}
		for i := range items {
			if r.IntN(3) == 0 {
				b.changes = append(b.changes, statecache.Change{Collection: "a", Index: uint32(i), Value: randWord(r)})
			}
		}
		out = append(out, b)
		parent = b.header.Ref
	}
	return out
}

// TestForkSwitch draws
//
//	        A1 ── A2 ── A3        A gives the same commitments bit for bit
//	base ──<                      after B was there in between, also when
//	        B1 ── B2              collections took effect on the branches
func TestForkSwitch(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	c := newCache(t, statecache.Options{Window: 16})
	if err := c.Define(statecache.Collection{Name: "a", Items: slotItems(0, 70)}); err != nil {
		t.Fatal(err)
	}
	base := grow(t, c, 10, 2, 0)
	atBase := c.Digests()

	a := branch(r, base, 1, 3, 70)
	b := branch(r, base, 2, 2, 70)
	// both branches must bring the values of what becomes pending here
	if err := c.Define(statecache.Collection{Name: "late", Items: slotItems(0, 9)}); err != nil {
		t.Fatal(err)
	}
	if err := c.Extend("a", slotItems(70, 75)); err != nil {
		t.Fatal(err)
	}
	pending := c.Pending()
	if len(pending) != 14 {
		t.Fatalf("%d items pending", len(pending))
	}
	a[0].changes = append(a[0].changes, changesFor(c, 1)...)
	b[0].changes = append(b[0].changes, changesFor(c, 2)...)

	var first []statecache.Commitment
	for _, blk := range a {
		first = append(first, blk.apply(t, c))
	}
	atA := c.Digests()
	for round := range 3 {
		if err := c.Rollback(base); err != nil {
			t.Fatal(err)
		}
		if !equalDigests(c.Digests(), atBase) {
			t.Fatal("apply then rollback is not the identity")
		}
		if got := c.Pending(); len(got) != len(pending) || got[0] != pending[0] {
			t.Fatalf("%d items pending after rollback, want %d", len(got), len(pending))
		}
		for i, blk := range b {
			if got := blk.apply(t, c); got == first[i] {
				t.Fatal("branches have the same commitment")
			}
		}
		if err := c.Rollback(base); err != nil {
			t.Fatal(err)
		}
		for i, blk := range a {
			if got := blk.apply(t, c); got != first[i] {
				t.Fatalf("round %d: A%d is %x, first %x", round, i+1, got, first[i])
			}
		}
		if !equalDigests(c.Digests(), atA) {
			t.Fatal("A, B, A ends in other tables than A")
		}
	}
}

// TestOrderDoesNotMatter: the same block with its changes in another order, with
// unchanged values listed, or applied to a cache with another window, gives the
// same commitment.
func TestOrderDoesNotMatter(t *testing.T) {
	r := rand.New(rand.NewPCG(13, 14))
	blocks := branch(r, statecache.BlockRef{Number: 9}, 1, 12, 100)
	blocks[0].changes = nil
	for i := range 100 {
		blocks[0].changes = append(blocks[0].changes, statecache.Change{Collection: "a", Index: uint32(i), Value: randWord(r)})
	}
	run := func(window int, shuffle, unchanged bool) (out []statecache.Commitment) {
		c := newCache(t, statecache.Options{Window: window})
		if err := c.Define(statecache.Collection{Name: "a", Items: slotItems(0, 100)}); err != nil {
			t.Fatal(err)
		}
		for _, blk := range blocks {
			listed := map[uint32]bool{}
			for _, ch := range blk.changes {
				listed[ch.Index] = true
			}
			changes := append([]statecache.Change(nil), blk.changes...)
			if head, ok := c.Head(); ok && unchanged {
				v := view(t, c, head)
				for i := range uint32(100) {
					if value, _ := v.Value(1, i); !listed[i] {
						changes = append(changes, statecache.Change{Collection: "a", Index: i, Value: value})
					}
				}
				v.Release()
			}
			if shuffle {
				r.Shuffle(len(changes), func(i, j int) { changes[i], changes[j] = changes[j], changes[i] })
			}
			out = append(out, block{blk.header, changes}.apply(t, c))
		}
		return out
	}
	want := run(64, false, false)
	for _, got := range [][]statecache.Commitment{run(64, true, false), run(2, true, true), run(1, false, true)} {
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("block %d: %x, want %x", i, got[i], want[i])
			}
		}
	}
}

// TestGrowthIsIncremental: a list grown item by item has the root of the list
// defined at once, for lengths around every change of depth.
func TestGrowthIsIncremental(t *testing.T) {
	h := statecache.BlockHeader{Ref: statecache.BlockRef{Number: 200, Hash: hash32(200, 0)}}
	value := func(i uint64) [32]byte { return hash32(i, 5) }
	c := newCache(t, statecache.Options{NoHistory: true})
	if err := c.Define(statecache.Collection{Name: "a", Base: word(3)}); err != nil {
		t.Fatal(err)
	}
	ref := statecache.BlockRef{Number: 199 - 70}
	for length := range uint64(70) {
		h.Ref.Number, h.Parent = ref.Number+1, ref.Hash
		h.Ref.Hash = hash32(h.Ref.Number, 0)
		var changes []statecache.Change
		if length > 0 {
			if err := c.Extend("a", entries(word(3), length-1, length)); err != nil {
				t.Fatal(err)
			}
			changes = []statecache.Change{{Collection: "a", Index: uint32(length - 1), Value: value(length - 1)}}
		}
		got, err := c.Apply(h, changes)
		if err != nil {
			t.Fatal(err)
		}
		cols := []statecache.CollectionValues{{Collection: statecache.Collection{Name: "a", Base: word(3), Items: entries(word(3), 0, length)}}}
		for i := range length {
			cols[0].Values = append(cols[0].Values, value(i))
		}
		v, err := statecache.FromState(chainID, h, cols)
		if err != nil {
			t.Fatal(err)
		}
		if v.CommitmentBytes() != got {
			t.Fatalf("length %d: grown %x, at once %x", length, got, v.CommitmentBytes())
		}
		ref = h.Ref
	}
}

// TestManifestChangesOnlyWhenTheListGrows: values do not touch the items root.
func TestManifestChangesOnlyWhenTheListGrows(t *testing.T) {
	c := newCache(t, statecache.Options{})
	if err := c.Define(statecache.Collection{Name: "a", Items: slotItems(0, 20)}); err != nil {
		t.Fatal(err)
	}
	root := func(ref statecache.BlockRef) [32]byte {
		v := view(t, c, ref)
		defer v.Release()
		r, ok := v.ItemsRoot(1)
		if !ok {
			t.Fatal("no items root")
		}
		return r
	}
	first := root(grow(t, c, 1, 1, 0))
	for _, b := range branch(rand.New(rand.NewPCG(1, 1)), must(c.Head()), 0, 3, 20) {
		b.apply(t, c)
		if root(b.header.Ref) != first {
			t.Fatal("values changed the manifest")
		}
	}
	if err := c.Extend("a", slotItems(20, 21)); err != nil {
		t.Fatal(err)
	}
	if root(grow(t, c, 0, 1, 0)) == first {
		t.Fatal("a new item did not change the manifest")
	}
}

func must[T any](v T, ok bool) T {
	if !ok {
		panic(errors.New("not there"))
	}
	return v
}
