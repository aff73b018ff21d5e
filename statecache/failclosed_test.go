package statecache_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"vmhost/statecache"
)

func wantErr(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Errorf("%s: %v, want %v", what, err, want)
	}
	if code := statecache.Code(err); code == "" {
		t.Errorf("%s: no code for %v", what, err)
	}
}

// TestBlocksOutsideTheWindow: each sort of block that cannot be read has an
// error of its own. The chain is
//
//	10 … 14 evicted │ 15 16 17 18' │ 19 future
//	                         18, 19 orphaned
func TestBlocksOutsideTheWindow(t *testing.T) {
	c := newCache(t, statecache.Options{Window: 4})
	ref := func(h, fork uint64) statecache.BlockRef {
		return statecache.BlockRef{Number: h, Hash: hash32(h, fork)}
	}
	_, err := c.View(ref(10, 0), "x", time.Time{})
	wantErr(t, "no block yet", err, statecache.ErrEmpty)
	wantErr(t, "rollback of nothing", c.Rollback(ref(10, 0)), statecache.ErrEmpty)
	wantErr(t, "finalize nothing", c.Finalize(10), statecache.ErrEmpty)

	grow(t, c, 10, 10, 0)
	if err := c.Rollback(ref(17, 0)); err != nil {
		t.Fatal(err)
	}
	grow(t, c, 0, 1, 1)
	for _, tc := range []struct {
		name string
		ref  statecache.BlockRef
		want error
	}{
		{"head", ref(18, 1), nil},
		{"oldest", ref(16, 0), nil},
		{"evicted", ref(14, 0), statecache.ErrEvicted},
		{"first block, evicted", ref(10, 0), statecache.ErrEvicted},
		{"below the first", ref(9, 0), statecache.ErrUnknownBlock},
		{"genesis", ref(0, 0), statecache.ErrUnknownBlock},
		{"future", ref(19, 1), statecache.ErrFuture},
		{"far future", ref(1<<63, 1), statecache.ErrFuture},
		{"orphaned", ref(18, 0), statecache.ErrOrphaned},
		{"orphaned above the head", ref(19, 0), statecache.ErrOrphaned},
		{"unknown hash", ref(17, 9), statecache.ErrUnknownBlock},
		{"no hash", statecache.BlockRef{Number: 17}, statecache.ErrUnknownBlock},
	} {
		v, err := c.View(tc.ref, "x", time.Time{})
		_, err2 := c.CommitmentAt(tc.ref)
		if tc.want == nil {
			if err != nil || err2 != nil {
				t.Errorf("%s: %v, %v", tc.name, err, err2)
			}
			continue
		}
		if v != nil {
			t.Errorf("%s: a view", tc.name)
		}
		wantErr(t, tc.name, err, tc.want)
		wantErr(t, tc.name, err2, tc.want)
		err = c.Rollback(tc.ref)
		wantErr(t, tc.name+" rollback", err, tc.want)
		if deep := tc.ref.Number < 15; deep != errors.Is(err, statecache.ErrTooDeep) {
			t.Errorf("%s: rollback: %v", tc.name, err)
		}
	}
	for number, want := range map[uint64]error{9: statecache.ErrUnknownBlock, 14: statecache.ErrEvicted, 19: statecache.ErrFuture} {
		_, err := c.Canonical(number)
		wantErr(t, "canonical", err, want)
	}
	if got, err := c.Canonical(18); err != nil || got != ref(18, 1) {
		t.Errorf("canonical 18 is %v, %v", got, err)
	}
}

func TestFinality(t *testing.T) {
	c := newCache(t, statecache.Options{Window: 8})
	ref := func(h uint64) statecache.BlockRef { return statecache.BlockRef{Number: h, Hash: hash32(h, 0)} }
	grow(t, c, 10, 8, 0)
	wantErr(t, "finalize above the head", c.Finalize(18), statecache.ErrFuture)
	if err := c.Finalize(13); err != nil {
		t.Fatal(err)
	}
	wantErr(t, "finality goes back", c.Finalize(12), statecache.ErrBelowFinalized)
	before := c.Digests()
	wantErr(t, "rollback below finalized", c.Rollback(ref(12)), statecache.ErrBelowFinalized)
	if !equalDigests(before, c.Digests()) || c.Finalized() != 13 {
		t.Error("a refused rollback changed something")
	}
	if err := c.Rollback(ref(13)); err != nil {
		t.Errorf("rollback to the finalized block: %v", err)
	}
}

func TestDefineRefuses(t *testing.T) {
	c := newCache(t, statecache.Options{})
	ok := slotItems(0, 3)
	if err := c.Define(statecache.Collection{Name: "taken", Items: ok}); err != nil {
		t.Fatal(err)
	}
	bad := func(it statecache.Item) []statecache.Item { return append(slotItems(5, 6), it) }
	balance := statecache.Item{Kind: statecache.KindBalance}
	balanceSlot, balanceKey := balance, balance
	balanceSlot.Slot[31], balanceKey.Key[0] = 1, 1
	for _, tc := range []struct {
		name string
		col  statecache.Collection
		want error
	}{
		{"empty name", statecache.Collection{}, statecache.ErrBadName},
		{"32 characters", statecache.Collection{Name: strings.Repeat("a", 32)}, statecache.ErrBadName},
		{"upper case", statecache.Collection{Name: "Pool"}, statecache.ErrBadName},
		{"slash", statecache.Collection{Name: "a/b"}, statecache.ErrBadName},
		{"zero byte", statecache.Collection{Name: "a\x00"}, statecache.ErrBadName},
		{"not ASCII", statecache.Collection{Name: "pöol"}, statecache.ErrBadName},
		{"header", statecache.Collection{Name: "header"}, statecache.ErrReserved},
		{"taken", statecache.Collection{Name: "taken"}, statecache.ErrNameTaken},
		{"header item", statecache.Collection{Name: "x", Items: bad(statecache.Item{Kind: 4})}, statecache.ErrBadItem},
		{"unknown kind", statecache.Collection{Name: "x", Items: bad(statecache.Item{Kind: 5})}, statecache.ErrBadItem},
		{"balance with slot", statecache.Collection{Name: "x", Items: bad(balanceSlot)}, statecache.ErrBadItem},
		{"balance with key", statecache.Collection{Name: "x", Items: bad(balanceKey)}, statecache.ErrBadItem},
		{"duplicate", statecache.Collection{Name: "x", Items: append(slotItems(0, 3), slotItem(1))}, statecache.ErrDuplicateItem},
	} {
		wantErr(t, tc.name, c.Define(tc.col), tc.want)
		if _, err := statecache.FromState(1, header(statecache.BlockRef{}, 0), []statecache.CollectionValues{
			{Collection: statecache.Collection{Name: "taken"}},
			{Collection: tc.col, Values: make([][32]byte, len(tc.col.Items))},
		}); !errors.Is(err, tc.want) {
			t.Errorf("static %s: %v", tc.name, err)
		}
	}
	wantErr(t, "extend header", c.Extend("header", ok), statecache.ErrReserved)
	wantErr(t, "extend nothing", c.Extend("x", ok), statecache.ErrUnknownCollection)
	wantErr(t, "extend by what is there", c.Extend("taken", slotItems(2, 4)), statecache.ErrDuplicateItem)
	if got := c.Pending(); len(got) != 3 {
		t.Errorf("refused definitions left %d items pending", len(got))
	}
	if got := c.Collections(); len(got) != 1 || got[0].Name != "taken" || len(got[0].Items) != 3 {
		t.Errorf("collections: %v", got)
	}
	if err := c.Define(statecache.Collection{Name: strings.Repeat("z", 31)}); err != nil {
		t.Errorf("31 characters: %v", err)
	}
}

func TestTooManyCollections(t *testing.T) {
	c := newCache(t, statecache.Options{})
	for i := range statecache.MaxCollections - 1 {
		name := string([]byte{'a' + byte(i/676), 'a' + byte(i/26%26), 'a' + byte(i%26)})
		if err := c.Define(statecache.Collection{Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	wantErr(t, "one more", c.Define(statecache.Collection{Name: "last"}), statecache.ErrTooLarge)
}

func TestApplyRefuses(t *testing.T) {
	setup := func() (*statecache.Cache, statecache.BlockHeader, []statecache.Change) {
		c := newCache(t, statecache.Options{})
		if err := c.Define(statecache.Collection{Name: "a", Items: slotItems(0, 4)}); err != nil {
			t.Fatal(err)
		}
		head := grow(t, c, 5, 2, 0)
		if err := c.Extend("a", slotItems(4, 6)); err != nil {
			t.Fatal(err)
		}
		return c, header(head, 0), changesFor(c, 3)
	}
	for _, tc := range []struct {
		name  string
		spoil func(h *statecache.BlockHeader, ch []statecache.Change) []statecache.Change
		want  error
	}{
		{"gap", func(h *statecache.BlockHeader, ch []statecache.Change) []statecache.Change { h.Ref.Number++; return ch }, statecache.ErrNotLinked},
		{"another block of the head's height", func(h *statecache.BlockHeader, ch []statecache.Change) []statecache.Change {
			h.Ref.Number--
			return ch
		}, statecache.ErrNotLinked},
		{"another parent", func(h *statecache.BlockHeader, ch []statecache.Change) []statecache.Change {
			h.Parent[31]++
			return ch
		}, statecache.ErrNotLinked},
		{"zero hash", func(h *statecache.BlockHeader, ch []statecache.Change) []statecache.Change {
			h.Ref.Hash = [32]byte{}
			return ch
		}, statecache.ErrBadBlock},
		{"no value for a new item", func(_ *statecache.BlockHeader, ch []statecache.Change) []statecache.Change { return ch[:1] }, statecache.ErrMissingValue},
		{"hole in the new items", func(_ *statecache.BlockHeader, ch []statecache.Change) []statecache.Change { return ch[1:] }, statecache.ErrMissingValue},
		{"no values at all", func(*statecache.BlockHeader, []statecache.Change) []statecache.Change { return nil }, statecache.ErrMissingValue},
		{"unknown collection", func(_ *statecache.BlockHeader, ch []statecache.Change) []statecache.Change {
			return append(ch, statecache.Change{Collection: "b"})
		}, statecache.ErrUnknownCollection},
		{"header written", func(_ *statecache.BlockHeader, ch []statecache.Change) []statecache.Change {
			return append(ch, statecache.Change{Collection: "header", Index: 1})
		}, statecache.ErrReserved},
		{"index past the end", func(_ *statecache.BlockHeader, ch []statecache.Change) []statecache.Change {
			return append(ch, statecache.Change{Collection: "a", Index: 6})
		}, statecache.ErrIndexRange},
		{"item twice", func(_ *statecache.BlockHeader, ch []statecache.Change) []statecache.Change {
			return append(ch, statecache.Change{Collection: "a", Index: 2}, statecache.Change{Collection: "a", Index: 2})
		}, statecache.ErrDuplicateChange},
	} {
		c, h, changes := setup()
		before := c.Digests()
		changes = tc.spoil(&h, changes)
		_, err := c.Apply(h, changes)
		wantErr(t, tc.name, err, tc.want)
		if !equalDigests(before, c.Digests()) || len(c.Pending()) != 2 {
			t.Errorf("%s: the refused block changed something", tc.name)
		}
	}
	c := newCache(t, statecache.Options{})
	high := statecache.BlockHeader{Ref: statecache.BlockRef{Number: statecache.MaxHeight + 1, Hash: [32]byte{1}}}
	_, err := c.Apply(high, nil)
	wantErr(t, "height out of range", err, statecache.ErrBadBlock)
}

// TestApplyAgain: a retained block is idempotent by hash, and only with the same content.
func TestApplyAgain(t *testing.T) {
	c := newCache(t, statecache.Options{})
	if err := c.Define(statecache.Collection{Name: "a", Items: slotItems(0, 4)}); err != nil {
		t.Fatal(err)
	}
	h := header(statecache.BlockRef{Number: 4}, 0)
	changes := changesFor(c, 0)
	want, err := c.Apply(h, changes)
	if err != nil {
		t.Fatal(err)
	}
	grow(t, c, 0, 3, 0) // also when it is no longer the head
	before := c.Digests()
	if got, err := c.Apply(h, changes); err != nil || got != want {
		t.Fatalf("applied again: %x, %v", got, err)
	}
	other := h
	other.GasUsed++
	_, err = c.Apply(other, changes)
	wantErr(t, "another header", err, statecache.ErrConflict)
	for _, ch := range []statecache.Change{
		{Collection: "a", Index: 0, Value: word(9)},
		{Collection: "b"},
		{Collection: "a", Index: 4},
		{Collection: "header", Index: 0, Value: word(9)},
	} {
		_, err = c.Apply(h, []statecache.Change{ch})
		wantErr(t, "another value", err, statecache.ErrConflict)
	}
	if !equalDigests(before, c.Digests()) {
		t.Error("applying again changed something")
	}
}

func TestOptions(t *testing.T) {
	for _, o := range []statecache.Options{{Window: -1}, {Window: 1 << 30}, {Window: 8, HardCap: 8}, {Window: 8, HardCap: 3}, {HardCap: -1}} {
		if _, err := statecache.New(o); !errors.Is(err, statecache.ErrOptions) {
			t.Errorf("%+v: %v", o, err)
		}
	}
	if err := (statecache.Options{}).Validate(); err != nil {
		t.Errorf("zero options: %v", err)
	}
}

func TestKinds(t *testing.T) {
	for k := statecache.Kind(0); k < 5; k++ {
		if got, ok := statecache.ParseKind(k.String()); !ok || got != k || !k.Valid() {
			t.Errorf("kind %d is %q", k, k.String())
		}
	}
	if _, ok := statecache.ParseKind("kind(9)"); ok || statecache.Kind(5).Valid() {
		t.Error("unknown kind accepted")
	}
	if statecache.Code(errors.New("other")) != "" {
		t.Error("a foreign error has a code")
	}
}
