package statecache_test

import (
	"testing"
	"time"

	"github.com/cockroachdb/pebble/v2/vfs"

	"vmhost/statecache"
	"vmhost/statecache/deltalog"
)

// TestDropFreesMemory: when the last block that has a collection leaves the
// window, and no view can read it, its memory is given back.
func TestDropFreesMemory(t *testing.T) {
	c := newCache(t, statecache.Options{Window: 3, HardCap: 20})
	grow(t, c, 1, 1, 0)
	before := c.Memory()
	if err := c.Define(statecache.Collection{Name: "big", Items: slotItems(0, 3000)}); err != nil {
		t.Fatal(err)
	}
	grow(t, c, 0, 1, 0)
	full := c.Memory()
	old := view(t, c, must(c.Head()))
	if err := c.Drop("big"); err != nil {
		t.Fatal(err)
	}
	if len(c.Collections()) != 0 || len(c.Pending()) != 0 {
		t.Error("a dropped collection is listed")
	}
	grow(t, c, 0, 8, 0)
	if v, err := old.Get(1, 7); err != nil || v != hash32(7, 0) {
		t.Errorf("from before the drop: %x, %v", v, err)
	}
	if m := c.Memory(); m.Values < full.Values {
		t.Error("freed under a view")
	}
	old.Release()
	grow(t, c, 0, 4, 0)
	m := c.Memory()
	if m.Values != before.Values || m.Items > before.Items+1000 {
		t.Errorf("before %+v, full %+v, after %+v", before, full, m)
	}
	_, err := view(t, c, must(c.Head())).Get(1, 7)
	wantErr(t, "freed", err, statecache.ErrDropped)
	wantErr(t, "name", c.Define(statecache.Collection{Name: "big"}), statecache.ErrNameTaken)
	wantErr(t, "twice", c.Drop("big"), statecache.ErrDropped)
	wantErr(t, "header", c.Drop("header"), statecache.ErrReserved)
	wantErr(t, "unknown", c.Drop("nothing"), statecache.ErrUnknownCollection)
	wantErr(t, "renew", c.Renew("big", time.Time{}), statecache.ErrDropped)
}

// TestDropInCheckpoint: a checkpoint of a block without the collection, and one of
// a block that has it while the drop is on record above.
func TestDropInCheckpoint(t *testing.T) {
	fs := vfs.NewMem()
	d, c := mustDurable(t, fs)
	for _, name := range []string{"a", "b", "c"} {
		if err := c.Define(statecache.Collection{Name: name, Items: slotItems(0, 9)}); err != nil {
			t.Fatal(err)
		}
	}
	grow(t, c, 1, durableWindow, 0)
	if err := c.Drop("b"); err != nil {
		t.Fatal(err)
	}
	for _, blocks := range []int{0, 1, 2 * durableWindow} {
		grow(t, c, 0, blocks, 0)
		if _, err := c.Checkpoint(t.Context()); err != nil {
			t.Fatal(err)
		}
		want := c.DigestsFrom(must(c.Oldest()).Number)
		if err := d.log.Close(); err != nil {
			t.Fatal(err)
		}
		d, c = mustDurable(t, fs)
		if got := c.DigestsFrom(must(c.Oldest()).Number); !equalDigests(got, want) {
			t.Errorf("after %d blocks: recovered state differs", blocks)
		}
		wantErr(t, "dropped", c.Drop("b"), statecache.ErrDropped)
		wantErr(t, "taken", c.Define(statecache.Collection{Name: "b"}), statecache.ErrNameTaken)
		if got := c.Collections(); len(got) != 2 {
			t.Errorf("%d collections", len(got))
		}
	}
	if err := d.log.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestDropInSnapshotsAndRecovery: a state with a gap among its handles has the
// same commitment from a snapshot and from the log.
func TestDropInSnapshotsAndRecovery(t *testing.T) {
	log := &deltalog.Memory{}
	c := newCache(t, statecache.Options{Window: 5, Log: log})
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g", "h", "i"} { // handle 8 is alone in its node
		if err := c.Define(statecache.Collection{Name: name, Items: slotItems(0, 5)}); err != nil {
			t.Fatal(err)
		}
	}
	grow(t, c, 1, 2, 0)
	for _, name := range []string{"b", "h", "i"} {
		if err := c.Drop(name); err != nil {
			t.Fatal(err)
		}
	}
	grow(t, c, 0, 9, 0)
	v := view(t, c, must(c.Head()))
	if _, ok := v.DirNode(3, 1); ok {
		t.Error("a directory node over dropped collections only is opened")
	}
	s, err := v.Snapshot(1)
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.View()
	if err != nil {
		t.Fatal(err)
	}
	if w.CommitmentBytes() != v.CommitmentBytes() {
		t.Error("the snapshot has another commitment")
	}
	again := newCache(t, statecache.Options{Window: 5, Log: log})
	if !equalDigests(c.Digests(), again.Digests()) {
		t.Error("recovered state differs")
	}
	if _, err := again.Verify(t.Context(), statecache.VerifyOptions{}); err != nil {
		t.Error(err)
	}
}

func TestLeases(t *testing.T) {
	at := func(s int64) time.Time { return time.Unix(s, 0) }
	c := newCache(t, statecache.Options{})
	for name, lease := range map[string]time.Time{"a": at(10), "b": at(20), "c": {}} {
		if err := c.Define(statecache.Collection{Name: name, Lease: lease}); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(now int64, want ...string) {
		t.Helper()
		got, err := c.ExpireLeases(at(now))
		if err != nil || len(got) != len(want) || len(got) > 0 && got[0] != want[0] {
			t.Errorf("at %d: %v, %v", now, got, err)
		}
	}
	expect(10)
	if err := c.Renew("a", at(30)); err != nil {
		t.Fatal(err)
	}
	expect(21, "b")
	expect(21)
	if err := c.Renew("a", time.Time{}); err != nil {
		t.Fatal(err)
	}
	if err := c.Renew("c", at(40)); err != nil {
		t.Fatal(err)
	}
	expect(1000, "c")
	wantErr(t, "unknown", c.Renew("x", at(1)), statecache.ErrUnknownCollection)
}
