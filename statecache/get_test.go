package statecache_test

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"vmhost/statecache"
)

// checkReads compares every way to read a collection with the reference.
func checkReads(t *testing.T, v *statecache.View, handle uint32, col naiveColumn) {
	t.Helper()
	index := make([]uint32, 0, len(col.items))
	for i, it := range col.items {
		index = append(index, uint32(len(col.items)-1-i))
		got, err := v.Get(handle, uint32(i))
		if err != nil || got != col.values[i] {
			t.Fatalf("%q item %d is %x, %v", col.name, i, got, err)
		}
		if at, ok := v.Lookup(handle, it); !ok || at != uint32(i) {
			t.Fatalf("%q item %d is found at %d, %v", col.name, i, at, ok)
		}
		if got, err := v.GetItem(handle, it); err != nil || got != col.values[i] {
			t.Fatalf("%q by item %d: %x, %v", col.name, i, got, err)
		}
	}
	dst := make([][32]byte, len(index))
	if err := v.GetBatch(handle, index, dst); err != nil {
		t.Fatal(err)
	}
	slices.Reverse(dst)
	if !slices.Equal(dst, col.values) {
		t.Fatalf("%q: batch read differs", col.name)
	}
	i := 0
	for it, value := range v.All(handle) {
		if it != col.items[i] || value != col.values[i] {
			t.Fatalf("%q: iteration differs at %d", col.name, i)
		}
		i++
	}
	if i != len(col.items) {
		t.Fatalf("%q: iteration ends after %d of %d", col.name, i, len(col.items))
	}
}

func TestGetRefuses(t *testing.T) {
	c := newCache(t, statecache.Options{Window: 8})
	if err := c.Define(statecache.Collection{Name: "a", Items: slotItems(0, 40)}); err != nil {
		t.Fatal(err)
	}
	first := grow(t, c, 1, 1, 0)
	v := view(t, c, first)
	if err := c.Extend("a", slotItems(40, 41)); err != nil {
		t.Fatal(err)
	}
	dst := make([][32]byte, 40)
	_, err := v.Get(2, 0)
	wantErr(t, "handle", err, statecache.ErrBadHandle)
	_, err = v.Get(1, 40)
	wantErr(t, "index", err, statecache.ErrIndexRange)
	wantErr(t, "batch handle", v.GetBatch(2, nil, nil), statecache.ErrBadHandle)
	wantErr(t, "batch index", v.GetBatch(1, []uint32{1, 40}, dst), statecache.ErrIndexRange)
	_, err = v.GetItem(1, slotItem(40)) // defined, not in effect
	wantErr(t, "pending item", err, statecache.ErrNotWatched)
	grow(t, c, 0, 1, 0)
	_, err = v.GetItem(1, slotItem(40)) // in effect, not at this block
	wantErr(t, "later item", err, statecache.ErrNotWatched)
	_, err = v.GetItem(1, slotItem(99))
	wantErr(t, "unknown item", err, statecache.ErrNotWatched)
	_, err = v.GetItem(7, slotItem(0))
	wantErr(t, "unknown handle", err, statecache.ErrBadHandle)
	v.Release()
	_, err = v.Get(1, 0)
	wantErr(t, "released", err, statecache.ErrReleased)
	wantErr(t, "batch released", v.GetBatch(1, []uint32{0}, dst), statecache.ErrReleased)
	_, err = v.GetItem(1, slotItem(0))
	wantErr(t, "item released", err, statecache.ErrReleased)
	for range v.All(1) {
		t.Fatal("a released view iterates")
	}
}

// TestReadsDoNotAllocate: at the tip, below it, and from an orphaned view.
func TestReadsDoNotAllocate(t *testing.T) {
	c := newCache(t, statecache.Options{Window: 8})
	if err := c.Define(statecache.Collection{Name: "a", Items: slotItems(0, 100)}); err != nil {
		t.Fatal(err)
	}
	base := grow(t, c, 1, 1, 0)
	r := rand.New(rand.NewPCG(1, 1))
	blocks := branch(r, base, 1, 3, 100)
	for _, b := range blocks {
		b.apply(t, c)
	}
	old, orphan := view(t, c, base), view(t, c, blocks[1].header.Ref)
	check := func(what string, v *statecache.View) {
		index, dst := []uint32{5, 99, 3, 50, 7}, make([][32]byte, 5)
		item := slotItem(50)
		if n := testing.AllocsPerRun(100, func() {
			for i := range uint32(100) {
				if _, err := v.Get(1, i); err != nil {
					t.Fatal(err)
				}
			}
			if v.GetBatch(1, index, dst) != nil {
				t.Fatal("batch")
			}
			if _, err := v.GetItem(1, item); err != nil {
				t.Fatal(err)
			}
		}); n != 0 {
			t.Errorf("%s: %v allocations", what, n)
		}
	}
	check("old block", old)
	check("head's parent", orphan)
	if err := c.Rollback(base); err != nil {
		t.Fatal(err)
	}
	check("orphan", orphan)
}

// TestMemoryIsExact compares the arithmetic with what the runtime says: of a
// large cache, all but a few per cent of the heap is accounted for.
func TestMemoryIsExact(t *testing.T) {
	const keys = 30_000
	heap := func() uint64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC()
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	items := make([]statecache.Item, keys)
	changes := make([]statecache.Change, keys)
	for i := range items {
		items[i] = bigItem(uint64(i))
		changes[i] = statecache.Change{Collection: "a", Index: uint32(i), Value: hash32(uint64(i), 1)}
	}
	before := heap()
	c := newCache(t, statecache.Options{Window: 16})
	if err := c.Define(statecache.Collection{Name: "a", Items: items}); err != nil {
		t.Fatal(err)
	}
	h := header(statecache.BlockRef{Number: 9}, 0)
	if _, err := c.Apply(h, changes); err != nil {
		t.Fatal(err)
	}
	base := c.Memory()
	r := rand.New(rand.NewPCG(1, 1))
	const heights, changed = 4, 250
	for range heights {
		applyRandom(t, c, r, keys, changed, 0)
	}
	m := c.Memory()
	got := heap() - before
	if diff := float64(got)/float64(m.Total) - 1; diff > 0.05 || diff < -0.05 {
		t.Errorf("memory %d by arithmetic, %d by the runtime", m.Total, got)
	}
	perKey, perChange := float64(base.Total)/keys, float64(m.Undo-base.Undo)/heights/changed
	t.Logf("%.0f bytes a key, %.0f a changed key and height", perKey, perChange)
	if perKey > 200 || perChange > 650 {
		t.Errorf("%.0f bytes a key, %.0f a changed key and height", perKey, perChange)
	}
	if m.Total != m.Values+m.Nodes+m.Items+m.History+m.Undo+m.Redo+m.Rows || m.Blocks != 5 || m.Level != statecache.LevelOK {
		t.Errorf("%+v", m)
	}
	runtime.KeepAlive(c)
	runtime.KeepAlive(items)
	runtime.KeepAlive(changes)
}

// TestBudget: as the budget fills, the window shrinks, then watches are refused,
// then views; blocks never are.
func TestBudget(t *testing.T) {
	c := newCache(t, statecache.Options{Window: 40, Budget: 400_000})
	if err := c.Define(statecache.Collection{Name: "a", Items: slotItems(0, 400)}); err != nil {
		t.Fatal(err)
	}
	grow(t, c, 1, 1, 0)
	r := rand.New(rand.NewPCG(2, 2))
	seen := map[statecache.Level]bool{}
	held := view(t, c, must(c.Head())) // keeps the window from shrinking
	for range 60 {
		applyRandom(t, c, r, 400, 40, 0)
		level := c.Memory().Level
		seen[level] = true
		err := c.Extend("a", nil)
		_, err2 := c.View(must(c.Head()), "job", time.Time{})
		if refused := err != nil; refused != (level >= statecache.LevelRefuseWatches) {
			t.Fatalf("level %v: extend: %v", level, err)
		}
		if refused := err2 != nil; refused != (level >= statecache.LevelRefuseJobs) {
			t.Fatalf("level %v: view: %v", level, err2)
		}
		if err2 != nil {
			wantErr(t, "extend", err, statecache.ErrPressure)
			wantErr(t, "view", err2, statecache.ErrPressure)
			break
		}
	}
	for _, l := range []statecache.Level{statecache.LevelOK, statecache.LevelShrink, statecache.LevelRefuseWatches, statecache.LevelRefuseJobs} {
		if !seen[l] {
			t.Errorf("level %v never came", l)
		}
	}
	held.Release()
}
