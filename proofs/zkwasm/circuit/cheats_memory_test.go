package circuit

import (
	"maps"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"vmhost/proofs/zkwasm/ir"
)

// eventChips are the chips of memory events: an access that each of them runs.
var eventChips = map[string]struct {
	kind  string
	width uint8
	store bool
	imm   uint32
	// second: the other cell of an access of the universal chips
	second bool
}{
	"load64": {kind: "Load64", width: 8}, "load32": {kind: "Load32", width: 4}, "load-part": {kind: "LoadPart", width: 1},
	"load-any": {kind: "LoadAny", width: 2, imm: 1}, "load-any2": {kind: "LoadAny", width: 8, imm: 4, second: true},
	"store64": {kind: "Store64", width: 8, store: true}, "store32": {kind: "Store32", width: 4, store: true},
	"store-part": {kind: "StorePart", width: 1, store: true}, "store-any": {kind: "StoreAny", width: 2, store: true, imm: 1},
	"store-any2": {kind: "StoreAny", width: 8, store: true, imm: 4, second: true},
}

func one() ir.Ref { return ir.Ref{Slot: ir.SlotOne, Const: true} }

// access is the chip's access at an address.
func access(chip string, imm uint32) ir.Instr {
	c := eventChips[chip]
	m := &ir.Mem{Store: c.store, Width: c.width, Addr: ir.Zero(), Imm: imm + c.imm}
	if c.store {
		m.Val = ir.Zero()
	} else {
		m.Dst = ir.SlotFirst
	}
	return ir.Instr{Mem: m}
}

func set1(imm uint32) ir.Instr {
	return ir.Instr{Mem: &ir.Mem{Store: true, Width: 8, Addr: ir.Zero(), Imm: imm, Val: one()}}
}

// otherAddress: the event touches another cell than its operand says.
func otherAddress(chip string) func(*testing.T, string) {
	return func(t *testing.T, label string) {
		p := straight(t, ir.Program{Pages: 1}, set1(16), access(chip, 0))
		l := &liar{p: p, addr: func(n int, m *ir.MemStep) {
			if n == 1 {
				m.Addr = 16
			}
		}}
		l.run()
		forgery{p: p, t: l.t}.must(t, label)
	}
}

// otherValue: the store writes another value than its operand. With rom, the
// operand is another slot than the program's.
func otherValue(chip string, rom bool) func(*testing.T, string) {
	return func(t *testing.T, label string) {
		p := straight(t, ir.Program{Pages: 1}, access(chip, 0))
		l := &liar{p: p, store: func(_ int, m *ir.MemStep) { m.Val = 1 }}
		l.run()
		forgery{p: p, t: l.t, fix: func(at *columnsOf, a *Assignment) {
			if rom {
				at.set(a, at.row(eventChips[chip].kind), ".S.S2", int64(ir.SlotOne))
			}
		}}.must(t, label)
	}
}

// future: the access takes what is stored after it, in one of its cells.
func future(chip string) func(*testing.T, string) {
	return func(t *testing.T, label string) {
		c := eventChips[chip]
		k, age := 0, ".E.Age.L."
		if c.second {
			k, age = 1, ".Win.Age2.L."
		}
		p := straight(t, ir.Program{Pages: 1}, access(chip, 0), set1(uint32(8*k)))
		l := &liar{p: p}
		l.run()
		first, second := &l.t.Mem[0], &l.t.Mem[1]
		cell := &first.Cells[k]
		cell.Old, cell.PrevTau = 1, 2
		switch cell.New = 1; {
		case c.store && chip == "store-any":
		case c.store:
			cell.New = 0
		case c.second:
			first.Val = 1 << 32
		case c.imm == 0:
			first.Val = 1
		}
		second.Cells[0].Old, second.Cells[0].PrevTau = 0, 0
		l.t.Cells[k].Final, l.t.Cells[k].FinalTau = cell.New, 1
		forgery{p: p, t: l.t, fix: func(at *columnsOf, a *Assignment) {
			row := at.row(c.kind)
			at.set(a, row, age+"0", -2)
			at.set(a, row, age+"1", 0)
		}}.must(t, label)
	}
}

// cellRegions are the regions of memory cells by the prefix of their labels.
var cellRegions = map[string]struct {
	kind   string
	region ir.Region
	base   uint32
}{
	"cells": {"Linear", ir.RegionLinear, 0}, "cells-globals": {"Globals", ir.RegionGlobals, ir.GlobalsBase},
	"cells-input": {"Input", ir.RegionInput, 0},
}

// twice is a run in which a cell exists twice: the second access sees another
// value than the first left.
func twice(t *testing.T, cells string) forgery {
	t.Helper()
	t.Helper()
	c := cellRegions[cells]
	at := func(store bool, dst ir.Slot) ir.Instr {
		m := &ir.Mem{Store: store, Width: 8, Region: c.region, Addr: ir.Zero(), Imm: c.base, Dst: dst}
		if store {
			m.Val = one()
		}
		return ir.Instr{Mem: m}
	}
	input := c.region == ir.RegionInput
	first := at(!input, 0)
	if input {
		first = at(false, ir.SlotFirst+1)
	}
	p := straight(t, ir.Program{Pages: 1, Globals: 1}, first, at(false, ir.SlotFirst))
	l := &liar{p: p}
	l.run()
	m := &l.t.Mem[1]
	other := ir.Cell{Region: c.region, Addr: uint64(c.base), FinalTau: 2}
	if input {
		other.Init, other.Final = 7, 7
	}
	m.Val, m.Cells[0].Old, m.Cells[0].New, m.Cells[0].PrevTau = other.Init, other.Init, other.Init, 0
	for i := range l.t.Cells {
		if l.t.Cells[i].Region == c.region && l.t.Cells[i].Addr == uint64(c.base) {
			l.t.Cells[i].FinalTau = 1
			l.t.Cells = append(l.t.Cells, l.t.Cells[i:]...)[:len(l.t.Cells)+1]
			copy(l.t.Cells[i+2:], l.t.Cells[i+1:])
			l.t.Cells[i+1] = other
			break
		}
	}
	return forgery{p: p, t: l.t}
}

func cellTwice(cells string, gap int64) func(*testing.T, string) {
	return func(t *testing.T, label string) {
		f := twice(t, cells)
		f.fix = func(at *columnsOf, a *Assignment) {
			g := at.find(cellRegions[cells].kind, ".Gap.L.")[2:4]
			a.W[g[0]].SetInt64(gap)
			a.W[g[1]].SetZero()
		}
		f.must(t, label)
	}
}

// cellAgain returns to a cell by a row that counts -3 times.
func cellAgain(cells string) func(*testing.T, string) {
	return func(t *testing.T, label string) {
		f := twice(t, cells)
		kind := cellRegions[cells].kind
		f.fix = func(at *columnsOf, a *Assignment) {
			on, q, gap := at.find(kind, ".On"), at.find(kind, ".Q"), at.find(kind, ".Gap.L.")
			w := on[1] - on[0]
			copy(a.W[on[2]:on[2]+w], a.W[on[1]:on[1]+w])
			back := a.W[on[1] : on[1]+w]
			for i := range back {
				back[i].SetZero()
			}
			a.W[on[1]].SetInt64(-3)
			a.W[q[1]] = plus(a.W[q[0]], neg(3))
			a.W[gap[4]].SetInt64(2)
			a.W[gap[5]].SetZero()
		}
		f.must(t, label)
	}
}

// readFirst is a run that loads one word, with a datum there or not.
func readFirst(t *testing.T, cells string, data bool) (*ir.Program, *ir.Trace, *ir.Cell) {
	t.Helper()
	t.Helper()
	c := cellRegions[cells]
	p := ir.Program{Pages: 1, Globals: 1}
	if data {
		p.Data = []ir.Datum{{Region: c.region, Addr: c.base, Value: 5}}
	}
	q := straight(t, p, ir.Instr{Mem: &ir.Mem{Width: 8, Region: c.region, Addr: ir.Zero(), Imm: c.base, Dst: ir.SlotFirst}})
	l := &liar{p: q}
	l.run()
	for i := range l.t.Cells {
		if l.t.Cells[i].Region == c.region && l.t.Cells[i].Addr == uint64(c.base) {
			return q, l.t, &l.t.Cells[i]
		}
	}
	t.Fatal("no cell")
	return nil, nil, nil
}

// otherStart: the word is v at the start. Without its datum the row after takes
// the datum up.
func otherStart(cells string, data, taken bool, v uint64) func(*testing.T, string) {
	return func(t *testing.T, label string) {
		p, tr, c := readFirst(t, cells, data)
		c.Init, c.Final, c.IsData = v, v, taken
		m := &tr.Mem[0]
		m.Val, m.Cells[0].Old, m.Cells[0].New = v, v, v
		f := forgery{p: p, t: tr}
		if data {
			f.fix = func(at *columnsOf, a *Assignment) {
				kind := cellRegions[cells].kind
				a.W[at.find(kind, ".IsData")[1]].SetOne()
				a.W[at.find(kind, ".V0")[1]].SetInt64(5)
			}
		}
		f.must(t, label)
	}
}

// beyond is a load behind the end of the memory.
func beyond(room bool) func(*testing.T, string) {
	return func(t *testing.T, label string) {
		p := straight(t, ir.Program{Pages: 1}, ir.Instr{Mem: &ir.Mem{Width: 8, Addr: ir.Zero(), Imm: 65544, Dst: ir.SlotFirst}})
		l := &liar{p: p}
		l.run()
		f := forgery{p: p, t: l.t}
		if room { // limit = q + 1 + room, room below 0
			f.fix = func(at *columnsOf, a *Assignment) {
				at.set(a, 0, ".Room.L.0", -2)
				at.set(a, 0, ".Room.L.1", 0)
			}
		}
		f.must(t, label)
	}
}

// longInput: the length of the input is no number of 64 bits.
func longInput(t *testing.T, label string) {
	t.Helper()
	t.Helper()
	p := straight(t, ir.Program{Pages: 1}, ir.Instr{Mem: &ir.Mem{Width: 8, Region: ir.RegionGlobals, Addr: ir.Zero(), Imm: ir.InputLenAddr, Dst: ir.SlotFirst}})
	l := &liar{p: p}
	l.run()
	forgery{p: p, t: l.t, fix: func(at *columnsOf, a *Assignment) {
		n := plus(fr.Element{}, pow2(70))
		a.W[at.h.column(0, ".Host.InputLen.L.0")] = n
		a.W[at.h.column(at.row("Load64"), ".Val")] = n
	}}.must(t, label)
}

func growBody(m ...ir.Mem) (out []ir.Mem) { return m }

// grownRun is a run of growth with an edited trace and columns.
func grownRun(maximum uint32, body []ir.Mem, edit func(t *testing.T, tr *ir.Trace), fix func(at *columnsOf, a *Assignment)) func(*testing.T, string) {
	return func(t *testing.T, label string) {
		p := growProgram(t, maximum, slices.Clone(body)...)
		l := &liar{p: p}
		if !l.run() {
			t.Fatal("does not end")
		}
		if edit != nil {
			edit(t, l.t)
		}
		forgery{p: p, t: l.t, fix: fix}.must(t, label)
	}
}

func growRuns() map[string]func(*testing.T, string) {
	load := func(a uint32) ir.Mem { return ir.Mem{Width: 8, Addr: ir.Zero(), Imm: a} }
	store := func(a uint32) ir.Mem { return ir.Mem{Store: true, Width: 8, Addr: ir.Zero(), Imm: a, Val: one()} }
	size := ir.Mem{Width: 8, Region: ir.RegionGlobals, Addr: ir.Zero(), Imm: ir.MemSizeAddr}
	grow := ir.GrowEvent()
	const at24 = ir.PageSize + 24
	twin := func(t *testing.T, tr *ir.Trace) { // the load sees a second cell of the address
		l := &tr.Mem[2]
		l.Val, l.Cells[0].Old, l.Cells[0].New, l.Cells[0].PrevTau = 0, 0, 0, 1
		first := cellAt(t, tr, ir.RegionLinear, at24)
		c := *first
		first.FinalTau = 2
		c.Final, c.FinalTau = 0, 3
		tr.Cells = append(tr.Cells, c)
	}
	twins := growBody(grow, store(at24), load(at24))
	gap := func(v int64) func(at *columnsOf, a *Assignment) {
		return func(at *columnsOf, a *Assignment) {
			g := at.find("Grown", ".Gap.L.")[2:4]
			a.W[g[0]].SetInt64(v)
			a.W[g[1]].SetZero()
		}
	}
	return map[string]func(*testing.T, string){
		"grow.left":   grownRun(2, growBody(grow, grow, load(2*ir.PageSize)), nil, nil),
		"grown.gap":   grownRun(2, twins, twin, gap(-1)),
		"grown.order": grownRun(2, twins, twin, gap(0)),
		"grown.bool": grownRun(2, twins, twin, func(at *columnsOf, a *Assignment) {
			on, page, off := at.find("Grown", ".On"), at.find("Grown", ".Page"), at.find("Grown", ".Off")
			birth, tf, g := at.find("Grown", ".Birth"), at.find("Grown", ".Tf"), at.find("Grown", ".Gap.L.")
			w := on[1] - on[0]
			copy(a.W[on[2]:on[2]+w], a.W[on[1]:on[1]+w])
			clear(a.W[on[1] : on[1]+w])
			// -3 times the first cell of the page, of which nothing is left
			a.W[on[1]].SetInt64(-3)
			a.W[page[1]], a.W[birth[1]], a.W[tf[1]] = a.W[page[0]], a.W[birth[0]], a.W[birth[0]]
			a.W[off[1]] = plus(a.W[off[0]], neg(3))
			copy(a.W[g[4]:g[4]+2], ptr(split26(2)).L[:])
		}),
		"grown.offset": grownRun(3, growBody(grow, load(2*ir.PageSize)), func(t *testing.T, tr *ir.Trace) {
			c := cellAt(t, tr, ir.RegionLinear, 2*ir.PageSize)
			c.Birth, c.FinalTau = 1, 2
			tr.Mem[1].Cells[0].PrevTau = 1
		}, func(at *columnsOf, a *Assignment) {
			a.W[at.find("Grown", ".Page")[0]].SetInt64(1)
			a.W[at.find("Grown", ".Off")[0]].SetInt64(cellsPerPage)
		}),
		"grow.rom": grownRun(3, growBody(store(0), grow), func(t *testing.T, tr *ir.Trace) { // the store grows
			tr.Mem[0].Op = &grow
			tr.Mem[0].Cells[0] = ir.CellAccess{Addr: ir.MemSizeAddr, Old: ir.PageSize, New: 2 * ir.PageSize}
			tr.Mem[1].Cells[0] = ir.CellAccess{Addr: ir.MemSizeAddr, Old: 2 * ir.PageSize, New: 3 * ir.PageSize, PrevTau: 1}
			cellAt(t, tr, ir.RegionGlobals, ir.MemSizeAddr).Final = 3 * ir.PageSize
			tr.Cells = slices.DeleteFunc(tr.Cells, func(c ir.Cell) bool { return c.Region == ir.RegionLinear })
		}, nil),
		"grow.age": grownRun(2, growBody(grow, size), func(t *testing.T, tr *ir.Trace) {
			m := &tr.Mem[1]
			m.Val, m.Cells[0].Old, m.Cells[0].New, m.Cells[0].PrevTau = ir.PageSize, ir.PageSize, ir.PageSize, 0
			tr.Mem[0].Cells[0].PrevTau = 2
			cellAt(t, tr, ir.RegionGlobals, ir.MemSizeAddr).FinalTau = 1
		}, func(at *columnsOf, a *Assignment) {
			age := at.find("Grow", ".Age.L.")
			a.W[age[0]].SetInt64(-2)
			a.W[age[1]].SetZero()
		}),
	}
}

func memoryRuns() map[string]func(*testing.T, string) {
	out := map[string]func(*testing.T, string){
		"cells.limit": beyond(false), "cells.room": beyond(true),
		"cells.zero": otherStart("cells", false, false, 9), "cells-globals.zero": otherStart("cells-globals", false, false, 9),
		"cells.data": otherStart("cells", false, true, 9), "cells-globals.data": otherStart("cells-globals", false, true, 9),
		"cells.data-on": otherStart("cells", true, false, 0), "cells-globals.data-on": otherStart("cells-globals", true, false, 0),
	}
	out["host.input-length"] = longInput
	maps.Copy(out, growRuns())
	for cells := range cellRegions {
		out[cells+".order"], out[cells+".gap"], out[cells+".bool"] = cellTwice(cells, 0), cellTwice(cells, -1), cellAgain(cells)
	}
	for chip, c := range eventChips {
		out[chip+".age"] = future(chip)
		if c.second {
			continue
		}
		out[chip+".addr"] = otherAddress(chip)
		if c.store {
			out[chip+".val"], out[chip+".rom"] = otherValue(chip, false), otherValue(chip, true)
		}
	}
	return out
}
