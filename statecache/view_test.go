package statecache_test

import (
	"errors"
	"testing"
	"time"

	"vmhost/statecache"
)

// TestPinsStopEviction: a pin holds its block and the newer ones; at the hard cap
// the cache refuses and names the owner; nothing is unpinned silently.
func TestPinsStopEviction(t *testing.T) {
	c := newCache(t, statecache.Options{Window: 3, HardCap: 5})
	grow(t, c, 1, 3, 0)
	first := statecache.BlockRef{Number: 1, Hash: hash32(1, 0)}
	v, err := c.View(first, "job-7", time.Unix(100, 0))
	if err != nil {
		t.Fatal(err)
	}
	head := grow(t, c, 0, 2, 0)
	if old, _ := c.Oldest(); old != first {
		t.Fatalf("oldest is %v although pinned", old)
	}
	before := c.Digests()
	_, err = c.Apply(header(head, 0), nil)
	var pinned *statecache.PinnedError
	if !errors.Is(err, statecache.ErrBackpressure) || !errors.As(err, &pinned) || pinned.Owner != "job-7" || pinned.Ref != first {
		t.Fatalf("apply at the cap: %v", err)
	}
	if _, err = c.View(head, "job-8", time.Time{}); !errors.As(err, &pinned) || pinned.Owner != "job-7" {
		t.Fatalf("view at the cap: %v", err)
	}
	if !equalDigests(before, c.Digests()) {
		t.Error("refusals changed something")
	}
	if _, err := c.Apply(header(statecache.BlockRef{Number: 4, Hash: hash32(4, 0)}, 0), nil); err != nil {
		t.Errorf("a block applied before, at the cap: %v", err)
	}
	if pins := c.Pins(); len(pins) != 1 || pins[0].Owner != "job-7" || pins[0].Expired || !pins[0].Deadline.Equal(time.Unix(100, 0)) {
		t.Errorf("pins %v", pins)
	}
	if got := c.Expire(time.Unix(100, 0)); len(got) != 0 {
		t.Errorf("expired at the deadline: %v", got)
	}
	if got := c.Expire(time.Unix(101, 0)); len(got) != 1 || got[0].Owner != "job-7" || !v.Expired() {
		t.Errorf("expired after the deadline: %v", got)
	}
	if got := c.Expire(time.Unix(102, 0)); len(got) != 0 {
		t.Errorf("expired twice: %v", got)
	}
	grow(t, c, 0, 1, 0)
	if old, _ := c.Oldest(); old.Number != 4 {
		t.Errorf("oldest is %v after the pin expired", old)
	}
	if got, ok := v.Value(0, 0); ok {
		t.Errorf("the expired view answers %x", got)
	}
	_, err = v.ValueAt(0, 0, 0)
	wantErr(t, "value of an expired view", err, statecache.ErrExpired)
	_, err = v.Prove(0, 0)
	wantErr(t, "proof from an expired view", err, statecache.ErrExpired)
	wantErr(t, "expired view", v.Err(), statecache.ErrExpired)
	v.Release()
	wantErr(t, "released view", v.Err(), statecache.ErrReleased)
	v.Release()
	if len(c.Pins()) != 0 {
		t.Error("released pin still listed")
	}
}

// TestOrphanedViewKeepsAnswering: a rollback under a view changes none of its
// answers, aged ones included, and the view says so for ever.
func TestOrphanedViewKeepsAnswering(t *testing.T) {
	c := newCache(t, statecache.Options{Window: 4, HardCap: 20})
	if err := c.Define(statecache.Collection{Name: "a", Items: slotItems(0, 10)}); err != nil {
		t.Fatal(err)
	}
	base := grow(t, c, 1, 3, 0)
	var held []*statecache.View
	parent := base
	for range 3 {
		h := header(parent, 1)
		if _, err := c.Apply(h, []statecache.Change{{Collection: "a", Index: 3, Value: word(h.Ref.Number)}}); err != nil {
			t.Fatal(err)
		}
		held = append(held, view(t, c, h.Ref))
		parent = h.Ref
	}
	low := view(t, c, base)
	if err := c.Rollback(base); err != nil {
		t.Fatal(err)
	}
	if low.Orphaned() {
		t.Error("a view of the common ancestor is orphaned")
	}
	low.Release()
	grow(t, c, 0, 12, 2)
	if old := must(c.Oldest()); old != base {
		t.Errorf("oldest is %v: orphaned views hold the block they forked from", old)
	}
	for i, v := range held {
		number := uint64(4 + i)
		value, _ := v.Value(1, 3)
		if !v.Orphaned() || value != word(number) || v.Ref().Number != number {
			t.Errorf("view %d: orphaned %v, value %x", i, v.Orphaned(), value)
		}
		if i > 0 {
			if old, err := v.ValueAt(1, 1, 3); err != nil || old != word(number-1) {
				t.Errorf("view %d: aged value %x, %v", i, old, err)
			}
		}
		p, err := v.Prove(1, 3)
		if err != nil || statecache.VerifyProof(v.CommitmentBytes(), p) != nil {
			t.Errorf("view %d: proof: %v", i, err)
		}
		v.Release()
	}
}

// TestOrphanedStaysOrphaned: the block coming back does not undo the word.
func TestOrphanedStaysOrphaned(t *testing.T) {
	c := newCache(t, statecache.Options{})
	grow(t, c, 1, 2, 0)
	top := grow(t, c, 0, 1, 0)
	v := view(t, c, top)
	if err := c.Rollback(statecache.BlockRef{Number: 2, Hash: hash32(2, 0)}); err != nil {
		t.Fatal(err)
	}
	if again := grow(t, c, 0, 1, 0); again != top || !v.Orphaned() {
		t.Errorf("block %v again, orphaned %v", again, v.Orphaned())
	}
	fresh := view(t, c, top) // no longer ErrOrphaned
	if fresh.Orphaned() || fresh.CommitmentBytes() != v.CommitmentBytes() {
		t.Error("the new view of the same block differs")
	}
}

// TestReleasedViewFailsClosed: no read of a released view gives a value.
func TestReleasedViewFailsClosed(t *testing.T) {
	v, _ := sample(t)
	aged, err := v.Aged(2)
	if err != nil {
		t.Fatal(err)
	}
	v.Release()
	for name, v := range map[string]*statecache.View{"view": v, "aged view": aged} {
		_, find := v.Find("header")
		_, length := v.Len(0)
		_, value := v.Value(0, 0)
		_, item := v.Item(0, 0)
		_, root := v.ItemsRoot(0)
		_, dir := v.DirNode(0, 0)
		_, entry := v.Entry(0)
		_, node := v.Node(0, 0, 0)
		_, items := v.ItemsNode(0, 0, 0)
		_, leaf := v.Leaf(0, 0)
		_, pre := v.ItemPreimage(0, 0)
		_, hist := v.HistoryNode(0, 0)
		_, colName := v.Name(0)
		_, base := v.Base(0)
		if find || length || value || item || root || dir || entry || node || items || leaf || pre || hist || colName || base ||
			v.Count() != 0 || v.Values(0, 0, make([][32]byte, 1)) {
			t.Errorf("released %s answers", name)
		}
		_, err := v.Prove(0, 0)
		wantErr(t, "prove", err, statecache.ErrReleased)
		_, err = v.ValueAt(0, 0, 0)
		wantErr(t, "value at", err, statecache.ErrReleased)
		_, err = v.Aged(0)
		wantErr(t, "aged", err, statecache.ErrReleased)
		_, err = v.HistoryLeaf(1)
		wantErr(t, "history leaf", err, statecache.ErrReleased)
	}
}

func TestReadsOutside(t *testing.T) {
	v, names := sample(t)
	n := uint32(len(names))
	if _, ok := v.Find("len-3"); ok {
		t.Error("unknown name found")
	}
	for _, at := range [][2]uint32{{n, 0}, {1 << 31, 0}, {0, 6}, {1, 0}, {2, 1}, {3, 1 << 31}, {^uint32(0), ^uint32(0)}} {
		if got, ok := v.Value(at[0], at[1]); ok {
			t.Errorf("value at %v is %x", at, got)
		}
		if _, ok := v.Item(at[0], at[1]); ok {
			t.Errorf("item at %v", at)
		}
	}
	for _, at := range [][3]uint32{{0, 0, 7}, {0, 6, 1}, {3, 1, 2}, {3, ^uint32(0), 2}, {n, 0, 0}} {
		dst := make([][32]byte, at[2])
		for i := range dst {
			dst[i] = word(42)
		}
		if v.Values(at[0], at[1], dst) {
			t.Errorf("values at %v", at)
		}
		for i := range dst {
			if dst[i] != word(42) {
				t.Errorf("values at %v wrote", at)
			}
		}
	}
	if !v.Values(0, 6, nil) {
		t.Error("no values from the end on refused")
	}
	_, err := v.ValueAt(1, n, 0)
	wantErr(t, "aged handle", err, statecache.ErrBadHandle)
	_, err = v.ValueAt(1, 0, 6)
	wantErr(t, "aged index", err, statecache.ErrIndexRange)
	_, err = v.ValueAt(1, n-1, 0)
	wantErr(t, "not watched then", err, statecache.ErrNotThen)
	_, err = v.ValueAt(7, 0, 0)
	wantErr(t, "age", err, statecache.ErrAgeRange)
	_, err = v.ValueAt(^uint64(0), 0, 0)
	wantErr(t, "age", err, statecache.ErrAgeRange)
}

// TestPressure: the owner of the pin that stands in the way is warned, then asked;
// if it gives way, the block fits, the views fail and say why, and the next pin is
// asked in its turn.
func TestPressure(t *testing.T) {
	var seen []statecache.Pressure
	give := map[string]bool{}
	c := newCache(t, statecache.Options{Window: 4, HardCap: 8, OnPressure: func(p statecache.Pressure) bool {
		seen = append(seen, p)
		return give[p.Pin.Owner]
	}})
	grow(t, c, 1, 4, 0)
	var views []*statecache.View
	for i, owner := range []string{"first", "second", "third"} {
		v, err := c.View(statecache.BlockRef{Number: uint64(i/2 + 1), Hash: hash32(uint64(i/2+1), 0)}, owner, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		views = append(views, v)
	}
	grow(t, c, 0, 4, 0)
	if len(seen) != 1 || seen[0].Full || seen[0].Blocks != 7 || seen[0].HardCap != 8 || seen[0].Pin.Ref.Number != 1 {
		t.Fatalf("warnings: %+v", seen)
	}
	head := must(c.Head())
	_, err := c.Apply(header(head, 0), nil)
	wantErr(t, "nobody gives way", err, statecache.ErrBackpressure)
	give["first"] = true
	give["second"] = true
	if _, err := c.Apply(header(head, 0), nil); err != nil {
		t.Fatal(err)
	}
	for i, v := range views {
		_, err := v.Get(0, 0)
		if i == 2 {
			if err != nil || v.Err() != nil {
				t.Errorf("the third view: %v", err)
			}
			continue
		}
		wantErr(t, "cancelled", err, statecache.ErrCancelled)
		select {
		case <-v.Done():
		default:
			t.Error("a cancelled view is not done")
		}
	}
	if old := must(c.Oldest()); old.Number != 2 {
		t.Errorf("oldest is %v", old)
	}
	cancelled := 0
	for _, p := range c.Pins() {
		if p.Cancelled {
			cancelled++
		}
	}
	if cancelled != 2 || c.Cancel("third") != 1 || c.Cancel("third") != 0 {
		t.Errorf("%d pins cancelled", cancelled)
	}
	_, err = views[2].Prove(0, 0)
	wantErr(t, "cancelled by name", err, statecache.ErrCancelled)
	for _, v := range views {
		v.Release()
	}
	if len(c.Pins()) != 0 {
		t.Error("pins are left")
	}
}
