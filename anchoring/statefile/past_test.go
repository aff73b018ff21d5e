package statefile_test

import (
	"bytes"
	"errors"
	"reflect"
	"testing"
	"time"

	"vmhost/anchoring/statefile"
	"vmhost/statecache"
)

// pastFile is an unverified file of a chain of four blocks with the first and
// the third in its history.
func pastFile(t *testing.T) (*statecache.View, *statefile.File) {
	t.Helper()
	c, err := statecache.New(statecache.Options{ChainID: 1337})
	if err != nil {
		t.Fatal(err)
	}
	items := []statecache.Item{{Address: [20]byte{1}, Slot: [32]byte{31: 9}}, {Kind: statecache.KindBalance, Address: [20]byte{2}}}
	if err := c.Define(statecache.Collection{Name: "pool", Items: items}); err != nil {
		t.Fatal(err)
	}
	var head statecache.BlockRef
	for n := range uint64(4) {
		h := statecache.BlockHeader{Ref: statecache.BlockRef{Number: 62 + n, Hash: [32]byte{1, byte(n)}}, Parent: head.Hash}
		changes := []statecache.Change{{Collection: "pool", Value: [32]byte{31: byte(n)}}, {Collection: "pool", Index: 1, Value: [32]byte{30: byte(n)}}}
		if _, err := c.Apply(h, changes); err != nil {
			t.Fatal(err)
		}
		head = h.Ref
	}
	v, err := c.View(head, "test", time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	f, err := statefile.FromView(v, 1, 3)
	if err != nil {
		t.Fatal(err)
	}
	return v, f
}

func TestPast(t *testing.T) {
	v, f := pastFile(t)
	b, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	g, err := statefile.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(f, g) {
		t.Errorf("decoded %+v, written %+v", g, f)
	}
	if again, err := g.Encode(); err != nil || !bytes.Equal(b, again) {
		t.Errorf("encoding differs, %v", err)
	}
	if _, err := g.Check(false); !errors.Is(err, statefile.ErrUnverified) {
		t.Errorf("checked: %v", err)
	}
	w, rung, err := g.View(true)
	if err != nil || rung != statefile.Unverified || w.CommitmentBytes() != v.CommitmentBytes() {
		t.Fatal(rung, err)
	}
	for _, age := range []uint64{0, 1, 3} {
		want, _ := v.ValueAt(age, 1, 1)
		if got, err := w.ValueAt(age, 1, 1); err != nil || got != want {
			t.Errorf("age %d: %x %v, want %x", age, got, err, want)
		}
	}
	for _, age := range []uint64{2, 4, 66} {
		if _, err := w.ValueAt(age, 1, 1); !errors.Is(err, statecache.ErrAgeRange) {
			t.Errorf("age %d: %v", age, err)
		}
	}
	for name, c := range map[string]struct {
		change func(*statefile.File)
		want   error
	}{
		"value":       {func(f *statefile.File) { f.Past[1].Collections[0].Values[0][31] ^= 1 }, statefile.ErrHistory},
		"hash":        {func(f *statefile.File) { f.Past[1].Block.Hash[5] ^= 1 }, statefile.ErrHistory},
		"number":      {func(f *statefile.File) { f.Past[1].Block.Number++ }, statefile.ErrHistory},
		"sibling":     {func(f *statefile.File) { f.Past[0].Path[10][6][31] ^= 1 }, statefile.ErrHistory},
		"twice":       {func(f *statefile.File) { f.Past[0] = f.Past[1] }, statefile.ErrHistory},
		"root":        {func(f *statefile.File) { f.HistoryRoot[31] ^= 1 }, statefile.ErrHistory},
		"header":      {func(f *statefile.File) { f.Past[0].Header = []byte{1} }, statefile.ErrHeader},
		"slot of key": {func(f *statefile.File) { f.Past[0].Collections[0].Base[0] = 1 }, statefile.ErrSlot},
		"commitment":  {func(f *statefile.File) { f.Commitment[31] ^= 1 }, statefile.ErrCommitment},
	} {
		g, err := statefile.Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		c.change(g)
		if _, _, err := g.View(true); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	f.Past[0].Path = f.Past[0].Path[1:]
	if _, err := f.Encode(); !errors.Is(err, statefile.ErrFormat) {
		t.Errorf("short path: %v", err)
	}
}
