package circuit

import (
	"strings"
	"testing"

	"vmhost/proofs/zkwasm/ir"
)

// straight is a program of one block.
func straight(tb testing.TB, p ir.Program, body ...ir.Instr) *ir.Program {
	tb.Helper()
	p.Entry, p.Halt, p.MaxPages = 1, 2, p.Pages
	p.Regions = []ir.CodeRegion{{Kind: ir.KindStart, Blocks: []uint32{1, 2}}}
	p.Blocks = []ir.Block{
		{PC: 1, Body: body, Term: ir.Term{Kind: ir.TermJump, Edges: [2]ir.Edge{{Target: 2}}}},
		{PC: 2, Term: ir.Term{Kind: ir.TermHalt}},
	}
	if err := ir.Check(&p); err != nil {
		tb.Fatal(err)
	}
	return &p
}

// forgery is a false run: the trace is laid out for the program, then fix sets
// columns by hand.
type forgery struct {
	p    *ir.Program
	t    *ir.Trace
	o    Opener // nil: no state
	rows int    // of the spine, 0 for a few more than needed
	fix  func(at *columnsOf, a *Assignment)
}

// forged reports whether the circuit takes the forgery without a constraint; it
// must not with it.
func (f forgery) forged(t *testing.T, label string) bool {
	t.Helper()
	if f.o == nil {
		f.o = noState{}
	}
	sh := tamperShape(measureAny(f.p, f.t, f.o))
	if f.rows > 0 {
		sh.Spine = f.rows
	}
	a, err := Assign(sh, f.p, f.t, f.o)
	if err != nil {
		t.Log(err)
		return false
	}
	if f.fix != nil {
		f.fix(namesOf(t, a), a)
	}
	skip := map[string]bool{label: true}
	recount(t, a, skip)
	if !accepts(t, a, skip) {
		return false
	}
	recount(t, a, nil)
	if accepts(t, a, nil) {
		t.Errorf("%s: a false run is accepted", label)
	}
	return true
}

func (f forgery) must(t *testing.T, label string) {
	t.Helper()
	if !f.forged(t, label) {
		t.Errorf("%s: the forgery is refused without it", label)
	}
}

// columnsOf finds columns of a layout by name, or by the path of an array.
type columnsOf struct{ h *harness }

func namesOf(tb testing.TB, a *Assignment) *columnsOf {
	tb.Helper()
	h := &harness{sh: a.Shape, skip: map[string]bool{}, nat: newNative(), names: make([]string, len(a.W)), labels: map[string]bool{}}
	for i := range a.Public {
		h.pub[i] = wrap(a.Public[i])
	}
	h.cells, h.w = make([]cell, len(a.W)), make([]V, len(a.W))
	for i := range a.W {
		h.cells[i] = cell{e: a.W[i], col: i}
		h.w[i] = &h.cells[i]
	}
	h.layout(tb)
	for i := range h.units {
		h.eval(i)
	}
	return &columnsOf{h}
}

func (c *columnsOf) find(kind, part string) (out []int) {
	for i := range c.h.units {
		for k := c.h.units[i].lo; c.h.units[i].kind == kind && k < c.h.units[i].hi; k++ {
			if name := c.h.names[k]; name == part || strings.HasSuffix(part, ".") && strings.HasPrefix(name, part) {
				out = append(out, k)
			}
		}
	}
	return out
}

// row is the first unit of a kind.
func (c *columnsOf) row(kind string) int {
	for i := range c.h.units {
		if c.h.units[i].kind == kind {
			return i
		}
	}
	panic("no row of " + kind)
}

// set gives a column of a unit a value.
func (c *columnsOf) set(a *Assignment, unit int, name string, v int64) {
	a.W[c.h.column(unit, name)].SetInt64(v)
}
