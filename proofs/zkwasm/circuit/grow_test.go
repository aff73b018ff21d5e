package circuit

import (
	"fmt"
	"testing"

	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/ir"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/proofs/zkwasm/trace"
)

// growingGuest grows its memory of 1 page to 3 of 4, uses the new pages, fails to
// grow by 2 more, and writes what it was told to the journal.
func growingGuest() []byte {
	grow := op(wasm.OpMemoryGrow)
	code := []wasm.Instr{
		c32(0), c32(2), grow, op(wasm.OpI32Store),
		c32(131070), c32(0x01020304), op(wasm.OpI32Store), // across both new pages
		c32(4), c32(2), grow, op(wasm.OpI32Store),
		c32(8), op(wasm.OpMemorySize), op(wasm.OpI32Store),
		c32(12), c32(131072), op(wasm.OpI32Load), op(wasm.OpI32Store),
		c32(0), c32(16), hostCall("journal_write"),
		c32(196600), c32(8), hostCall("journal_write"), c32(0), op(wasm.OpEnd),
	}
	m, err := wasm.Decode(hostModule([][]wasm.ValueType{nil}, wasm.Code{Instrs: code}))
	if err != nil {
		panic(err)
	}
	m.Memories[0].Max = 4
	return wasm.Encode(m)
}

func runGrowing(tb testing.TB) (*ir.Program, *ir.Trace) {
	tb.Helper()
	p, err := lower.Lower(growingGuest())
	if err != nil {
		tb.Fatal(err)
	}
	t, res, err := trace.Run(tb.Context(), p, trace.Input{})
	if err != nil || res.Trap != "" {
		tb.Fatal(err, res)
	}
	if err := trace.Verify(p, t); err != nil {
		tb.Fatal(err)
	}
	return p, t
}

// TestGrowth: the honest run is accepted, and a run with any one lie about
// values, branches, loads of the size included, is not.
func TestGrowth(t *testing.T) {
	p, tr := runGrowing(t)
	want := "\x01\x00\x00\x00\xff\xff\xff\xff\x03\x00\x00\x00\x02\x01\x00\x00" + "\x00\x00\x00\x00\x00\x00\x00\x00"
	if string(tr.Output) != want {
		t.Fatalf("journal %x", tr.Output)
	}
	if a, err := claim(t, p, tr, noState{}); err != nil || a.Used.Grow != 2 || a.Used.Grown != 3 {
		t.Fatalf("honest: %v %+v", err, a)
	}
	base := &liar{p: p}
	if !base.run() || string(base.t.Output) != want {
		t.Fatal("the honest run of the liar")
	}
	ended := 0
	attempt := func(what string, l *liar) {
		l.p = p
		if !l.run() {
			return
		}
		ended++
		if _, err := claim(t, p, l.t, noState{}); err == nil {
			t.Errorf("%s: accepted, journal %x", what, l.t.Output)
		}
	}
	for i := range base.t.Mem {
		lie := func(n int, m *ir.MemStep) {
			if n == i {
				m.Val ^= 2
			}
		}
		switch m := base.t.Mem[i].Op; {
		case m.Grow:
		case m.Store:
			attempt(fmt.Sprintf("stored value of event %d", i), &liar{store: lie})
		default:
			attempt(fmt.Sprintf("loaded value of event %d", i), &liar{load: lie})
		}
	}
	for i, s := range base.t.Spine {
		if p.Blocks[s.PC-1].Term.Kind == ir.TermBranch { // grow reported failed, one page too few …
			attempt(fmt.Sprintf("branch of row %d", i), &liar{branch: func(row int, taken bool) bool { return taken != (row == i) }})
			attempt(fmt.Sprintf("operands of the branch of row %d", i), &liar{branch: func(row int, taken bool) bool { return taken != (row == i) }, bend: true})
		}
	}
	if ended < 20 {
		t.Errorf("only %d lies ran to the end", ended)
	}
}

// growProgram is a straight line over a memory of 1 page, at most maximum.
func growProgram(tb testing.TB, maximum uint32, body ...ir.Mem) *ir.Program {
	tb.Helper()
	p := &ir.Program{
		Entry: 1, Halt: 2, Pages: 1, MaxPages: maximum,
		Regions: []ir.CodeRegion{{Kind: ir.KindStart, Blocks: []uint32{1, 2}}},
		Blocks: []ir.Block{
			{PC: 1, Term: ir.Term{Kind: ir.TermJump, Edges: [2]ir.Edge{{Target: 2}}}},
			{PC: 2, Term: ir.Term{Kind: ir.TermHalt}},
		},
	}
	for i := range body {
		if !body[i].Store {
			body[i].Dst = ir.SlotFirst + ir.Slot(i)
		}
		p.Blocks[0].Body = append(p.Blocks[0].Body, ir.Instr{Mem: &body[i]})
	}
	if err := ir.Check(p); err != nil {
		tb.Fatal(err)
	}
	return p
}

// TestWeakGrowth: cheats about growth, each accepted by the circuit without some
// constraints, and refused by the circuit with all of them.
func TestWeakGrowth(t *testing.T) {
	one := ir.Ref{Slot: ir.SlotOne, Const: true}
	grow := ir.GrowEvent()
	load := func(a uint32) ir.Mem { return ir.Mem{Width: 8, Addr: ir.Zero(), Imm: a} }
	store := func(a uint32) ir.Mem { return ir.Mem{Store: true, Width: 8, Addr: ir.Zero(), Imm: a, Val: one} }
	size := ir.Mem{Width: 8, Region: ir.RegionGlobals, Addr: ir.Zero(), Imm: ir.MemSizeAddr}
	second := func(tr *ir.Trace) *ir.Cell { return cellAt(t, tr, ir.RegionLinear, ir.PageSize) }
	tests := []struct {
		name    string
		maximum uint32
		body    []ir.Mem
		edit    func(tr *ir.Trace)
		columns func(a *Assignment, at *columnsOf)
		without []string
	}{
		{
			name: "access before the page is born", maximum: 2, body: []ir.Mem{load(65536), grow},
			edit: func(tr *ir.Trace) {
				tr.Mem[0].Cells[0].PrevTau, second(tr).Birth, second(tr).FinalTau = 2, 2, 1
			},
			columns: func(a *Assignment, at *columnsOf) {
				age := at.find("Load64", ".E.Age.L.")
				a.W[age[0]].SetInt64(-2)
				a.W[age[1]].SetZero()
			},
			without: []string{"load64.age"},
		},
		{
			name: "cell of a grown page that begins at tick 0", maximum: 2, body: []ir.Mem{load(65536), grow},
			edit: func(tr *ir.Trace) { second(tr).Birth = 1 }, // of a grown page, but
			columns: func(a *Assignment, at *columnsOf) {
				a.W[at.find("Grown", ".Birth")[0]].SetZero()
			},
			without: []string{"grown.birth"},
		},
		{
			name: "cell of a page that is never born", maximum: 2, body: []ir.Mem{load(131072), grow},
			edit: func(tr *ir.Trace) { cellAt(t, tr, ir.RegionLinear, 131072).Birth = 1 },
			columns: func(a *Assignment, at *columnsOf) {
				a.W[at.find("Grown", ".Birth")[0]].SetZero()
			},
			without: []string{"grown.birth"},
		},
		{
			name: "growth beyond the maximum", maximum: 2, body: []ir.Mem{grow, grow, load(131072)},
			edit:    func(*ir.Trace) {},
			without: []string{"grow.left"},
		},
		{
			name: "page born twice", maximum: 3, body: []ir.Mem{grow, store(65536), grow, load(65536)},
			edit: func(tr *ir.Trace) {
				m := &tr.Mem[2].Cells[0]
				m.Old, m.New, m.PrevTau = 65536, 131072, 0
				l := &tr.Mem[3]
				l.Val, l.Cells[0].Old, l.Cells[0].New, l.Cells[0].PrevTau = 0, 0, 0, 3
				c := *second(tr)
				second(tr).FinalTau = 2
				c.Final, c.Birth, c.FinalTau = 0, 3, 4
				tr.Cells = append(tr.Cells, c)
				z := cellAt(t, tr, ir.RegionGlobals, ir.MemSizeAddr)
				z.Final, z.FinalTau = 131072, 1
			},
			columns: func(a *Assignment, at *columnsOf) {
				for _, c := range at.find("Grown", ".Gap.L.")[2:4] {
					a.W[c].SetZero()
				}
			},
			without: []string{"grow.cell-in", "grow.cell-out", "host-size.init", "host-size.final", "grown.order"},
		},
		{
			name: "stale size", maximum: 2, body: []ir.Mem{grow, size},
			edit: func(tr *ir.Trace) {
				m := &tr.Mem[1]
				m.Val, m.Cells[0].Old, m.Cells[0].New, m.Cells[0].PrevTau = 65536, 65536, 65536, 0
				z := cellAt(t, tr, ir.RegionGlobals, ir.MemSizeAddr)
				z.Final, z.FinalTau = 65536, 2
			},
			without: []string{"grow.cell-in", "grow.cell-out"},
		},
		{
			name: "two cells of one address", maximum: 2, body: []ir.Mem{grow, store(65536), load(65536)},
			edit: func(tr *ir.Trace) {
				l := &tr.Mem[2]
				l.Val, l.Cells[0].Old, l.Cells[0].New, l.Cells[0].PrevTau = 0, 0, 0, 1
				c := *second(tr)
				second(tr).FinalTau = 2
				c.Final, c.FinalTau = 0, 3
				tr.Cells = append(tr.Cells, c)
			},
			columns: func(a *Assignment, at *columnsOf) {
				gap := at.find("Grown", ".Gap.L.")[2:4]
				a.W[gap[0]].SetInt64(-1)
				a.W[gap[1]].SetZero()
			},
			without: []string{"grown.gap"},
		},
		{
			name: "grow event that is another store", maximum: 2, body: []ir.Mem{grow, size},
			edit:    func(tr *ir.Trace) { other := store(0); tr.Mem[0].Op = &other },
			without: nil,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := growProgram(t, test.maximum, test.body...)
			l := &liar{p: p}
			if !l.run() {
				t.Fatal("the lying run does not end")
			}
			test.edit(l.t)
			a, err := Assign(tamperShape(measure(t, p, l.t, noState{})), p, l.t, noState{})
			if err != nil {
				t.Fatal(err)
			}
			if test.columns != nil {
				test.columns(a, namesOf(t, a))
			}
			for _, labels := range [][]string{nil, test.without} {
				skip := map[string]bool{}
				for _, label := range labels {
					skip[label] = true
				}
				recount(t, a, skip)
				n, err := nativeCheck(a.Shape, a.W, a.Public[:], skip)
				if err != nil {
					t.Fatal(err)
				}
				if got := len(n.violated) == 0 && len(n.unbalanced()) == 0; got != (len(labels) > 0) {
					t.Errorf("without %v: accepted %v (violated %v, unbalanced %v)", labels, got, n.violated, n.unbalanced())
				}
			}
		})
	}
}

func cellAt(tb testing.TB, tr *ir.Trace, rg ir.Region, addr uint64) *ir.Cell {
	tb.Helper()
	for i := range tr.Cells {
		if c := &tr.Cells[i]; c.Region == rg && c.Addr == addr {
			return c
		}
	}
	tb.Fatalf("no cell %d of region %d", addr, rg)
	return nil
}
