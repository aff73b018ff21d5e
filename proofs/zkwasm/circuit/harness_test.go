package circuit

import (
	"sort"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
)

// harness judges changes of an honest witness as an adaptive prover would make
// them: all free multiplicities are chosen anew for every change, so a
// rejection is never only a wrong counter. It evaluates the rows that a change
// touches, not the circuit: constant tables are predicates, and the balance of
// the buses is kept as a difference to the honest one.
type harness struct {
	sh    Shape
	pub   [NumPublic]V
	cells []cell
	w     []V
	names []string
	units []unit
	of    []int // unit of a column, -1 for the tables
	skip  map[string]bool
	b     *builder // evaluates units, one at a time
	nat   *native
	// labels of constraints; false for offers, which refuse nothing
	labels map[string]bool
	table  map[tupleKey]*tally // tuples of the constant tables
	sums   []map[tupleKey]*tally
	all    map[tupleKey]*account
}

// unit is a piece of the circuit that is evaluated on its own: a row, or a
// whole ordered chip.
type unit struct {
	kind   string
	lo, hi int
	act    int // column that says whether the row is in use, or -1
	labels map[string]bool
	eval   func(c *columns)
}

// account is the balance of one tuple without the free multiplicities.
type account struct {
	sum       fr.Element
	free, pos int // units that offer it freely, or produce it exactly
}

func newHarness(tb testing.TB, a *Assignment) *harness {
	tb.Helper()
	h := &harness{
		sh: a.Shape, skip: map[string]bool{}, all: map[tupleKey]*account{},
		nat: newNative(), labels: map[string]bool{},
	}
	for i := range a.Public {
		h.pub[i] = wrap(a.Public[i])
	}
	h.cells, h.w, h.names = make([]cell, len(a.W)), make([]V, len(a.W)), make([]string, len(a.W))
	for i := range a.W {
		h.cells[i] = cell{e: a.W[i], col: i}
		h.w[i] = &h.cells[i]
	}
	h.layout(tb)
	h.of = make([]int, len(a.W))
	for i := range h.of {
		h.of[i] = -1
	}
	h.sums = make([]map[tupleKey]*tally, len(h.units))
	// twice: the first time finds the free multiplicities and clears them
	for pass := range 2 {
		for i := range h.units {
			u := &h.units[i]
			sums, bad := h.eval(i)
			if pass == 0 {
				for _, t := range sums {
					if t.free >= 0 {
						h.cells[t.free].e.SetZero()
						h.names[t.free] = "mult"
					}
				}
				continue
			}
			if len(bad) > 0 {
				tb.Fatalf("honest witness: %s violates %v", u.kind, bad)
			}
			for c := u.lo; c < u.hi; c++ {
				h.of[c] = i
			}
			h.sums[i] = sums
			h.book(i, sums, 1)
		}
	}
	for k, acc := range h.all {
		if !h.balanced(k, acc) {
			tb.Fatalf("honest witness: %s is not balanced", k.bus)
		}
	}
	return h
}

// layout has the circuit itself say what its units are, in their order.
func (h *harness) layout(tb testing.TB) {
	tb.Helper()
	h.nat.balance = map[tupleKey]*tally{}
	h.nat.violated = map[string]int{}
	h.b = &builder{nat: h.nat, skip: h.skip}
	h.b.told = func(kind string, lo, hi int, f func(*columns)) {
		if kind != "tables" {
			h.units = append(h.units, unit{kind: kind, lo: lo, hi: hi, act: -1, eval: f})
			return
		}
		h.nat.balance = map[tupleKey]*tally{}
		f(&columns{w: h.w, next: lo})
		h.table = h.nat.balance
	}
	h.b.define(h.sh, &columns{w: h.w}, h.pub[:])
	if h.b.err != nil {
		tb.Fatal(h.b.err)
	}
}

// eval evaluates one unit on the present columns.
func (h *harness) eval(i int) (map[tupleKey]*tally, map[string]int) {
	u := &h.units[i]
	n := h.nat
	n.balance, n.violated = map[tupleKey]*tally{}, map[string]int{}
	c := &columns{w: h.w, next: u.lo}
	if u.labels == nil {
		n.labels = map[string]bool{}
		c.name = func(col int, path string) {
			if h.names[col] = path; strings.HasSuffix(path, ".Act") {
				u.act = col
			}
		}
	}
	u.eval(c)
	if u.labels == nil {
		u.labels = n.labels
		for l, refuses := range n.labels {
			h.labels[l] = h.labels[l] || refuses
		}
		n.labels = map[string]bool{}
	}
	return n.balance, n.violated
}

// usable says whether a unit may set its free multiplicities: rows out of use
// must not.
func (h *harness) usable(i int) bool {
	u := &h.units[i]
	if u.act < 0 {
		return true
	}
	for l := range u.labels {
		if strings.HasSuffix(l, ".unused") {
			return h.skip[l] || h.cells[u.act].e.IsOne()
		}
	}
	return true
}

func (h *harness) book(i int, sums map[tupleKey]*tally, sign int) {
	offers := h.usable(i)
	for k, t := range sums {
		acc := h.all[k]
		if acc == nil {
			acc = &account{}
			h.all[k] = acc
		}
		if t.free >= 0 && offers {
			acc.free += sign
		}
		if positive(t.sum) {
			acc.pos += sign
		}
		if sign > 0 {
			acc.sum.Add(&acc.sum, &t.sum)
		} else {
			acc.sum.Sub(&acc.sum, &t.sum)
		}
	}
}

// harmless tuples are read by nobody: nodes of the pads' tree.
func harmless(k tupleKey) bool { return k.bus == busNode && k.p[2].IsZero() }

func positive(e fr.Element) bool { return !e.IsZero() && e.IsUint64() }

func (h *harness) balanced(k tupleKey, acc *account) bool {
	return acc.sum.IsZero() || acc.free > 0 || h.table[k] != nil
}

// edit sets a column, or a public input if col is below 0 (-1 is input 0).
type edit struct {
	col int
	val fr.Element
}

// verdict on edits.
type verdict struct {
	// reject is what refuses the edits in the whole circuit.
	reject []string
	// local is what refuses them in the touched rows alone, given everything
	// that the honest run offers: what a prover who recomputes everything
	// downstream has to get past.
	local []string
	// lies are the tuples now offered that the honest run does not offer.
	lies []string
}

// accepted says whether a false statement got through the whole circuit.
func (v verdict) accepted() bool { return len(v.reject) == 0 && len(v.lies) > 0 }

// lemma says whether the touched rows prove something false.
func (v verdict) lemma() bool { return len(v.local) == 0 && len(v.lies) > 0 }

// try judges edits and takes them back.
func (h *harness) try(edits ...edit) (v verdict) {
	dirty := map[int]bool{}
	var undo []edit
	for _, e := range edits {
		if e.col < 0 {
			undo = append(undo, edit{e.col, nat(h.pub[-1-e.col])})
			h.pub[-1-e.col] = wrap(e.val)
			dirty[0] = true
			v.lies = append(v.lies, "public input")
			continue
		}
		undo = append(undo, edit{e.col, h.cells[e.col].e})
		h.cells[e.col].e = e.val
		dirty[h.of[e.col]] = true
		if h.of[e.col] == 0 { // others read the fixed columns
			for i := range h.units {
				if h.units[i].kind == "Grow" || h.whole(i) && (h.units[i].kind != "program" || e.col < 16) { // public copies, entry, halt, pages
					dirty[i] = true
				}
			}
		}
	}
	h.judge(dirty, &v)
	for i := len(undo) - 1; i >= 0; i-- {
		if e := undo[i]; e.col < 0 {
			h.pub[-1-e.col] = wrap(e.val)
		} else {
			h.cells[e.col].e = e.val
		}
	}
	return v
}

func (h *harness) judge(dirty map[int]bool, v *verdict) {
	reject, local, lies := map[string]bool{}, map[string]bool{}, map[string]bool{}
	now := map[int]map[tupleKey]*tally{}
	touched := map[tupleKey]bool{}
	honest := map[tupleKey]bool{} // offered by the honest run
	for i := range dirty {
		sums, bad := h.eval(i)
		now[i] = sums
		for l := range bad {
			reject[l], local[l] = true, true
		}
		for _, m := range []map[tupleKey]*tally{sums, h.sums[i]} {
			for k := range m {
				touched[k] = true
				if acc := h.all[k]; acc != nil && (acc.free > 0 || acc.pos > 0) {
					honest[k] = true
				}
			}
		}
	}
	h.swap(dirty, now, honest, local, lies)
	for k := range touched {
		if acc := h.all[k]; acc != nil && !h.balanced(k, acc) {
			reject[k.bus.String()] = true
		}
	}
	for i := range dirty {
		h.book(i, now[i], -1)
	}
	h.restore(dirty)
	v.reject, v.local, v.lies = keys(reject), keys(local), append(v.lies, keys(lies)...)
}

// swap takes the honest tuples of the dirty units out, looks what the new ones
// read and offer, and puts those in.
func (h *harness) swap(dirty map[int]bool, now map[int]map[tupleKey]*tally, honest map[tupleKey]bool, local, lies map[string]bool) {
	h.unbook(dirty)
	for i := range dirty {
		offers := h.usable(i)
		for k, t := range now[i] {
			gives := t.free >= 0 && offers || positive(t.sum)
			if gives && !honest[k] && !harmless(k) {
				lies[k.bus.String()] = true
			}
			if t.sum.IsZero() || gives || h.table[k] != nil {
				continue
			}
			if acc := h.all[k]; acc == nil || acc.free == 0 && acc.pos == 0 {
				local[k.bus.String()] = true
			}
		}
	}
	for i := range dirty {
		h.book(i, now[i], 1)
	}
}

// unbook takes the honest tuples of units out. Whether they offer depends on
// columns that are changed already, so the act columns are asked of the record.
func (h *harness) unbook(dirty map[int]bool) {
	for i := range dirty {
		h.withHonestAct(i, func() { h.book(i, h.sums[i], -1) })
	}
}

func (h *harness) restore(dirty map[int]bool) {
	for i := range dirty {
		h.withHonestAct(i, func() { h.book(i, h.sums[i], 1) })
	}
}

// withHonestAct runs f with the act column that the recorded sums belong to.
func (h *harness) withHonestAct(i int, f func()) {
	u := &h.units[i]
	if u.act < 0 {
		f()
		return
	}
	changed := h.cells[u.act].e
	h.cells[u.act].e = h.honestAct(i)
	f()
	h.cells[u.act].e = changed
}

// honestAct derives the flag from what the unit read: idle rows read nothing
// but range tables.
func (h *harness) honestAct(i int) (e fr.Element) {
	for k, t := range h.sums[i] {
		if k.bus != busRange && !t.sum.IsZero() {
			e.SetOne()
			return e
		}
	}
	return e
}

func keys(m map[string]bool) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// live lists the units of a kind that are in use, and one that is not.
func (h *harness) live(kind string) (live, idle []int) {
	for i := range h.units {
		if h.units[i].kind != kind {
			continue
		}
		if h.inUse(i) {
			live = append(live, i)
		} else {
			idle = append(idle, i)
		}
	}
	return live, idle
}

// inUse says whether a row is no pad: pads read opcode words of pad entries,
// edge 0 or nothing.
func (h *harness) inUse(i int) bool {
	for k, t := range h.sums[i] {
		if t.sum.IsZero() || positive(t.sum) {
			continue
		}
		switch k.bus {
		case busRomP, busRomE:
			return !k.p[1].Equal(padSlot())
		case busRomK, busToken:
			return !k.p[0].IsZero()
		case busNode:
			return !k.p[2].IsZero()
		}
	}
	return h.units[i].act < 0 && len(h.sums[i]) > 0 && h.whole(i)
}

// whole says whether a unit is the only one of its kind: a part, not a row.
func (h *harness) whole(i int) bool {
	kind := h.units[i].kind
	return (i == 0 || h.units[i-1].kind != kind) && (i+1 == len(h.units) || h.units[i+1].kind != kind)
}

func padSlot() *fr.Element {
	e := u(uint64(ir.SlotPad0))
	return &e
}

// tamperShape is just large enough for a run, with an unused row of each chip.
func tamperShape(used Shape) Shape {
	s := used
	s.Name = "tamper"
	s.Spine += 2
	if s.Keccak > 0 { // its tables and its state come with the first
		s.Keccak++
	}
	for _, n := range []*int{&s.Load64, &s.Store64, &s.Load32, &s.Store32, &s.LoadPart, &s.StorePart, &s.LoadAny, &s.StoreAny, &s.Grow, &s.Linear, &s.Grown, &s.Globals, &s.Input} {
		*n++
	}
	for _, n := range []*int{
		&s.Move, &s.Link, &s.Add32, &s.Add64, &s.Cmp, &s.Eq, &s.Bit, &s.Mul32, &s.Mul64, &s.Div, &s.Sel, &s.Pow, &s.Split,
		&s.Load64, &s.Store64, &s.Load32, &s.Store32, &s.LoadPart, &s.StorePart, &s.LoadAny, &s.StoreAny, &s.Grow, &s.Linear, &s.Grown, &s.Globals, &s.Input,
		&s.Node, &s.Entry, &s.Leaf, &s.Read, &s.Len, &s.Find, &s.Manifest, &s.Item, &s.Past, &s.Aged, &s.RomP, &s.RomE,
	} {
		*n++
	}
	return s
}
