package statecache_test

import (
	"errors"
	"testing"

	"vmhost/statecache"
)

// snapshots is a cache of 6 blocks and a view of the last.
func snapshots(t *testing.T) *statecache.View {
	t.Helper()
	c := newCache(t, statecache.Options{})
	if err := c.Define(statecache.Collection{Name: "a", Items: slotItems(0, 9)}); err != nil {
		t.Fatal(err)
	}
	parent := statecache.BlockRef{Number: 76}
	for i := range uint64(6) {
		h := header(parent, 0)
		var changes []statecache.Change
		n := uint64(9)
		if i == 3 {
			if err := c.Extend("a", slotItems(9, 12)); err != nil {
				t.Fatal(err)
			}
		}
		if i >= 3 {
			n = 12
		}
		for k := range n {
			changes = append(changes, statecache.Change{Collection: "a", Index: uint32(k), Value: hash32(h.Ref.Number, k)})
		}
		if _, err := c.Apply(h, changes); err != nil {
			t.Fatal(err)
		}
		parent = h.Ref
	}
	return view(t, c, parent)
}

// TestSnapshot answers from a snapshot as from the cache, openings included.
func TestSnapshot(t *testing.T) {
	v := snapshots(t)
	s, err := v.Snapshot(0, 1, 3, 5)
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.View()
	if err != nil {
		t.Fatal(err)
	}
	if w.CommitmentBytes() != v.CommitmentBytes() {
		t.Fatal("another commitment")
	}
	for _, age := range []uint64{0, 1, 3, 5} {
		for i := range uint32(12) {
			want, wantErr := v.ValueAt(age, 1, i)
			got, err := w.ValueAt(age, 1, i)
			if got != want || statecache.Code(err) != statecache.Code(wantErr) {
				t.Errorf("age %d item %d: %x %v, want %x %v", age, i, got, err, want, wantErr)
			}
		}
		if age == 0 {
			continue
		}
		x, err := w.HistoryLeaf(age)
		if want, _ := v.HistoryLeaf(age); err != nil || x != want {
			t.Errorf("age %d: history leaf %v", age, err)
		}
		for level := range 11 {
			i := (v.Ref().Number - age) >> (3 * (11 - level))
			got, ok := w.HistoryNode(level, i)
			if want, _ := v.HistoryNode(level, i); !ok || got != want {
				t.Errorf("age %d: history node of level %d", age, level)
			}
		}
		old, err := w.Past(age)
		if err != nil {
			t.Fatal(err)
		}
		aged, _ := v.Past(age)
		got, ok := old.Entry(1)
		if want, _ := aged.Entry(1); !ok || got != want {
			t.Errorf("age %d: entry", age)
		}
	}
	for _, age := range []uint64{2, 4, 6, 1 << 40} {
		if _, err := w.ValueAt(age, 1, 0); !errors.Is(err, statecache.ErrAgeRange) {
			t.Errorf("age %d: %v", age, err)
		}
	}
	if _, ok := w.HistoryNode(10, 0); ok {
		t.Error("a node that the snapshot does not hold")
	}
	w.Release()
	if _, err := w.ValueAt(1, 1, 0); !errors.Is(err, statecache.ErrReleased) {
		t.Errorf("released: %v", err)
	}
}

// TestSnapshotRefused changes a snapshot's past.
func TestSnapshotRefused(t *testing.T) {
	v := snapshots(t)
	if _, err := v.Snapshot(6); !errors.Is(err, statecache.ErrAgeRange) {
		t.Errorf("age 6: %v", err)
	}
	for name, change := range map[string]func(s *statecache.Snapshot){
		"a value":             func(s *statecache.Snapshot) { s.Past[0].Collections[0].Values[3][31] ^= 1 },
		"the hash":            func(s *statecache.Snapshot) { s.Past[0].Header.Ref.Hash[0] ^= 1 },
		"the height":          func(s *statecache.Snapshot) { s.Past[0].Header.Ref.Number-- },
		"a header field":      func(s *statecache.Snapshot) { s.Past[0].Header.Timestamp++ },
		"a sibling":           func(s *statecache.Snapshot) { s.Past[0].Path[4][2][31] ^= 1 },
		"no field element":    func(s *statecache.Snapshot) { s.Past[0].Path[4][2][0] = 0xff },
		"a level less":        func(s *statecache.Snapshot) { s.Past[0].Path = s.Past[0].Path[1:] },
		"a level more":        func(s *statecache.Snapshot) { s.Past[0].Path = append(s.Past[0].Path, [7][32]byte{}) },
		"twice":               func(s *statecache.Snapshot) { s.Past[1] = s.Past[0] },
		"the present":         func(s *statecache.Snapshot) { s.Past[0].Header = s.Header },
		"the path of another": func(s *statecache.Snapshot) { s.Past[0].Path = s.Past[1].Path },
		"the history root":    func(s *statecache.Snapshot) { s.HistoryRoot[31] ^= 1 },
		"no history root":     func(s *statecache.Snapshot) { s.HistoryRoot = [32]byte{} },
	} {
		s, err := v.Snapshot(1, 4)
		if err != nil {
			t.Fatal(err)
		}
		change(s)
		if _, err := s.View(); !errors.Is(err, statecache.ErrBadHistory) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
