package statecache_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"

	"vmhost/statecache"
)

// The figures that the package promises: many keys, 64 heights of 2,000 changes.
// benchKeys is a tenth of the promise by default, for CI; VMHOST_LONG=1 takes all.
const (
	benchHeights = 64
	benchChanged = 2000
)

func benchKeys() int {
	if long() {
		return 1_000_000
	}
	return 100_000
}

// bigItem watches a slot of one of a few contracts, without a mapping key.
func bigItem(i uint64) (it statecache.Item) {
	binary.BigEndian.PutUint64(it.Address[4:], 0xfeedbeef00000000+i%5)
	binary.BigEndian.PutUint64(it.Slot[:], i*0x9e3779b97f4a7c15)
	binary.BigEndian.PutUint64(it.Slot[24:], i)
	return it
}

func randomValue(r *rand.Rand) (v [32]byte) {
	for k := 0; k < 32; k += 8 {
		binary.BigEndian.PutUint64(v[k:], r.Uint64())
	}
	return v
}

// bigCache has keys in one collection and heights blocks of changes above.
func bigCache(tb testing.TB, keys, heights int) *statecache.Cache {
	tb.Helper()
	c := newCache(tb, statecache.Options{Window: benchHeights + 1})
	items := make([]statecache.Item, keys)
	for i := range items {
		items[i] = bigItem(uint64(i))
	}
	if err := c.Define(statecache.Collection{Name: "a", Items: items}); err != nil {
		tb.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, uint64(keys)))
	changes := make([]statecache.Change, keys)
	for i := range changes {
		changes[i] = statecache.Change{Collection: "a", Index: uint32(i), Value: randomValue(r)}
	}
	h := header(statecache.BlockRef{Number: 99}, 0)
	if _, err := c.Apply(h, changes); err != nil {
		tb.Fatal(err)
	}
	for range heights {
		applyRandom(tb, c, r, keys, benchChanged, 0)
	}
	return c
}

// randomBlock changes random items of "a", each once.
func randomBlock(c *statecache.Cache, r *rand.Rand, keys, changed int, fork uint64) block {
	head, _ := c.Head()
	b := block{header: header(head, fork), changes: make([]statecache.Change, 0, changed)}
	seen := make(map[uint32]bool, changed)
	for len(b.changes) < changed {
		i := uint32(r.IntN(keys))
		if seen[i] {
			continue
		}
		seen[i] = true
		b.changes = append(b.changes, statecache.Change{Collection: "a", Index: i, Value: randomValue(r)})
	}
	return b
}

func applyRandom(tb testing.TB, c *statecache.Cache, r *rand.Rand, keys, changed int, fork uint64) {
	tb.Helper()
	b := randomBlock(c, r, keys, changed, fork)
	if _, err := c.Apply(b.header, b.changes); err != nil {
		tb.Fatal(err)
	}
}

// sharedCache is one cache for the benchmarks that only read.
var sharedCache struct {
	sync.Mutex
	c *statecache.Cache
}

func readCache(b *testing.B) *statecache.Cache {
	b.Helper()
	sharedCache.Lock()
	defer sharedCache.Unlock()
	if sharedCache.c == nil {
		sharedCache.c = bigCache(b, benchKeys(), benchHeights)
	}
	return sharedCache.c
}

func viewBack(b *testing.B, c *statecache.Cache, back uint64) *statecache.View {
	b.Helper()
	ref, err := c.Canonical(must(c.Head()).Number - back)
	if err != nil {
		b.Fatal(err)
	}
	return view(b, c, ref)
}

func randomIndexes(keys int) []uint32 {
	r := rand.New(rand.NewPCG(5, 6))
	out := make([]uint32, 1<<20)
	for i := range out {
		out[i] = uint32(r.IntN(keys))
	}
	return out
}

func BenchmarkGet(b *testing.B) {
	c := readCache(b)
	index := randomIndexes(benchKeys())
	for _, back := range []uint64{0, 1, 32, 64} {
		b.Run(fmt.Sprintf("back=%d", back), func(b *testing.B) {
			v := viewBack(b, c, back)
			defer v.Release()
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if _, err := v.Get(1, index[i&(1<<20-1)]); err != nil {
					b.Fatal(err)
				}
				i++
			}
		})
		b.Run(fmt.Sprintf("batch512/back=%d", back), func(b *testing.B) {
			v := viewBack(b, c, back)
			defer v.Release()
			dst := make([][32]byte, 512)
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				at := i * 512 & (1<<20 - 1)
				if err := v.GetBatch(1, index[at:at+512], dst); err != nil {
					b.Fatal(err)
				}
				i++
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(512*b.N), "ns/key")
		})
	}
}

// BenchmarkGetWhileApplying reads at the head while blocks are applied, with the
// readers' rate alone beside.
func BenchmarkGetWhileApplying(b *testing.B) {
	keys := benchKeys()
	c := bigCache(b, keys, 2)
	index := randomIndexes(keys)
	for _, busy := range []bool{false, true} {
		b.Run(fmt.Sprintf("applying=%v", busy), func(b *testing.B) {
			v := viewBack(b, c, 0)
			stop, done := make(chan struct{}), make(chan struct{})
			applied := 0
			go func() {
				defer close(done)
				r := rand.New(rand.NewPCG(2, 2))
				for busy {
					select {
					case <-stop:
						return
					default:
						applyRandom(b, c, r, keys, benchChanged, 0)
						applied++
						if applied%32 == 31 { // the pin of v must not fill the window
							if err := c.Rollback(v.Ref()); err != nil {
								b.Error(err)
							}
						}
					}
				}
			}()
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if _, err := v.Get(1, index[i&(1<<20-1)]); err != nil {
					b.Fatal(err)
				}
				i++
			}
			close(stop)
			<-done
			b.ReportMetric(float64(applied), "blocks")
			v.Release()
		})
	}
}

func BenchmarkApplyMany(b *testing.B) {
	keys := benchKeys()
	c := bigCache(b, keys, 4)
	for _, changed := range []int{100, benchChanged, 10_000} {
		b.Run(fmt.Sprintf("changed=%d", changed), func(b *testing.B) {
			r := rand.New(rand.NewPCG(3, 3))
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				blk := randomBlock(c, r, keys, changed, 0)
				b.StartTimer()
				if _, err := c.Apply(blk.header, blk.changes); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkRollbackMany(b *testing.B) {
	keys := benchKeys()
	c := bigCache(b, keys, 1)
	r := rand.New(rand.NewPCG(4, 4))
	for _, depth := range []int{1, 8, 32} {
		b.Run(fmt.Sprintf("depth=%d", depth), func(b *testing.B) {
			base := must(c.Head())
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				for range depth {
					applyRandom(b, c, r, keys, benchChanged, 1)
				}
				b.StartTimer()
				if err := c.Rollback(base); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkProveMany(b *testing.B) {
	c := readCache(b)
	index := randomIndexes(benchKeys())
	for _, back := range []uint64{0, 1, 32, 64} {
		b.Run(fmt.Sprintf("back=%d", back), func(b *testing.B) {
			v := viewBack(b, c, back)
			defer v.Release()
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if _, err := v.Prove(1, index[i&(1<<20-1)]); err != nil {
					b.Fatal(err)
				}
				i++
			}
		})
	}
}

// BenchmarkCollect measures a full garbage collection with the cache alive: it
// holds no pointers to follow but those of segments and rows.
func BenchmarkCollect(b *testing.B) {
	c := readCache(b)
	collect(b)
	runtime.KeepAlive(c)
}

// collect collects again and again and reports how long all stood still.
func collect(b *testing.B) {
	b.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for b.Loop() {
		runtime.GC()
	}
	runtime.ReadMemStats(&after)
	n := min(after.NumGC-before.NumGC, uint32(len(after.PauseNs)))
	pauses := make([]uint64, 0, n)
	for i := range n {
		pauses = append(pauses, after.PauseNs[(after.NumGC-1-i)%uint32(len(after.PauseNs))])
	}
	slices.Sort(pauses)
	for name, at := range map[string]uint32{"p50-pause-us": n / 2, "p99-pause-us": n * 99 / 100} {
		b.ReportMetric(float64(pauses[at])/1e3, name)
	}
}
