package circuit

import (
	"errors"
	"testing"

	"vmhost/proofs/zkwasm/ir"
)

// TestForeignEnter: a function that calls itself once and then enters the inner
// of two loops from outside. The way out of the outer one then leads to the
// caller's activation, which goes on as if it had been there. The circuit takes
// that run, so that ir.Check, which refuses the program, is needed (S8).
func TestForeignEnter(t *testing.T) {
	const outer, inner = 10, 9
	slot := ir.Ref{Slot: ir.SlotFirst}
	to := func(k ir.EdgeKind, pc uint32) ir.Term {
		return ir.Term{Kind: ir.TermJump, Edges: [2]ir.Edge{{Kind: k, Target: pc}}}
	}
	call := func(cont uint32) ir.Term {
		return ir.Term{Kind: ir.TermCall, Cont: cont, Edges: [2]ir.Edge{{Kind: ir.EdgeCall, Target: 4}}}
	}
	p := &ir.Program{
		Entry: 1, Halt: 3, Pages: 1, MaxPages: 1,
		Regions: []ir.CodeRegion{
			{Kind: ir.KindStart, Blocks: []uint32{1, 2, 3}},
			{Kind: ir.KindFunc, Func: "f", Blocks: []uint32{4, 5, 6, 7, 12, 8}},
			{Kind: ir.KindLoop, Parent: 1, Func: "f", Blocks: []uint32{outer, 11}},
			{Kind: ir.KindLoop, Parent: 2, Func: "f", Blocks: []uint32{inner}},
		},
		Blocks: []ir.Block{
			{Term: call(2)},
			{Term: to(ir.EdgeForward, 3)},
			{Term: ir.Term{Kind: ir.TermHalt}},
			{Region: 1, Body: []ir.Instr{{Mem: &ir.Mem{Width: 4, Addr: ir.Zero(), Dst: slot.Slot}}}, Term: ir.Term{
				Kind: ir.TermBranch, A: slot, B: ir.Zero(), Edges: [2]ir.Edge{{Target: 5}, {Target: 6}},
			}},
			{Region: 1, Body: []ir.Instr{set1(0)}, Term: call(7)},
			{Region: 1, Term: to(ir.EdgeEnter, outer)},
			{Region: 1, Term: to(ir.EdgeForward, 8)},
			{Region: 1, Term: ir.Term{Kind: ir.TermRet}},
			{Region: 3, Term: to(ir.EdgeExit, 11)},
			{Region: 2, Term: to(ir.EdgeEnter, inner)},
			{Region: 2, Term: to(ir.EdgeExit, 12)},
			{Region: 1, Term: to(ir.EdgeForward, 8)},
		},
	}
	for i := range p.Blocks {
		p.Blocks[i].PC = uint32(i + 1)
	}
	returns := func() (n int) {
		l := &liar{p: p}
		if !l.run() {
			t.Fatal("does not end")
		}
		if _, err := claim(t, p, l.t, noState{}); err != nil {
			t.Error(err)
		}
		for _, s := range l.t.Spine {
			if p.Blocks[s.PC-1].Term.Kind == ir.TermRet {
				n++
			}
		}
		return n
	}
	if err := ir.Check(p); err != nil {
		t.Fatal(err)
	}
	if n := returns(); n != 2 {
		t.Errorf("%d returns of two calls", n)
	}
	p.Blocks[5].Term.Edges[0].Target = inner
	if err := ir.Check(p); !errors.Is(err, ir.ErrEdge) {
		t.Errorf("registration: %v", err)
	}
	if n := returns(); n != 1 {
		t.Errorf("%d returns: the inner activation was not left for its caller's", n)
	}
}
