package statecache_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"vmhost/statecache"
)

// naiveDiff compares everything.
func naiveDiff(a, b *statecache.View) (out []statecache.Difference) {
	for h := range max(a.Count(), b.Count()) {
		n, _ := a.Len(h)
		m, _ := b.Len(h)
		for i := range max(n, m) {
			d := statecache.Difference{Handle: h, Index: i}
			d.Before, d.Was = a.Value(h, i)
			d.After, d.Is = b.Value(h, i)
			if d.Was != d.Is || d.Before != d.After {
				out = append(out, d)
			}
		}
	}
	return out
}

// TestDiff compares with the naive difference: both ways, over growth, of
// orphaned blocks among each other and with the branch that replaced them.
func TestDiff(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	c := newCache(t, statecache.Options{Window: 30})
	if err := c.Define(statecache.Collection{Name: "a", Items: slotItems(0, 30)}); err != nil {
		t.Fatal(err)
	}
	var views []*statecache.View
	keep := func() { views = append(views, view(t, c, must(c.Head()))) }
	step := func(fork uint64, count int) {
		for range count {
			b := branch(r, must(c.Head()), fork, 1, 30)[0]
			b.changes = append(b.changes, changesFor(c, fork)...)
			b.apply(t, c)
			keep()
		}
	}
	grow(t, c, 1, 1, 0)
	keep()
	step(0, 3)
	fork := must(c.Head())
	if err := c.Extend("a", slotItems(30, 33)); err != nil {
		t.Fatal(err)
	}
	step(1, 2)
	if err := c.Rollback(fork); err != nil {
		t.Fatal(err)
	}
	if err := c.Define(statecache.Collection{Name: "b", Items: slotItems(0, 5)}); err != nil {
		t.Fatal(err)
	}
	step(2, 3)
	if err := c.Rollback(views[2].Ref()); err != nil {
		t.Fatal(err)
	}
	step(3, 2)
	for i, a := range views {
		for k, b := range views {
			got, err := a.Diff(b)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, naiveDiff(a, b)) {
				t.Errorf("views %d and %d: %d differences, naive %d", i, k, len(got), len(naiveDiff(a, b)))
			}
		}
	}
	got, err := c.Diff(views[0].Ref(), must(c.Head()))
	if err != nil || !slices.Equal(got, naiveDiff(views[0], views[len(views)-1])) {
		t.Errorf("by blocks: %v", err)
	}
	_, err = c.Diff(views[5].Ref(), must(c.Head()))
	wantErr(t, "an orphaned block", err, statecache.ErrOrphaned)
	_, err = c.Diff(must(c.Head()), statecache.BlockRef{Number: 99})
	wantErr(t, "a future block", err, statecache.ErrFuture)
	_, err = views[0].Diff(snapshots(t))
	wantErr(t, "another cache", err, statecache.ErrForeign)
	views[1].Release()
	_, err = views[0].Diff(views[1])
	wantErr(t, "a released view", err, statecache.ErrReleased)
}

func TestProofCache(t *testing.T) {
	c := newCache(t, statecache.Options{})
	grow(t, c, 1, 2, 0)
	pc, err := statecache.NewProofCache(3)
	if err != nil {
		t.Fatal(err)
	}
	a := view(t, c, statecache.BlockRef{Number: 1, Hash: hash32(1, 0)})
	b := view(t, c, must(c.Head()))
	for range 2 {
		for _, v := range []*statecache.View{a, b} {
			for i := range uint32(4) {
				p, err := pc.Prove(v, 0, i)
				if err != nil || statecache.VerifyProof(v.CommitmentBytes(), p) != nil || p.Index != i {
					t.Fatalf("item %d: %v", i, err)
				}
				again, err := pc.Prove(v, 0, i)
				if err != nil || again != p {
					t.Errorf("item %d was made again: %v", i, err)
				}
			}
		}
	}
	if pc.Len() != 3 {
		t.Errorf("%d proofs kept", pc.Len())
	}
	_, err = pc.Prove(b, 0, 6)
	wantErr(t, "index", err, statecache.ErrIndexRange)
	b.Release()
	_, err = pc.Prove(b, 0, 3)
	wantErr(t, "released", err, statecache.ErrReleased)
	_, err = statecache.NewProofCache(0)
	wantErr(t, "no room", err, statecache.ErrOptions)
}
