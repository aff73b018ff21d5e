package circuit

import (
	"encoding/binary"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/statecache"
	"vmhost/statecache/poseidon"
)

// findOther answers a search with the collection whose name differs in one limb.
func findOther(limb int) func(h *harness) [][]edit {
	return func(h *harness) [][]edit {
		rows, _ := h.live("Find")
		if len(rows) <= limb+1 {
			return nil
		}
		var e []edit
		for _, n := range []string{[]string{".H.A", ".H.B", ".C", ".D"}[limb], ".R", ".Length", ".P8"} {
			e = append(e, h.edit(rows[0], n, h.val(rows[limb+1], n)))
		}
		return [][]edit{e}
	}
}

// readOther answers a read with another item: that of another operand, or of
// the neighbouring place in the tree.
func readOther(kind string, operand bool) func(h *harness) [][]edit {
	return func(h *harness) [][]edit {
		rows, _ := h.live(kind)
		if len(rows) < 2 {
			return nil
		}
		a, b := rows[0], rows[1] // items 1 and 2 of one collection
		if operand {
			e := h.copyRow(a, b)
			for _, n := range []string{".H.S", ".H.S2", ".H.Bs"} {
				e = append(e, h.edit(a, n, h.val(a, n)))
			}
			return [][]edit{e}
		}
		p8 := h.val(a, ".RoomP8.L.0")
		e := []edit{h.edit(a, ".RoomP8.L.0", plus(p8, pow2(0)))}
		for _, c := range h.columns(b) { // what is read: limbs or bytes
			if n := h.names[c]; n == ".Inv" || n == ".Z" || strings.HasPrefix(n, ".L.") || strings.HasPrefix(n, ".Bytes.") {
				e = append(e, h.edit(a, n, h.cells[c].e))
			}
		}
		return [][]edit{e}
	}
}

// ownTree is the tree of a maker who lies in one directory entry, with all
// hashes above it right.
type ownTree struct {
	*statecache.View
	handle  uint32
	entry   [8]fr.Element
	dirs    map[[2]uint32][8]fr.Element
	commit  [8]fr.Element
	replace map[[2]uint32][2]uint32 // nodes and directory nodes asked for by other names
	leafOf  func(uint32) uint32
}

func treeWith(tb testing.TB, v *statecache.View, handle uint32, lie func(*[8]fr.Element)) *ownTree {
	tb.Helper()
	o := &ownTree{View: v, handle: handle, dirs: map[[2]uint32][8]fr.Element{}, commit: v.CommitPreimage()}
	x, ok := v.Entry(handle)
	if !ok {
		tb.Fatal("no entry")
	}
	lie(&x)
	o.entry = x
	h := poseidon.H8(&x)
	for level := 3; level >= 0; level-- {
		i := handle >> (3 * (4 - level))
		n, ok := v.DirNode(level, i)
		if !ok {
			tb.Fatal("no directory node")
		}
		n[handle>>(3*(3-level))&7] = h
		o.dirs[[2]uint32{uint32(level), i}] = n
		h = poseidon.H8(&n)
	}
	o.commit[5] = h
	return o
}

func (o *ownTree) CommitPreimage() [8]fr.Element { return o.commit }

func (o *ownTree) DirNode(l int, i uint32) ([8]fr.Element, bool) {
	k := [2]uint32{uint32(l), i}
	if to, ok := o.replace[k]; ok {
		k = to
	}
	if x, ok := o.dirs[k]; ok {
		return x, true
	}
	return o.View.DirNode(int(k[0]), k[1])
}

func (o *ownTree) Entry(h uint32) ([8]fr.Element, bool) {
	if h == o.handle {
		return o.entry, true
	}
	return o.View.Entry(h)
}

func (o *ownTree) Node(h uint32, l int, i uint32) ([8]fr.Element, bool) {
	if o.leafOf != nil { // asked for the root's grandchildren by a wrong depth
		return o.View.Node(h, 1, 0)
	}
	return o.View.Node(h, l, i)
}

func (o *ownTree) Leaf(h, i uint32) ([8]fr.Element, bool) {
	if o.leafOf != nil {
		i = o.leafOf(i)
	}
	return o.View.Leaf(h, i)
}

// readOne is a program that reads one item, or with op the length.
func readOne(t *testing.T, op ir.Op, handle, index uint64) *ir.Program {
	t.Helper()
	k := ir.Ref{Slot: ir.SlotFirst, Const: true}
	x := &ir.Pure{Op: op, Dst: ir.SlotFirst + 8, A: ir.Ref{Slot: ir.SlotFirst + 1}}
	if op == ir.OpLeaf {
		x.B = k
	}
	return straight(t, ir.Program{
		Pages: 1, Consts: []ir.Const{{Slot: k.Slot, Value: index}}, Data: []ir.Datum{{Value: handle}},
	},
		ir.Instr{Mem: &ir.Mem{Width: 4, Addr: ir.Zero(), Dst: ir.SlotFirst + 1}}, ir.Instr{Pure: x},
		ir.Instr{Mem: &ir.Mem{Store: true, Width: 8, Addr: ir.Zero(), Imm: 8, Val: ir.Ref{Slot: x.Dst}}})
}

// openToo opens a node in an unused row.
func openToo(at *columnsOf, a *Assignment, tree uint64, g int64, x [8]fr.Element) {
	n := 0
	for i := range at.h.units {
		if at.h.units[i].kind == "Node" {
			n = i
		}
	}
	at.set(a, n, ".Tree", int64(tree))
	at.set(a, n, ".G", g)
	for k := range x {
		a.W[at.h.column(n, ".X."+strconv.Itoa(k))] = x[k]
	}
}

// pastLength reads item 4 of a list whose entry says that it has 4 items.
func pastLength(t *testing.T, label string) {
	t.Helper()
	v := readsView(t)
	p := readOne(t, ir.OpLeaf, 1, 4)
	o := treeWith(t, v, 1, func(x *[8]fr.Element) { x[3].SetUint64(4) })
	l := &liar{p: p, state: v}
	l.run()
	forgery{p: p, t: l.t, o: o, fix: func(at *columnsOf, a *Assignment) {
		row := at.row("Read")
		at.set(a, row, ".Room.L.0", -1)
		at.set(a, row, ".Room.L.1", 0)
		at.set(a, row, ".Room.L.2", 0)
	}}.must(t, label)
}

// pastDepth reads item 56 of a list of depth 1, whose place is a leaf of the
// level below.
func pastDepth(t *testing.T, label string) {
	t.Helper()
	v := readsView(t)
	p := readOne(t, ir.OpLeaf, 1, 56)
	o := treeWith(t, v, 1, func(x *[8]fr.Element) {
		x[2].SetUint64(1)
		x[3].SetUint64(100)
	})
	o.leafOf = func(uint32) uint32 { return 0 }
	l := &liar{p: p, state: elsewhere{View: v, index: func(_, _ uint32) uint32 { return 0 }}}
	l.run()
	forgery{p: p, t: l.t, o: o, fix: func(at *columnsOf, a *Assignment) {
		row := at.row("Read")
		at.set(a, row, ".RoomP8.L.0", -49)
		at.set(a, row, ".RoomP8.L.1", 0)
		at.set(a, row, ".RoomP8.L.2", 0)
		root, _ := v.Node(1, 0, 0)
		openToo(at, a, treeFirst+1, 1, root)
	}}.must(t, label)
}

// longList has a length that is no i32.
func longList(t *testing.T, label string) {
	t.Helper()
	v := readsView(t)
	p := readOne(t, ir.OpLen, 1, 0)
	o := treeWith(t, v, 1, func(x *[8]fr.Element) { x[3].SetUint64(1<<32 + 5) })
	l := &liar{p: p, state: v, pure: func(_ int, s *ir.PureStep) { s.R[0] = 1<<32 + 5 }}
	l.run()
	forgery{p: p, t: l.t, o: o}.must(t, label)
}

// deepEntry is an entry a level below the directory's, under the place of
// collection 0.
func deepEntry(t *testing.T, label string) {
	t.Helper()
	const handle = 8*dirLeaf - dirLeaf
	v := readsView(t)
	var below [8]fr.Element
	entry, _ := v.Entry(1)
	below[0] = poseidon.H8(&entry)
	o := treeWith(t, v, 0, func(x *[8]fr.Element) { *x = below })
	o.entry, o.handle = entry, handle
	o.dirs[[2]uint32{4, 0}] = below
	o.replace = map[[2]uint32][2]uint32{{0, 7}: {1, 0}, {1, 56}: {2, 0}, {2, 448}: {3, 0}, {3, 3584}: {4, 0}}
	p := readOne(t, ir.OpLen, handle, 0)
	l := &liar{p: p, state: v, pure: func(_ int, s *ir.PureStep) { s.R[0] = entry[3].Uint64() }}
	l.run()
	forgery{p: p, t: l.t, o: o, fix: func(at *columnsOf, a *Assignment) {
		openToo(at, a, treeDirectory, 1, o.dirs[[2]uint32{0, 0}])
	}}.must(t, label)
}

// bytesCarry takes one of a byte for 2^8 of the next: the number is the same.
func bytesCarry(kind string) func(h *harness) [][]edit {
	return func(h *harness) (out [][]edit) {
		rows, _ := h.live(kind)
		for _, i := range rows {
			for k := 0; ; k++ {
				a, b := fmt.Sprintf(".Bytes.%d", k), fmt.Sprintf(".Bytes.%d", k+1)
				if !slices.Contains(h.names[h.units[i].lo:h.units[i].hi], b) {
					break
				}
				x, y := h.val(i, a), h.val(i, b)
				out = append(out, []edit{h.edit(i, a, plus(x, neg(1))), h.edit(i, b, plus(y, pow2(8)))})
			}
		}
		return out
	}
}

// aliasRoot claims that the items root 5, of a tree of the prover's own, has the
// bytes of 5 + r. The difference to r - 1 is then -6.
func aliasRoot(fix func(at *columnsOf, a *Assignment, row int)) func(*testing.T, string) {
	return func(t *testing.T, label string) {
		v := readsView(t)
		p := readOne(t, ir.OpManifest, 1, 0)
		o := treeWith(t, v, 1, func(x *[8]fr.Element) { x[4].SetUint64(5) })
		var alias [32]byte
		new(big.Int).Add(fr.Modulus(), big.NewInt(5)).FillBytes(alias[:])
		l := &liar{p: p, state: v, pure: func(_ int, s *ir.PureStep) { setWords(s, alias[:]) }}
		l.run()
		forgery{p: p, t: l.t, o: o, fix: func(at *columnsOf, a *Assignment) {
			row := at.row("Manifest")
			for k, b := range alias {
				at.set(a, row, fmt.Sprintf(".Bytes.%d", k), int64(b))
			}
			for k := range 4 {
				for j := range 5 {
					at.set(a, row, fmt.Sprintf(".D.%d.L.%d", k, j), 0)
				}
			}
			at.set(a, row, ".Carry", 0)
			fix(at, a, row)
		}}.must(t, label)
	}
}

// otherOperand reads with operands that are not those of the program.
func otherOperand(call string, change func(v *statecache.View, s *ir.PureStep)) func(*testing.T, string) {
	return func(t *testing.T, label string) {
		v := chain(t)
		p, err := lower.Lower(stateGuest(call))
		if err != nil {
			t.Fatal(err)
		}
		l := &liar{p: p, state: v, pure: func(_ int, s *ir.PureStep) {
			if s.Op.Op == ir.OpAged {
				change(v, s)
			}
		}}
		if !l.run() {
			t.Fatal("does not end")
		}
		forgery{p: p, t: l.t, o: v}.must(t, label)
	}
}

// otherPastOf reads a block two heights ago in which the list has another name
// or other items; the column is that of now or of then.
func otherPastOf(column string, ofThen bool) func(*testing.T, string) {
	return func(t *testing.T, label string) {
		v := chain(t)
		p, err := lower.Lower(stateGuest("state_read_at"))
		if err != nil {
			t.Fatal(err)
		}
		blocks := map[uint64]*statecache.View{}
		for age := uint64(1); age <= 5; age++ {
			blocks[age] = agedAt(t, v, age)
		}
		if blocks[2] = view(t, 1000, 10, map[string]int{"pool": 3}, "pool"); column == ".Name" {
			blocks[2] = agedAt(t, chainOf(t, "poll"), 2)
		}
		s := forge(t, v, blocks, nil)
		l := &liar{p: p, state: s}
		if !l.run() {
			t.Fatal("does not end")
		}
		forgery{p: p, t: l.t, o: s, fix: func(at *columnsOf, a *Assignment) {
			from := v
			if ofThen {
				from = blocks[2]
			}
			x, _ := from.Entry(1)
			if column == ".Item" {
				x, _ = from.Leaf(1, 2)
			}
			a.W[at.h.column(at.row("Aged"), column)] = x[1]
		}}.must(t, label)
	}
}

func stateRuns() map[string]func(*testing.T, string) {
	return map[string]func(*testing.T, string){
		"aged.b": otherOperand("state_read_at", func(v *statecache.View, s *ir.PureStep) {
			s.B = 2
			x, _ := v.ValueAt(s.A, 2, uint32(s.C))
			setWords4(s, x)
		}),
		"aged.c": otherOperand("state_read_at", func(v *statecache.View, s *ir.PureStep) {
			s.C = 1
			x, _ := v.ValueAt(s.A, uint32(s.B), 1)
			setWords4(s, x)
		}),
		"aged.now.entry": otherPastOf(".Name", true), "aged.then.entry": otherPastOf(".Name", false),
		"aged.item-now": otherPastOf(".Item", true), "aged.item-then": otherPastOf(".Item", false),
		"manifest.canonical-low": aliasRoot(func(*columnsOf, *Assignment, int) {}),
		"manifest.below":         aliasRoot(func(at *columnsOf, a *Assignment, row int) { at.set(a, row, ".D.0.L.0", -6) }),
		"manifest.canonical-high": aliasRoot(func(at *columnsOf, a *Assignment, row int) { // 2^128 - 6
			for k, v := range []uint64{1<<64 - 6, 1<<64 - 1} {
				for j, x := range split64(v).L {
					a.W[at.h.column(row, fmt.Sprintf(".D.%d.L.%d", k, j))] = x
				}
			}
			at.set(a, row, ".Carry", 1)
		}),
		"read.length": pastLength, "read.depth": pastDepth, "entry.length": longList, "entry.handle": deepEntry,
	}
}

// setWords4 sets the limbs of a value, least first.
func setWords4(s *ir.PureStep, v [32]byte) {
	for i := range 4 {
		s.R[i] = binary.BigEndian.Uint64(v[24-8*i:])
	}
}
