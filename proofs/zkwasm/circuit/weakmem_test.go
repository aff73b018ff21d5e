package circuit

import (
	"testing"

	"vmhost/proofs/zkwasm/ir"
)

// TestWeakMemory: cheats that need several chips at once, on circuits without
// the checks of the memory's cells. With all constraints they are refused.
func TestWeakMemory(t *testing.T) {
	straight := func(pages uint32, body ...ir.Instr) *ir.Program {
		p := &ir.Program{
			Entry: 1, Halt: 2, Pages: pages, MaxPages: pages,
			Regions: []ir.CodeRegion{{Kind: ir.KindStart, Blocks: []uint32{1, 2}}},
			Blocks: []ir.Block{
				{PC: 1, Body: body, Term: ir.Term{Kind: ir.TermJump, Edges: [2]ir.Edge{{Target: 2}}}},
				{PC: 2, Term: ir.Term{Kind: ir.TermHalt}},
			},
		}
		if err := ir.Check(p); err != nil {
			t.Fatal(err)
		}
		return p
	}
	verdict := func(a *Assignment, labels ...string) bool {
		skip := map[string]bool{}
		for _, l := range labels {
			skip[l] = true
		}
		recount(t, a, skip)
		return accepts(t, a, skip)
	}
	lay := func(p *ir.Program, tr *ir.Trace) (*Assignment, *columnsOf) {
		a, err := Assign(tamperShape(measure(t, p, tr, noState{})), p, tr, noState{})
		if err != nil {
			t.Fatal(err)
		}
		return a, namesOf(t, a)
	}

	// a load behind the end of the memory
	p := straight(1, ir.Instr{Mem: &ir.Mem{Width: 8, Addr: ir.Zero(), Imm: 65544, Dst: ir.SlotFirst}})
	l := &liar{p: p}
	l.run()
	a, at := lay(p, l.t)
	if verdict(a) {
		t.Error("out of bounds: accepted")
	}
	if !verdict(a, "cells.limit") {
		t.Error("out of bounds: refused without cells.limit")
	}
	// limit = q + 1 + room, room below 0
	for _, c := range at.find("fixed", ".Room.L.") {
		a.W[c].SetZero()
	}
	a.W[at.find("fixed", ".Room.L.0")[0]].SetInt64(-2)
	if verdict(a) {
		t.Error("out of bounds with negative room: accepted")
	}
	if !verdict(a, "cells.room") {
		t.Error("out of bounds: refused without cells.room")
	}

	// a load that takes what is stored after it
	for chip, width := range map[string]uint8{"load64": 8, "load32": 4, "load-part": 1, "load-any": 2} {
		p = straight(1,
			ir.Instr{Mem: &ir.Mem{Width: width, Addr: ir.Zero(), Imm: uint32(width & 2 >> 1), Dst: ir.SlotFirst}}, // width 2 at 1
			ir.Instr{Mem: &ir.Mem{Store: true, Width: 8, Addr: ir.Zero(), Val: ir.Ref{Slot: ir.SlotOne, Const: true}}})
		l = &liar{p: p}
		l.run()
		m := &l.t.Mem[0]
		m.Val, m.Cells[0].Old, m.Cells[0].New, m.Cells[0].PrevTau = 1, 1, 1, 2
		if width == 2 {
			m.Val = 0
		}
		l.t.Mem[1].Cells[0].PrevTau = 0
		l.t.Cells[0].FinalTau = 1
		a, at = lay(p, l.t)
		kind := map[string]string{"load64": "Load64", "load32": "Load32", "load-part": "LoadPart", "load-any": "LoadAny"}[chip]
		age := at.find(kind, ".E.Age.L.")
		a.W[age[0]].SetInt64(-2)
		a.W[age[1]].SetZero()
		if verdict(a) {
			t.Errorf("%s of the future: accepted", chip)
		}
		if !verdict(a, chip+".age") {
			t.Errorf("%s of the future: refused without its age", chip)
		}
	}

	// a second copy of a cell: the load after the store still reads 0
	p = straight(1,
		ir.Instr{Mem: &ir.Mem{Store: true, Width: 8, Addr: ir.Zero(), Val: ir.Ref{Slot: ir.SlotOne, Const: true}}},
		ir.Instr{Mem: &ir.Mem{Width: 8, Addr: ir.Zero(), Dst: ir.SlotFirst}})
	l = &liar{p: p}
	l.run()
	m := &l.t.Mem[1]
	m.Val, m.Cells[0].Old, m.Cells[0].New, m.Cells[0].PrevTau = 0, 0, 0, 0
	l.t.Cells[0].FinalTau = 1
	l.t.Cells = append(l.t.Cells, ir.Cell{FinalTau: 2})
	a, at = lay(p, l.t)
	gap := at.find("Linear", ".Gap.L.")[2:4]
	for _, c := range gap {
		a.W[c].SetZero()
	}
	if verdict(a) {
		t.Error("cell twice: accepted")
	}
	if !verdict(a, "cells.order") {
		t.Error("cell twice: refused without cells.order")
	}
	a.W[gap[0]].SetInt64(-1)
	if verdict(a) {
		t.Error("cell twice with a negative gap: accepted")
	}
	if !verdict(a, "cells.gap") {
		t.Error("cell twice: refused without cells.gap")
	}
}

// columnsOf finds columns of a layout by name.
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
			if name := c.h.names[k]; len(name) >= len(part) && name[:len(part)] == part {
				out = append(out, k)
			}
		}
	}
	return out
}
