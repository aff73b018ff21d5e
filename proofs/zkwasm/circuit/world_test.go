package circuit

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/statecache"
)

// view is a block's state: collections in order, values from base on.
func view(tb testing.TB, time uint64, base byte, sizes map[string]int, order ...string) *statecache.View {
	tb.Helper()
	var cols []statecache.CollectionValues
	for n, name := range order {
		c := statecache.CollectionValues{Collection: statecache.Collection{Name: name}}
		for i := range sizes[name] {
			c.Items = append(c.Items, statecache.Item{Address: [20]byte{1, byte(n)}, Slot: [32]byte{31: byte(i)}, Key: [32]byte{base, 31: byte(i)}})
			c.Values = append(c.Values, [32]byte{30: byte(n), 31: base + byte(i)})
		}
		cols = append(cols, c)
	}
	v, err := statecache.FromState(31337, statecache.BlockHeader{Ref: statecache.BlockRef{Number: 7, Hash: [32]byte{9}}, Timestamp: time}, cols)
	if err != nil {
		tb.Fatal(err)
	}
	return v
}

// mixed answers with the upper levels of one block's tree and the lower ones of
// another's: level 0 takes the commitment only, 4 everything but the leaves.
type mixed struct {
	top, rest *statecache.View
	level     int
}

func (m mixed) at(level int) *statecache.View {
	if m.level >= level {
		return m.top
	}
	return m.rest
}

func (m mixed) CommitPreimage() [8]fr.Element { return m.top.CommitPreimage() }

func (m mixed) DirNode(l int, i uint32) ([8]fr.Element, bool)        { return m.at(1).DirNode(l, i) }
func (m mixed) Entry(h uint32) ([8]fr.Element, bool)                 { return m.at(2).Entry(h) }
func (m mixed) Node(h uint32, l int, i uint32) ([8]fr.Element, bool) { return m.at(3).Node(h, l, i) }
func (m mixed) Leaf(h, i uint32) ([8]fr.Element, bool)               { return m.at(4).Leaf(h, i) }
func (m mixed) ItemPreimage(h, i uint32) ([8]fr.Element, bool)       { return m.at(5).ItemPreimage(h, i) }

func (m mixed) HistoryNode(l int, i uint64) ([8]fr.Element, bool) { return m.top.HistoryNode(l, i) }
func (m mixed) HistoryLeaf(age uint64) ([8]fr.Element, error)     { return m.top.HistoryLeaf(age) }
func (m mixed) Past(age uint64) (Opener, error)                   { return m.top.Past(age) }

// TestItemSolves runs item and manifest in gnark's solver.
func TestItemSolves(t *testing.T) {
	v := view(t, 1000, 10, map[string]int{"pool": 3, "other": 9}, "pool", "other")
	for _, call := range []string{"item", "manifest"} {
		p, err := lower.Lower(stateGuest(call))
		if err != nil {
			t.Fatal(err)
		}
		l := &liar{p: p, state: v}
		if !l.run() {
			t.Fatal("does not end")
		}
		a := tight(t, p, l.t, v)
		if err := solve(compile(t, New(a.Shape)), a.Public[:], a.W); err != nil {
			t.Errorf("%s: %v", call, err)
		}
	}
}

// TestOtherBlocksTree proves a run on another block's honest tree against this
// block's commitment, for every host call that reads the state.
func TestOtherBlocksTree(t *testing.T) {
	a := view(t, 1000, 10, map[string]int{"pool": 3, "other": 9}, "pool", "other")
	b := view(t, 2000, 50, map[string]int{"pool": 4, "other": 9}, "other", "pool")
	for _, call := range []string{"state_u64", "state_read", "state_read_n", "collection", "collection_len", "block", "manifest", "item"} {
		p, err := lower.Lower(stateGuest(call))
		if err != nil {
			t.Fatal(err)
		}
		var out [2][]byte
		var runs [2]*ir.Trace
		for i, v := range []*statecache.View{a, b} {
			l := &liar{p: p, state: v}
			if !l.run() {
				t.Fatal("does not end")
			}
			runs[i], out[i] = l.t, l.t.Output
			if _, err := claim(t, p, l.t, v); err != nil {
				t.Fatalf("%s: honest run refused: %v", call, err)
			}
		}
		if bytes.Equal(out[0], out[1]) {
			t.Fatalf("%s: the blocks do not differ", call)
		}
		for level := range 5 {
			if _, err := claim(t, p, runs[1], mixed{a, b, level}); err == nil {
				t.Errorf("%s: the other block's tree was accepted, level %d", call, level)
			}
		}
		for name, o := range map[string]Opener{
			"sibling swapped":      bent{View: a, node: swapChildren},
			"directory swapped":    bent{View: a, dir: swapChildren},
			"value":                bent{View: a, leaf: func(x *[8]fr.Element) { x[3].SetUint64(77) }},
			"upper half":           bent{View: a, leaf: func(x *[8]fr.Element) { x[2].SetUint64(1) }},
			"item":                 bent{View: a, leaf: func(x *[8]fr.Element) { x[1].SetUint64(1) }},
			"address":              bent{View: a, item: func(x *[8]fr.Element) { x[1].SetUint64(8) }},
			"kind":                 bent{View: a, item: func(x *[8]fr.Element) { x[0].SetUint64(6 + 256) }},
			"lower half of a key":  bent{View: a, item: func(x *[8]fr.Element) { x[5].SetUint64(8) }},
			"items root":           bent{View: a, entry: func(x *[8]fr.Element) { x[4].SetUint64(8) }},
			"length":               bent{View: a, entry: func(x *[8]fr.Element) { x[3].SetUint64(8) }},
			"name":                 bent{View: a, entry: func(x *[8]fr.Element) { x[1].SetUint64(8) }},
			"root":                 bent{View: a, entry: func(x *[8]fr.Element) { x[5].SetUint64(8) }},
			"height in commitment": bent{View: a, commit: func(x *[8]fr.Element) { x[2].SetUint64(8) }},
		} {
			c, err := claim(t, p, runs[0], o)
			if err == nil && c.Public[1] == a.Commitment() && !unused(call, name) {
				t.Errorf("%s: %s: accepted", call, name)
			}
		}
	}
}

// unused openings of a call: no leaf is opened by names and lengths.
func unused(call, what string) bool {
	switch what {
	case "sibling swapped", "value", "upper half", "item":
		return call == "collection" || call == "collection_len" || call == "manifest"
	case "address", "kind", "lower half of a key":
		return call != "item"
	}
	return false
}

// bent is a view with one kind of opening changed.
type bent struct {
	*statecache.View
	node, dir, leaf, entry, commit, item func(*[8]fr.Element)
}

func swapChildren(x *[8]fr.Element) {
	for i := range 4 {
		x[2*i], x[2*i+1] = x[2*i+1], x[2*i]
	}
}

func bend(f func(*[8]fr.Element), x [8]fr.Element) [8]fr.Element {
	if f != nil {
		f(&x)
	}
	return x
}

func (b bent) CommitPreimage() [8]fr.Element { return bend(b.commit, b.View.CommitPreimage()) }
func (b bent) DirNode(l int, i uint32) ([8]fr.Element, bool) {
	x, ok := b.View.DirNode(l, i)
	return bend(b.dir, x), ok
}

func (b bent) Entry(h uint32) ([8]fr.Element, bool) {
	x, ok := b.View.Entry(h)
	return bend(b.entry, x), ok
}

func (b bent) Node(h uint32, l int, i uint32) ([8]fr.Element, bool) {
	x, ok := b.View.Node(h, l, i)
	return bend(b.node, x), ok
}

func (b bent) Leaf(h, i uint32) ([8]fr.Element, bool) {
	x, ok := b.View.Leaf(h, i)
	return bend(b.leaf, x), ok
}

func (b bent) ItemPreimage(h, i uint32) ([8]fr.Element, bool) {
	x, ok := b.View.ItemPreimage(h, i)
	return bend(b.item, x), ok
}

// elsewhere answers reads of one place with another place.
type elsewhere struct {
	*statecache.View
	handle, index func(h, i uint32) uint32
}

func (e elsewhere) place(h, i uint32) (uint32, uint32) {
	if e.handle != nil {
		return e.handle(h, i), i
	}
	return h, e.index(h, i)
}

func (e elsewhere) Value(h, i uint32) ([32]byte, bool) { return e.View.Value(e.place(h, i)) }

func (e elsewhere) Item(h, i uint32) (statecache.Item, bool) {
	return e.View.Item(e.place(h, i))
}

func (e elsewhere) ItemPreimage(h, i uint32) ([8]fr.Element, bool) {
	return e.View.ItemPreimage(e.place(h, i))
}

func (e elsewhere) Leaf(h, i uint32) ([8]fr.Element, bool) {
	return e.View.Leaf(e.place(h, i))
}

func (e elsewhere) ItemsRoot(h uint32) ([32]byte, bool) {
	if e.handle != nil {
		h = e.handle(h, 0)
	}
	return e.View.ItemsRoot(h)
}

// otherEntry opens collection 2 where 1 is asked for.
type otherEntry struct{ *statecache.View }

func (o otherEntry) Entry(uint32) ([8]fr.Element, bool) { return o.View.Entry(2) }

// TestWrongPlace reads other items than the program asks for, with the paths of
// those items.
func TestWrongPlace(t *testing.T) {
	a := view(t, 1000, 10, map[string]int{"pool": 9, "other": 9}, "pool", "other")
	for _, call := range []string{"state_u64", "item", "manifest"} {
		p, err := lower.Lower(stateGuest(call))
		if err != nil {
			t.Fatal(err)
		}
		for name, e := range map[string]elsewhere{
			"next index":       {View: a, index: func(_, i uint32) uint32 { return i + 1 }},
			"other branch":     {View: a, index: func(_, _ uint32) uint32 { return 8 }},
			"other collection": {View: a, handle: func(_, _ uint32) uint32 { return 2 }},
		} {
			if call == "manifest" && e.handle == nil {
				continue
			}
			l := &liar{p: p, state: e}
			if !l.run() {
				t.Fatal("does not end")
			}
			for i, o := range []Opener{a, e, otherEntry{a}} {
				if _, err := claim(t, p, l.t, o); err == nil {
					t.Errorf("%s: %s: accepted with opener %d", call, name, i)
				}
			}
		}
	}
	p, err := lower.Lower(stateGuest("state_u64"))
	if err != nil {
		t.Fatal(err)
	}
	// an index out of range, answered from inside: the operand is a lie of the
	// program, so that the row itself has to refuse it
	for _, index := range []uint64{9, 2 + 64, 2 + 8, 1 << 31} {
		l := &liar{p: p, state: a}
		l.pure = func(_ int, s *ir.PureStep) {
			if s.Op.Op == ir.OpLeaf {
				s.B = index
				s.R = [5]uint64{12}
			}
		}
		l.run()
		o := elsewhere{View: a, index: func(_, i uint32) uint32 { return 2 }}
		c, err := claim(t, p, l.t, o)
		if err == nil {
			t.Errorf("index %d: accepted", index)
		}
		if c == nil {
			continue
		}
		n, err := nativeCheck(c.Shape, c.W, c.Public[:], nil)
		if err != nil || !bytes.Contains([]byte(fmt.Sprint(n.unbalanced())), []byte("range")) && index >= 64 {
			t.Errorf("index %d: refused by %v only", index, n.unbalanced())
		}
	}
}
