package statecache_test

import (
	"math/rand/v2"
	"testing"

	"vmhost/statecache"
)

// TestHistoryProofs: every block below, also evicted ones, is proven in the
// history of retained ones and of orphans, and every pair of commitments extends.
func TestHistoryProofs(t *testing.T) {
	c := newCache(t, statecache.Options{Window: 30, HardCap: 60})
	if err := c.Define(statecache.Collection{Name: "a", Items: slotItems(0, 10)}); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	grow(t, c, 57, 1, 0) // a chain over a change of every low digit of the height
	commitments := map[uint64]statecache.Commitment{}
	refs := map[uint64]statecache.BlockRef{}
	add := func(fork uint64, count int) {
		for range count {
			head := must(c.Head())
			commitments[head.Number], _ = c.CommitmentAt(head)
			refs[head.Number] = head
			branch(r, head, fork, 1, 10)[0].apply(t, c)
		}
	}
	add(0, 70)
	check := func(v *statecache.View) {
		t.Helper()
		for h := uint64(57); h < v.Ref().Number; h++ {
			p, err := v.ProveHistory(h)
			if err != nil {
				t.Fatal(err)
			}
			if p.Past != refs[h] {
				t.Fatalf("height %d: %v, want %v", h, p.Past, refs[h])
			}
			if err := statecache.VerifyHistory(v.CommitmentBytes(), p); err != nil {
				t.Fatalf("height %d: %v", h, err)
			}
			if err := statecache.VerifyExtends(commitments[h], v.CommitmentBytes(), p); err != nil {
				t.Fatalf("height %d extends: %v", h, err)
			}
			wantErr(t, "the wrong way round", statecache.VerifyExtends(v.CommitmentBytes(), commitments[h], p), statecache.ErrInvalidProof)
			if h > 57 {
				wantErr(t, "another older one", statecache.VerifyExtends(commitments[h-1], v.CommitmentBytes(), p), statecache.ErrInvalidProof)
			}
		}
		_, err := v.ProveHistory(v.Ref().Number)
		wantErr(t, "its own height", err, statecache.ErrFuture)
		_, err = v.ProveHistory(56)
		wantErr(t, "before the first", err, statecache.ErrUnknownBlock)
	}
	orphan := view(t, c, must(c.Head()))
	check(orphan)
	fork := refs[120]
	if err := c.Rollback(fork); err != nil {
		t.Fatal(err)
	}
	check(orphan)
	orphan.Release()
	add(1, 12)
	v := view(t, c, must(c.Head()))
	check(v)
	forge(t, v)
}

// forge changes every part of a proof.
func forge(t *testing.T, v *statecache.View) {
	t.Helper()
	older := statecache.Commitment{}
	change := []func(p *statecache.HistoryProof){
		func(p *statecache.HistoryProof) { p.ChainID++ },
		func(p *statecache.HistoryProof) { p.Head.Number++ },
		func(p *statecache.HistoryProof) { p.Head.Hash[31] ^= 1 },
		func(p *statecache.HistoryProof) { p.HeadDirRoot[31] ^= 1 },
		func(p *statecache.HistoryProof) { p.HeadDirRoot[0] = 0xff },
		func(p *statecache.HistoryProof) { p.Past.Number-- },
		func(p *statecache.HistoryProof) { p.Past.Number = p.Head.Number },
		func(p *statecache.HistoryProof) { p.Past.Hash[0] ^= 1 },
		func(p *statecache.HistoryProof) { p.PastDirRoot[31] ^= 1 },
		func(p *statecache.HistoryProof) { p.PastDirRoot[0] = 0xff },
		func(p *statecache.HistoryProof) { p.Path = p.Path[1:] },
		func(p *statecache.HistoryProof) { p.Path[3][3][0] = 0xff },
	}
	for level := range 11 {
		for k := range 7 {
			change = append(change, func(p *statecache.HistoryProof) { p.Path[level][k][31] ^= 1 })
		}
	}
	for i, f := range change {
		p, err := v.ProveHistory(100)
		if err != nil {
			t.Fatal(err)
		}
		f(p)
		wantErr(t, "forged", statecache.VerifyHistory(v.CommitmentBytes(), p), statecache.ErrInvalidProof)
		if statecache.VerifyExtends(older, v.CommitmentBytes(), p) == nil {
			t.Errorf("forgery %d extends", i)
		}
	}
	wantErr(t, "no proof", statecache.VerifyHistory(v.CommitmentBytes(), nil), statecache.ErrInvalidProof)
}
