package statecache_test

import (
	"errors"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"vmhost/statecache"
)

// TestReadersUnderRollbacks: readers pin random blocks and compare every value
// with what the block's hash says it must be, while a writer applies, evicts,
// grows lists and rolls back. Run it with -race.
func TestReadersUnderRollbacks(t *testing.T) {
	const items = 24
	blocks := 200
	switch {
	case long():
		blocks = 5_000
	case testing.Short():
		blocks = 60
	}
	c := newCache(t, statecache.Options{Window: 6, HardCap: 40})
	if err := c.Define(statecache.Collection{Name: "a", Items: slotItems(0, items)}); err != nil {
		t.Fatal(err)
	}
	// a block's values follow from its hash, for items of the first list
	value := func(ref statecache.BlockRef, i uint32) [32]byte {
		w := ref.Hash
		w[0] ^= byte(i)
		return w
	}
	apply := func(parent statecache.BlockRef, fork uint64) statecache.BlockRef {
		h := header(parent, fork)
		var changes []statecache.Change
		for i := range uint32(items) {
			changes = append(changes, statecache.Change{Collection: "a", Index: i, Value: value(h.Ref, i)})
		}
		for _, w := range c.Pending() {
			if w.Collection != "a" || w.Index >= items {
				changes = append(changes, statecache.Change{Collection: w.Collection, Index: w.Index, Value: word(1)})
			}
		}
		_, err := c.Apply(h, changes)
		for errors.Is(err, statecache.ErrBackpressure) { // a reader that holds a view has not been run for long
			time.Sleep(time.Millisecond)
			_, err = c.Apply(h, changes)
		}
		if err != nil {
			t.Fatal(err)
		}
		return h.Ref
	}
	head := apply(statecache.BlockRef{Number: 9}, 0)

	var (
		wg      sync.WaitGroup
		stop    atomic.Bool
		latest  atomic.Pointer[[]statecache.BlockRef]
		orphans atomic.Int64
		reads   atomic.Int64
		proofs  atomic.Int64
	)
	rollbacks := 0
	chain := []statecache.BlockRef{head}
	latest.Store(&[]statecache.BlockRef{head})
	for reader := range 3 {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(uint64(reader), 1))
			for !stop.Load() {
				refs := *latest.Load()
				ref := refs[r.IntN(len(refs))]
				v, err := c.View(ref, "reader", time.Time{})
				if err != nil {
					continue // evicted or orphaned meanwhile
				}
				if r.IntN(3) == 0 {
					for range r.IntN(4) { // let the writer work under the view
						runtime.Gosched()
					}
				}
				index, dst := make([]uint32, items), make([][32]byte, items)
				for i := range index {
					index[i] = uint32(r.IntN(items))
				}
				if err := v.GetBatch(1, index, dst); err != nil {
					t.Errorf("block %v: %v", ref, err)
				}
				for i := range index {
					if dst[i] != value(ref, index[i]) {
						t.Errorf("block %v item %d: %x in a batch", ref, index[i], dst[i])
					}
				}
				reads.Add(items)
				for range r.IntN(200) {
					i := uint32(r.IntN(items))
					if got, ok := v.Value(1, i); !ok || got != value(ref, i) {
						t.Errorf("block %v item %d: %x, %v", ref, i, got, ok)
					}
					reads.Add(1)
				}
				if r.IntN(8) == 0 {
					proofs.Add(1)
					if p, err := v.Prove(1, 5); err != nil || statecache.VerifyProof(v.CommitmentBytes(), p) != nil {
						t.Errorf("block %v: proof: %v", ref, err)
					}
				}
				if v.Orphaned() {
					orphans.Add(1)
				}
				v.Release()
			}
		})
	}
	r := rand.New(rand.NewPCG(9, 9))
	for fork := range uint64(blocks) {
		if back := r.IntN(4); back > 0 && r.IntN(3) == 0 && len(chain) > back {
			chain = chain[:len(chain)-back]
			rollbacks++
			if err := c.Rollback(chain[len(chain)-1]); err != nil {
				t.Fatal(err)
			}
		}
		if r.IntN(10) == 0 && fork < 2000 {
			from := uint64(len(c.Collections()[0].Items))
			if err := c.Extend("a", slotItems(from, from+1)); err != nil {
				t.Fatal(err)
			}
		}
		chain = append(chain, apply(chain[len(chain)-1], fork))
		chain = chain[max(0, len(chain)-6):]
		refs := append([]statecache.BlockRef(nil), chain...)
		latest.Store(&refs)
	}
	stop.Store(true)
	wg.Wait()
	if len(c.Pins()) != 0 || reads.Load() == 0 {
		t.Errorf("%d pins left, %d reads", len(c.Pins()), reads.Load())
	}
	t.Logf("%d blocks, %d rollbacks, %d reads, %d proofs, %d views orphaned", blocks, rollbacks, reads.Load(), proofs.Load(), orphans.Load())
}
