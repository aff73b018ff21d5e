package statecache_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"vmhost/statecache"
)

// benchItems is made once: 100k items in one collection.
var benchItems = sync.OnceValue(func() []statecache.Item { return slotItems(0, 100_000) })

// benchCache has one block of 100k values.
func benchCache(b *testing.B, window int) *statecache.Cache {
	b.Helper()
	c := newCache(b, statecache.Options{Window: window})
	if err := c.Define(statecache.Collection{Name: "a", Items: benchItems()}); err != nil {
		b.Fatal(err)
	}
	grow(b, c, 1, 1, 0)
	return c
}

// benchBlock changes 2,000 random items, or 2,000 neighbours.
func benchBlock(r *rand.Rand, parent statecache.BlockRef, fork uint64, clustered bool) block {
	const count = 2000
	b := block{header: header(parent, fork)}
	base := r.IntN(100_000 - count)
	seen := map[uint32]bool{}
	for len(b.changes) < count {
		i := uint32(base + len(b.changes))
		if !clustered {
			if i = uint32(r.IntN(100_000)); seen[i] {
				continue
			}
			seen[i] = true
		}
		ch := statecache.Change{Collection: "a", Index: i}
		binary.BigEndian.PutUint64(ch.Value[24:], r.Uint64())
		binary.BigEndian.PutUint64(ch.Value[8:], r.Uint64())
		b.changes = append(b.changes, ch)
	}
	return b
}

func BenchmarkApply(b *testing.B) {
	for _, clustered := range []bool{false, true} {
		b.Run(fmt.Sprintf("2000of100k/clustered=%v", clustered), func(b *testing.B) {
			c := benchCache(b, 64)
			r := rand.New(rand.NewPCG(1, 2))
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				blk := benchBlock(r, must(c.Head()), 0, clustered)
				b.StartTimer()
				if _, err := c.Apply(blk.header, blk.changes); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkRollback applies 8 blocks of 50 changes and rolls them back; the
// rollback's share is the metric rollback-ns/op.
func BenchmarkRollback(b *testing.B) {
	c := benchCache(b, 64)
	r := rand.New(rand.NewPCG(3, 4))
	base := must(c.Head())
	var blocks []block
	parent := base
	for range 8 {
		blk := benchBlock(r, parent, 1, false)
		blk.changes = blk.changes[:50]
		blocks, parent = append(blocks, blk), blk.header.Ref
	}
	var spent time.Duration
	b.ReportAllocs()
	for b.Loop() {
		for _, blk := range blocks {
			if _, err := c.Apply(blk.header, blk.changes); err != nil {
				b.Fatal(err)
			}
		}
		start := time.Now()
		if err := c.Rollback(base); err != nil {
			b.Fatal(err)
		}
		spent += time.Since(start)
	}
	b.ReportMetric(float64(spent.Nanoseconds())/float64(b.N), "rollback-ns/op")
}

func BenchmarkView(b *testing.B) {
	c := benchCache(b, 64)
	grow(b, c, 0, 40, 0)
	refs := make([]statecache.BlockRef, 0, 41)
	for n := range uint64(41) {
		ref, err := c.Canonical(n + 1)
		if err != nil {
			b.Fatal(err)
		}
		refs = append(refs, ref)
	}
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		v, err := c.View(refs[i%len(refs)], "bench", time.Time{})
		if err != nil {
			b.Fatal(err)
		}
		v.Release()
		i += 7
	}
}

// BenchmarkValue reads random items, at the head and jumping over the heights.
func BenchmarkValue(b *testing.B) {
	c := benchCache(b, 64)
	r := rand.New(rand.NewPCG(5, 6))
	var views []*statecache.View
	for range 8 {
		blk := benchBlock(r, must(c.Head()), 0, false)
		if _, err := c.Apply(blk.header, blk.changes); err != nil {
			b.Fatal(err)
		}
		views = append(views, view(b, c, blk.header.Ref))
	}
	index := make([]uint32, 1<<16)
	for i := range index {
		index[i] = uint32(r.IntN(100_000))
	}
	for name, vs := range map[string][]*statecache.View{"head": views[7:], "8heights": views} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if _, ok := vs[i%len(vs)].Value(1, index[i&0xffff]); !ok {
					b.Fatal("no value")
				}
				i++
			}
		})
	}
	b.Run("batch512", func(b *testing.B) {
		dst := make([][32]byte, 512)
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			if !views[7].Values(1, min(index[i&0xffff], 100_000-512), dst) {
				b.Fatal("no values")
			}
			i++
		}
	})
}

func BenchmarkProve(b *testing.B) {
	c := benchCache(b, 4)
	v := view(b, c, must(c.Head()))
	r := rand.New(rand.NewPCG(7, 8))
	b.Run("prove", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := v.Prove(1, uint32(r.IntN(100_000))); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("verify", func(b *testing.B) {
		proofs := make([]*statecache.Proof, 64)
		for i := range proofs {
			proofs[i], _ = v.Prove(1, uint32(r.IntN(100_000)))
		}
		b.ReportAllocs()
		i := 0
		for b.Loop() {
			if err := statecache.VerifyProof(v.CommitmentBytes(), proofs[i%64]); err != nil {
				b.Fatal(err)
			}
			i++
		}
	})
}
