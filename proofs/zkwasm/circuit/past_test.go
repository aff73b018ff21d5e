package circuit

import (
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/proofs/zkwasm/trace"
	"vmhost/statecache"
	"vmhost/statecache/poseidon"
)

// chain is a view of block 8 of a chain whose collection "pool" changes with
// every block and grows at block 6.
func chain(tb testing.TB) *statecache.View { tb.Helper(); return chainOf(tb, "pool") }

func chainOf(tb testing.TB, pool string) *statecache.View {
	tb.Helper()
	c, err := statecache.New(statecache.Options{ChainID: 31337})
	if err != nil {
		tb.Fatal(err)
	}
	item := func(i int) statecache.Item {
		return statecache.Item{Address: [20]byte{1}, Slot: [32]byte{31: byte(i)}}
	}
	must := func(err error) {
		tb.Helper()
		if err != nil {
			tb.Fatal(err)
		}
	}
	must(c.Define(statecache.Collection{Name: pool, Items: []statecache.Item{item(0), item(1), item(2)}}))
	must(c.Define(statecache.Collection{Name: "other", Items: []statecache.Item{item(5), item(6), item(7)}}))
	n := 3
	var parent [32]byte
	for height := uint64(3); height <= 8; height++ {
		if height == 6 {
			for i := 3; i < 10; i++ {
				must(c.Extend(pool, []statecache.Item{item(i)}))
			}
			n = 10
		}
		var changes []statecache.Change
		for i := range n {
			changes = append(changes, statecache.Change{Collection: pool, Index: uint32(i), Value: [32]byte{7: 1, 30: byte(height), 31: byte(i)}})
		}
		for i := range 3 {
			changes = append(changes, statecache.Change{Collection: "other", Index: uint32(i), Value: [32]byte{29: 1, 30: byte(height), 31: byte(i)}})
		}
		h := statecache.BlockHeader{Ref: statecache.BlockRef{Number: height, Hash: [32]byte{9, byte(height)}}, Parent: parent, Timestamp: height}
		_, err := c.Apply(h, changes)
		must(err)
		parent = h.Ref.Hash
	}
	ref, _ := c.Head()
	v, err := c.View(ref, "test", time.Time{})
	must(err)
	return v
}

// forged is a state whose history says what its maker likes: a commitment of
// its own, with honest hashes.
type forged struct {
	*statecache.View
	leaves map[uint64][8]fr.Element
	blocks map[uint64]*statecache.View
	nodes  map[[2]uint64][8]fr.Element
	root   fr.Element
}

// forge makes the history of now: leaf age is of blocks[age], then changed.
func forge(tb testing.TB, now *statecache.View, blocks map[uint64]*statecache.View, change func(age uint64, x *[8]fr.Element)) *forged {
	tb.Helper()
	f := &forged{View: now, blocks: blocks, leaves: map[uint64][8]fr.Element{}, nodes: map[[2]uint64][8]fr.Element{}}
	level := map[uint64]fr.Element{}
	for age, v := range blocks {
		top, _ := v.DirNode(0, 0)
		ref := v.Ref()
		height := now.Ref().Number - age
		x := [8]fr.Element{u(poseidon.TagHistory), u(height)}
		x[2].SetBytes(ref.Hash[:16])
		x[3].SetBytes(ref.Hash[16:])
		x[4] = poseidon.H8(&top)
		if change != nil {
			change(age, &x)
		}
		f.leaves[age], level[height] = x, poseidon.H8(&x)
	}
	for l := 10; l >= 0; l-- {
		up := map[uint64]fr.Element{}
		for i, h := range level {
			k := [2]uint64{uint64(l), i >> 3}
			x := f.nodes[k]
			x[i&7] = h
			f.nodes[k] = x
			up[i>>3] = poseidon.H8(&x)
		}
		for i := range up { // with all children
			x := f.nodes[[2]uint64{uint64(l), i}]
			up[i] = poseidon.H8(&x)
		}
		level = up
	}
	f.root = level[0]
	return f
}

func (f *forged) CommitPreimage() [8]fr.Element {
	x := f.View.CommitPreimage()
	x[6] = f.root
	return x
}

func (f *forged) HistoryNode(l int, i uint64) ([8]fr.Element, bool) {
	x, ok := f.nodes[[2]uint64{uint64(l), i}]
	return x, ok
}

func (f *forged) HistoryLeaf(age uint64) ([8]fr.Element, error) { return f.leaves[age], nil }
func (f *forged) Past(age uint64) (Opener, error)               { return f.blocks[age], nil }
func (f *forged) ValueAt(age uint64, h, i uint32) ([32]byte, error) {
	v, _ := f.blocks[age].Value(h, i)
	return v, nil
}

func agedAt(tb testing.TB, v *statecache.View, age uint64) *statecache.View {
	tb.Helper()
	old, err := v.Aged(age)
	if err != nil {
		tb.Fatal(err)
	}
	return old
}

// TestAged proves reads of earlier blocks, and refuses them of other ages,
// collections, items and heights. The program reads item 2 of pool, 2 blocks ago.
func TestAged(t *testing.T) {
	v := chain(t)
	p, err := lower.Lower(stateGuest("state_read_at"))
	if err != nil {
		t.Fatal(err)
	}
	if err := ir.Check(p); err != nil {
		t.Fatal(err)
	}
	tr, res, err := trace.Run(t.Context(), p, trace.Input{State: v})
	if err != nil || res.Trap != "" {
		t.Fatal(err, res)
	}
	if tr.Output[0] != 2 || tr.Output[1] != 6 {
		t.Errorf("value %x is not that of block 6", tr.Output)
	}
	a := tight(t, p, tr, v)
	if err := check(a.Shape, a); err != nil {
		t.Fatal(err)
	}
	if err := solve(compile(t, New(a.Shape)), a.Public[:], a.W); err != nil {
		t.Error(err)
	}
	t.Logf("an aged read: %d nodes, %d entries, %d leaves", a.Used.Node, a.Used.Entry, a.Used.Leaf)

	for _, c := range []struct {
		age  uint64
		want byte
	}{{0, 8}, {1, 7}, {5, 3}} {
		p, err := lower.Lower(agedGuest(c.age))
		if err != nil {
			t.Fatal(err)
		}
		tr, res, err := trace.Run(t.Context(), p, trace.Input{State: v})
		if err != nil || res.Trap != "" || tr.Output[1] != c.want {
			t.Fatal(err, res, tr)
		}
		a := tight(t, p, tr, v)
		if err := check(a.Shape, a); err != nil {
			t.Errorf("age %d: %v", c.age, err)
		}
	}

	honest := func(more func(map[uint64]*statecache.View)) map[uint64]*statecache.View {
		m := map[uint64]*statecache.View{}
		for age := uint64(1); age <= 5; age++ {
			m[age] = agedAt(t, v, age)
		}
		if more != nil {
			more(m)
		}
		return m
	}
	attempt := func(name string, s interface {
		trace.State
		Opener
	}, want bool,
	) {
		l := &liar{p: p, state: s}
		if !l.run() {
			t.Fatalf("%s: does not end", name)
		}
		if _, err := claim(t, p, l.t, s); (err == nil) != want {
			t.Errorf("%s: %v", name, err)
		}
	}
	attempt("a history of its own", forge(t, v, honest(nil), nil), true)
	attempt("same history as the cache's", v, true)
	other := view(t, 1000, 10, map[string]int{"poll": 3, "other": 9}, "poll", "other")
	attempt("renamed collection", forge(t, v, honest(func(m map[uint64]*statecache.View) { m[2] = other }), nil), false)
	moved := view(t, 1000, 10, map[string]int{"pool": 3, "other": 9}, "other", "pool")
	attempt("collection at another place", forge(t, v, honest(func(m map[uint64]*statecache.View) { m[2] = moved }), nil), false)
	items := view(t, 1000, 10, map[string]int{"pool": 3, "other": 9}, "pool", "other")
	attempt("other items of the same name", forge(t, v, honest(func(m map[uint64]*statecache.View) { m[2] = items }), nil), false)
	attempt("leaf of another height", forge(t, v, honest(nil), func(age uint64, x *[8]fr.Element) {
		if age == 2 {
			x[1] = u(5)
		}
	}), false)
	attempt("leaf with another tag", forge(t, v, honest(nil), func(age uint64, x *[8]fr.Element) {
		if age == 2 {
			x[0] = u(poseidon.TagCommit)
		}
	}), false)
	attempt("too short then", forge(t, v, honest(func(m map[uint64]*statecache.View) { m[2] = view(t, 1000, 10, map[string]int{"pool": 2}, "pool") }), nil), false)
	for age := uint64(1); age <= 5; age++ {
		attempt("another age", otherAge{v, age}, age == 2)
	}
	attempt("another collection then", otherPast{v, elsewhere{View: agedAt(t, v, 2), handle: func(_, _ uint32) uint32 { return 2 }}}, false)
	attempt("another item then", otherPast{v, elsewhere{View: agedAt(t, v, 2), index: func(_, _ uint32) uint32 { return 1 }}}, false)
	attempt("an entry of another collection then", otherPast{v, otherEntry{agedAt(t, v, 2)}}, false)
	for l := range 11 {
		attempt("sibling swapped", bentHistory{v, l}, false)
	}
}

// otherAge answers for one age whatever is asked.
type otherAge struct {
	*statecache.View
	age uint64
}

func (o otherAge) Past(uint64) (Opener, error) { return o.View.Past(o.age) }
func (o otherAge) ValueAt(_ uint64, h, i uint32) ([32]byte, error) {
	return o.View.ValueAt(o.age, h, i)
}
func (o otherAge) HistoryLeaf(uint64) ([8]fr.Element, error) { return o.View.HistoryLeaf(o.age) }

// otherPast has another past.
type otherPast struct {
	*statecache.View
	past interface {
		trace.State
		Opener
	}
}

func (o otherPast) Past(uint64) (Opener, error) { return o.past, nil }
func (o otherPast) ValueAt(_ uint64, h, i uint32) ([32]byte, error) {
	v, _ := o.past.Value(h, i)
	return v, nil
}

// bentHistory swaps children of the history's nodes of a level.
type bentHistory struct {
	*statecache.View
	level int
}

func (b bentHistory) HistoryNode(l int, i uint64) ([8]fr.Element, bool) {
	x, ok := b.View.HistoryNode(l, i)
	if l == b.level {
		swapChildren(&x)
	}
	return x, ok
}

// TestAgeRows lies in the columns of the rows that open the past.
func TestAgeRows(t *testing.T) {
	v := chain(t)
	p, err := lower.Lower(stateGuest("state_read_at"))
	if err != nil {
		t.Fatal(err)
	}
	tr, _, err := trace.Run(t.Context(), p, trace.Input{State: v})
	if err != nil {
		t.Fatal(err)
	}
	h := newHarness(t, tight(t, p, tr, v))
	rows, _ := h.live("Past")
	if len(rows) != 1 {
		t.Fatalf("%d rows", len(rows))
	}
	col := func(n string) int { return h.column(rows[0], n) }
	set := func(n string, x fr.Element) edit { return edit{col(n), x} }
	for name, edits := range map[string][]edit{
		"another age":                        {set(".Age.L.0", u(2))},
		"another height":                     {set(".Height.0", u(5))},
		"age and height":                     {set(".Age.L.0", u(2)), set(".Height.0", u(5))},
		"age 0":                              {set(".Age.L.0", *new(fr.Element).SetInt64(-1)), set(".Height.0", u(8))},
		"age above the height":               {set(".Age.L.0", u(8)), set(".Height.0", *new(fr.Element).SetInt64(-1))},
		"weight between the limbs of height": {set(".Height.0", *new(fr.Element).SetInt64(6 - 8192)), set(".Height.1", u(1))},
		"weight between the limbs of age":    {set(".Age.L.0", *new(fr.Element).SetInt64(1 - 8192)), set(".Age.L.1", u(1))},
		"another directory":                  {set(".D", u(5))},
	} {
		if v := h.try(edits...); v.accepted() || v.lemma() || len(v.reject) == 0 {
			t.Errorf("%s: %+v", name, v)
		}
	}
}
