package ir_test

import (
	"errors"
	"testing"

	"vmhost/proofs/zkwasm/ir"
)

// Slots of the sample program.
const (
	kFive ir.Slot = 128 + iota
	kBig
	sResult
	sWord
	sSum
	sCount
	sAcc
	sNext
	sLeaf
	_
	_
	_
	sWide
	sOut
	sLow
	sQuot
	sPow
	sShift
	sFree // not used by the sample
)

func in(s ir.Slot) ir.Ref { return ir.Ref{Slot: s} }

func konst(s ir.Slot) ir.Ref { return ir.Ref{Slot: s, Const: true} }

func pure(op ir.Op, dst ir.Slot, args ...ir.Ref) ir.Instr {
	p := &ir.Pure{Op: op, Dst: dst}
	for i, r := range []*ir.Ref{&p.A, &p.B, &p.C, &p.D} {
		if i < len(args) {
			*r = args[i]
		}
	}
	return ir.Instr{Pure: p}
}

func forward(pc uint32, moves ...ir.Move) ir.Edge {
	return ir.Edge{Kind: ir.EdgeForward, Target: pc, Moves: moves}
}

func edge(k ir.EdgeKind, pc uint32, moves ...ir.Move) ir.Edge {
	return ir.Edge{Kind: k, Target: pc, Moves: moves}
}

func jump(e ir.Edge) ir.Term { return ir.Term{Kind: ir.TermJump, Edges: [2]ir.Edge{e}} }

func branch(a, b ir.Ref, no, yes ir.Edge) ir.Term {
	return ir.Term{Kind: ir.TermBranch, A: a, B: b, Edges: [2]ir.Edge{no, yes}}
}

// sample is a program with one of everything:
//
//	start:  b1 call f(5) then b2; b2 if result -> b4 (trap) else b3 (halt)
//	f:      b5 -> loop b6; b8 if low != 0 -> b9 else b10 (trap); b9 -> b11 (return)
//	loop:   b6 -> b12 | b10 … -> b6; b7 exit -> b8
func sample() *ir.Program {
	arg, ret := ir.SlotArg0, ir.SlotRet0
	p := &ir.Program{
		Entry: 1, Halt: 3, Pages: 1, MaxPages: 1, Globals: 1,
		Regions: []ir.CodeRegion{
			{Kind: ir.KindStart, Blocks: []uint32{1, 2, 3, 4}},
			{Kind: ir.KindFunc, Func: "f", Blocks: []uint32{5, 8, 9, 10, 11}},
			{Kind: ir.KindLoop, Parent: 1, Func: "f", Blocks: []uint32{6, 12, 7}},
		},
		Consts: []ir.Const{{Slot: kFive, Value: 5}, {Slot: kBig, Value: 1 << 40}},
		Data: []ir.Datum{
			{Region: ir.RegionLinear, Addr: 8, Value: 7},
			{Region: ir.RegionLinear, Addr: 16, Value: 9},
			{Region: ir.RegionGlobals, Addr: ir.GlobalsBase, Value: 3},
		},
	}
	call := ir.Term{
		Kind: ir.TermCall, Cont: 2, RetMoves: []ir.Move{{Src: in(ret), Dst: sResult}},
		Edges: [2]ir.Edge{edge(ir.EdgeCall, 5, ir.Move{Src: konst(kFive), Dst: arg})},
	}
	load := &ir.Mem{Width: 8, Addr: in(arg), Imm: 8, Dst: sWord}
	store := &ir.Mem{Store: true, Width: 8, Addr: in(sNext), Val: in(sLeaf)}
	p.Blocks = []ir.Block{
		{Term: call},
		{Params: []ir.Slot{sResult}, Term: branch(in(sResult), ir.Zero(), forward(3), forward(4))},
		{Term: ir.Term{Kind: ir.TermHalt}},
		{Term: ir.Term{Kind: ir.TermUnreachable, Trap: "run returned non-zero"}},
		{
			Region: 1, Params: []ir.Slot{arg},
			Body: []ir.Instr{{Mem: load}, pure(ir.OpAdd64, sSum, in(sWord), konst(kBig))},
			Term: jump(edge(ir.EdgeEnter, 6, ir.Move{Src: in(arg), Dst: sCount}, ir.Move{Src: in(sSum), Dst: sAcc})),
		},
		{
			Region: 2, Params: []ir.Slot{sCount, sAcc},
			Body: []ir.Instr{
				pure(ir.OpSub32, sNext, in(sCount), konst(ir.SlotOne)),
				pure(ir.OpLeaf, sLeaf, in(sNext), ir.Zero()),
			},
			Term: branch(in(sWide), ir.Zero(), forward(12), edge(ir.EdgeBack, 6,
				ir.Move{Src: in(sNext), Dst: sCount}, ir.Move{Src: in(sAcc), Dst: sAcc})),
		},
		{Region: 2, Term: jump(edge(ir.EdgeExit, 8, ir.Move{Src: in(sAcc), Dst: sOut}))},
		{
			Region: 1, Params: []ir.Slot{sOut},
			Body: []ir.Instr{pure(ir.OpLo32, sLow, in(sOut))},
			Term: branch(in(sLow), ir.Zero(), forward(10), forward(9)),
		},
		{
			Region: 1,
			Body: []ir.Instr{
				pure(ir.OpDivU32, sQuot, in(arg), in(sLow)),
				pure(ir.OpPowShl32, sPow, in(sQuot)),
				pure(ir.OpMulLo32, sShift, in(arg), in(sPow)),
			},
			Term: jump(forward(11, ir.Move{Src: in(sShift), Dst: ret})),
		},
		{Region: 1, Term: ir.Term{Kind: ir.TermUnreachable, Trap: "integer divide by zero"}},
		{Region: 1, Params: []ir.Slot{ret}, Term: ir.Term{Kind: ir.TermRet}},
		{
			Region: 2, Body: []ir.Instr{{Mem: store}},
			Term: branch(in(sNext), ir.Zero(), forward(7), edge(ir.EdgeBack, 6,
				ir.Move{Src: in(sNext), Dst: sCount}, ir.Move{Src: in(sAcc), Dst: sAcc})),
		},
	}
	for i := range p.Blocks {
		p.Blocks[i].PC = uint32(i + 1)
	}
	return p
}

func TestCheckAccepts(t *testing.T) {
	if err := ir.Check(sample()); err != nil {
		t.Fatal(err)
	}
}

// blk returns a block of the sample.
func blk(p *ir.Program, pc uint32) *ir.Block { return &p.Blocks[pc-1] }

func moves(ms ...ir.Move) []ir.Move { return ms }

func TestCheckRejects(t *testing.T) {
	arg, ret := ir.SlotArg0, ir.SlotRet0
	event := func(m ir.Mem) ir.Instr { return ir.Instr{Mem: &m} }
	tests := []struct {
		name string
		want error
		edit func(p *ir.Program)
	}{
		// N1: definitions before uses
		{"prophecy: store of a later load", ir.ErrOrder, func(p *ir.Program) {
			b := blk(p, 5)
			b.Body = append([]ir.Instr{event(ir.Mem{Store: true, Width: 8, Addr: in(arg), Val: in(sWord)})}, b.Body...)
		}},
		{"operand after its use", ir.ErrOrder, func(p *ir.Program) { b := blk(p, 5); b.Body[0], b.Body[1] = b.Body[1], b.Body[0] }},
		{"own result", ir.ErrOrder, func(p *ir.Program) { blk(p, 8).Body[0].Pure.A = in(sLow) }},
		{"slot of another region", ir.ErrOrder, func(p *ir.Program) { blk(p, 12).Body[0].Mem.Val = in(sWord) }},
		{"slot of a callee", ir.ErrOrder, func(p *ir.Program) { blk(p, 2).Term.A = in(sWord) }},
		{"slot of a block that need not have run", ir.ErrOrder, func(p *ir.Program) {
			blk(p, 9).Term = jump(forward(11, ir.Move{Src: in(sShift), Dst: ret}))
			blk(p, 8).Term.Edges[0] = forward(11, ir.Move{Src: in(sShift), Dst: ret})
		}},
		{"undefined slot", ir.ErrOrder, func(p *ir.Program) { blk(p, 5).Body[1].Pure.A = in(sFree) }},
		{"argument that is none", ir.ErrOrder, func(p *ir.Program) { blk(p, 9).Body[0].Pure.A = in(arg + 1) }},
		{"argument in a loop", ir.ErrOrder, func(p *ir.Program) { blk(p, 6).Body[0].Pure.A = in(arg) }},
		{"argument in the start region", ir.ErrOrder, func(p *ir.Program) { blk(p, 2).Term.A = in(arg) }},
		{"result slot as operand", ir.ErrOrder, func(p *ir.Program) { blk(p, 9).Body[0].Pure.A = in(ret) }},
		{"constant slot without constant", ir.ErrOrder, func(p *ir.Program) { blk(p, 5).Body[1].Pure.B = konst(sFree) }},
		{"constant read in the frame", ir.ErrOrder, func(p *ir.Program) { blk(p, 5).Body[1].Pure.B = in(kBig) }},
		{"slot read as constant", ir.ErrOrder, func(p *ir.Program) { blk(p, 5).Body[1].Pure.B = konst(sWord) }},
		{"move of a later slot", ir.ErrOrder, func(p *ir.Program) { blk(p, 5).Term.Edges[0].Moves[1].Src = in(sLow) }},
		{"continuation's slot in the call", ir.ErrOrder, func(p *ir.Program) { blk(p, 1).Term.Edges[0].Moves[0].Src = in(sResult) }},
		// N2: directions
		{"forward edge backwards", ir.ErrBackward, func(p *ir.Program) { p.Regions[1].Blocks = []uint32{5, 9, 8, 10, 11} }},
		{"forward edge to itself", ir.ErrBackward, func(p *ir.Program) { blk(p, 2).Term.Edges[1] = forward(2, ir.Move{Src: in(sResult), Dst: sResult}) }},
		{"exit before the entering block", ir.ErrBackward, func(p *ir.Program) { // a second, later way in
			blk(p, 9).Term = jump(edge(ir.EdgeEnter, 6, ir.Move{Src: in(arg), Dst: sCount}, ir.Move{Src: in(sOut), Dst: sAcc}))
			blk(p, 8).Term.Edges[0] = forward(11, ir.Move{Src: in(sLow), Dst: ret})
		}},
		{"continuation before its call", ir.ErrBackward, func(p *ir.Program) {
			blk(p, 2).Term = ir.Term{Kind: ir.TermCall, Cont: 4, Edges: [2]ir.Edge{edge(ir.EdgeCall, 5, ir.Move{Src: konst(kFive), Dst: arg})}}
			p.Regions[0].Blocks = []uint32{1, 4, 2, 3}
		}},
		// N3: one definition
		{"slot defined twice", ir.ErrDefinition, func(p *ir.Program) { blk(p, 8).Body[0].Pure.Dst = sWord; blk(p, 8).Term.A = in(sWord) }},
		{"results overlap", ir.ErrDefinition, func(p *ir.Program) { blk(p, 9).Body[0].Pure.Dst = sLeaf + 3 }},
		{"reserved slot defined", ir.ErrDefinition, func(p *ir.Program) { blk(p, 8).Body[0].Pure.Dst = ir.SlotZero }},
		{"argument defined by an op", ir.ErrDefinition, func(p *ir.Program) { blk(p, 8).Body[0].Pure.Dst = arg + 3 }},
		{"pad slot defined", ir.ErrDefinition, func(p *ir.Program) { blk(p, 8).Body[0].Pure.Dst = ir.SlotPad0 }},
		{"constant defined by a load", ir.ErrDefinition, func(p *ir.Program) { blk(p, 5).Body[0].Mem.Dst = kFive }},
		{"parameter not moved", ir.ErrDefinition, func(p *ir.Program) { blk(p, 7).Term.Edges[0].Moves = nil }},
		{"parameter moved twice", ir.ErrDefinition, func(p *ir.Program) {
			e := &blk(p, 7).Term.Edges[0]
			e.Moves = append(e.Moves, e.Moves[0])
		}},
		{"one parameter twice, another not", ir.ErrDefinition, func(p *ir.Program) { blk(p, 5).Term.Edges[0].Moves[1].Dst = sCount }},
		{"move to a slot that is no parameter", ir.ErrDefinition, func(p *ir.Program) { blk(p, 8).Term.Edges[1].Moves = moves(ir.Move{Src: in(sLow), Dst: sFree}) }},
		{"move into PARENT", ir.ErrDefinition, func(p *ir.Program) {
			e := &blk(p, 5).Term.Edges[0]
			e.Moves = append(e.Moves, ir.Move{Src: in(arg), Dst: ir.SlotParent})
		}},
		{"PARENT as parameter", ir.ErrDefinition, func(p *ir.Program) {
			blk(p, 8).Params = []ir.Slot{ir.SlotParent}
			blk(p, 7).Term.Edges[0].Moves[0].Dst = ir.SlotParent
			blk(p, 8).Body[0].Pure.A = in(arg)
		}},
		{"parameter listed twice", ir.ErrDefinition, func(p *ir.Program) { blk(p, 8).Params = []ir.Slot{sOut, sOut} }},
		{"function entry with an own parameter", ir.ErrDefinition, func(p *ir.Program) {
			blk(p, 5).Params = []ir.Slot{arg, sFree}
			e := &blk(p, 1).Term.Edges[0]
			e.Moves = append(e.Moves, ir.Move{Src: ir.Zero(), Dst: sFree})
		}},
		{"return block with an own parameter", ir.ErrDefinition, func(p *ir.Program) { blk(p, 11).Params = []ir.Slot{sFree} }},
		{"parameter of the first block", ir.ErrDefinition, func(p *ir.Program) { blk(p, 1).Params = []ir.Slot{sFree} }},
		{"argument not passed", ir.ErrDefinition, func(p *ir.Program) { blk(p, 1).Term.Edges[0].Moves = nil }},
		{"result of nothing", ir.ErrDefinition, func(p *ir.Program) { blk(p, 1).Term.RetMoves[0].Src = in(ret + 1) }},
		{"result from a constant", ir.ErrDefinition, func(p *ir.Program) { blk(p, 1).Term.RetMoves[0].Src = konst(kFive) }},
		{"result from the caller's slot", ir.ErrDefinition, func(p *ir.Program) { blk(p, 1).Term.RetMoves[0].Src = in(sWord) }},
		{"result not taken", ir.ErrDefinition, func(p *ir.Program) { blk(p, 1).Term.RetMoves = nil }},
		// N4: links
		{"PARENT read", ir.ErrLink, func(p *ir.Program) { blk(p, 8).Body[0].Pure.A = in(ir.SlotParent) }},
		{"RETPC stored", ir.ErrLink, func(p *ir.Program) { blk(p, 12).Body[0].Mem.Val = in(ir.SlotRetPC) }},
		{"PARENT moved", ir.ErrLink, func(p *ir.Program) { blk(p, 7).Term.Edges[0].Moves[0].Src = in(ir.SlotParent) }},
		{"RETPC in a branch", ir.ErrLink, func(p *ir.Program) { blk(p, 8).Term.B = in(ir.SlotRetPC) }},
		{"return from a loop", ir.ErrLink, func(p *ir.Program) { blk(p, 7).Term = ir.Term{Kind: ir.TermRet} }},
		{"return from the start region", ir.ErrLink, func(p *ir.Program) { blk(p, 4).Term = ir.Term{Kind: ir.TermRet} }},
		{"second return block", ir.ErrLink, func(p *ir.Program) { blk(p, 10).Term = ir.Term{Kind: ir.TermRet} }},
		{"function without return block", ir.ErrLink, func(p *ir.Program) { blk(p, 11).Term = ir.Term{Kind: ir.TermUnreachable, Trap: "x"} }},
		{"return block with a body", ir.ErrLink, func(p *ir.Program) {
			blk(p, 11).Body = []ir.Instr{event(ir.Mem{Width: 8, Addr: ir.Zero(), Dst: sFree})}
		}},
		// N5: region tree
		{"loop is its own parent", ir.ErrCycle, func(p *ir.Program) { p.Regions[2].Parent = 2 }},
		{"loop in an unknown region", ir.ErrCycle, func(p *ir.Program) { p.Regions[2].Parent = 9 }},
		// N6: ranges and keys
		{"wrong pc", ir.ErrRange, func(p *ir.Program) { blk(p, 4).PC = 7 }},
		{"no blocks", ir.ErrRange, func(p *ir.Program) { p.Blocks = nil }},
		{"no regions", ir.ErrRange, func(p *ir.Program) { p.Regions = nil }},
		{"empty region", ir.ErrRange, func(p *ir.Program) { p.Regions[2].Blocks = nil }},
		{"block in two regions", ir.ErrRange, func(p *ir.Program) { p.Regions[2].Blocks = append(p.Regions[2].Blocks, 8) }},
		{"block listed twice", ir.ErrRange, func(p *ir.Program) { p.Regions[2].Blocks = append(p.Regions[2].Blocks, 7) }},
		{"block in no region", ir.ErrRange, func(p *ir.Program) { p.Regions[0].Blocks = []uint32{1, 2, 3} }},
		{"block of another region", ir.ErrRange, func(p *ir.Program) { blk(p, 7).Region = 1 }},
		{"unknown block listed", ir.ErrRange, func(p *ir.Program) { p.Regions[0].Blocks = append(p.Regions[0].Blocks, 99) }},
		{"region kind", ir.ErrRange, func(p *ir.Program) { p.Regions[2].Kind = 7 }},
		{"slot limit", ir.ErrRange, func(p *ir.Program) {
			blk(p, 9).Body[1].Pure.Dst = ir.SlotLimit
			blk(p, 9).Body[2].Pure.B = in(ir.SlotLimit)
		}},
		{"results beyond the slot limit", ir.ErrRange, func(p *ir.Program) { blk(p, 6).Body[1].Pure.Dst = ir.SlotLimit - 2 }},
		{"64 events", ir.ErrRange, func(p *ir.Program) {
			for range 64 {
				blk(p, 8).Body = append(blk(p, 8).Body, event(ir.Mem{Store: true, Width: 8, Addr: ir.Zero(), Val: in(sOut)}))
			}
		}},
		{"unknown opcode", ir.ErrRange, func(p *ir.Program) { blk(p, 8).Body[0].Pure.Op = 0x7f }},
		{"opcode 0", ir.ErrRange, func(p *ir.Program) { blk(p, 8).Body[0].Pure.Op = 0 }},
		{"empty instruction", ir.ErrRange, func(p *ir.Program) { blk(p, 8).Body[0] = ir.Instr{} }},
		{"double instruction", ir.ErrRange, func(p *ir.Program) { blk(p, 8).Body[0].Mem = &ir.Mem{Width: 8, Addr: ir.Zero(), Dst: sFree} }},
		{"memory region", ir.ErrRange, func(p *ir.Program) { blk(p, 5).Body[0].Mem.Region = 4 }},
		{"terminator", ir.ErrRange, func(p *ir.Program) { blk(p, 7).Term.Kind = 9 }},
		// N7: types and flags
		{"i64 in a 32-bit op", ir.ErrType, func(p *ir.Program) { blk(p, 6).Body[0].Pure.A = in(sAcc) }},
		{"i64 through an argument", ir.ErrType, func(p *ir.Program) { blk(p, 1).Term.Edges[0].Moves[0].Src = konst(kBig) }},
		{"i64 around a back edge", ir.ErrType, func(p *ir.Program) { blk(p, 12).Term.Edges[1].Moves[0].Src = in(sAcc) }},
		{"i64 constant in a 32-bit op", ir.ErrType, func(p *ir.Program) { blk(p, 6).Body[0].Pure.B = konst(kBig) }},
		{"i64 address", ir.ErrType, func(p *ir.Program) { blk(p, 12).Body[0].Mem.Addr = in(sAcc) }},
		{"i64 index of a state read", ir.ErrType, func(p *ir.Program) { blk(p, 6).Body[1].Pure.B = in(sAcc) }},
		{"power as a number", ir.ErrType, func(p *ir.Program) { blk(p, 9).Term.Edges[0].Moves[0].Src = in(sPow) }},
		{"power as first factor", ir.ErrType, func(p *ir.Program) { pu := blk(p, 9).Body[2].Pure; pu.A, pu.B = pu.B, pu.A }},
		{"power in an addition", ir.ErrType, func(p *ir.Program) { blk(p, 9).Body[2].Pure.Op = ir.OpAdd32 }},
		{"power in a branch", ir.ErrType, func(p *ir.Program) {
			blk(p, 9).Term = branch(in(sPow), ir.Zero(), forward(11, ir.Move{Src: in(arg), Dst: ret}), forward(11, ir.Move{Src: in(arg), Dst: ret}))
		}},
		{"power stored", ir.ErrType, func(p *ir.Program) {
			blk(p, 9).Body = append(blk(p, 9).Body, event(ir.Mem{Store: true, Width: 8, Addr: in(arg), Val: in(sPow)}))
		}},
		{"power selected", ir.ErrType, func(p *ir.Program) {
			blk(p, 9).Body = append(blk(p, 9).Body, pure(ir.OpSelect, sFree, in(arg), in(sPow), ir.Zero()))
			blk(p, 9).Term.Edges[0].Moves[0].Src = in(sFree)
		}},
		{"power of the other width", ir.ErrType, func(p *ir.Program) { blk(p, 9).Body[1].Pure.Op = ir.OpPowShl64 }},
		{"2^64 in a low product", ir.ErrType, func(p *ir.Program) {
			blk(p, 9).Body[1].Pure.Op = ir.OpPowShr64
			blk(p, 9).Body[2].Pure.Op = ir.OpMulLo64
		}},
		{"number in a rotation", ir.ErrType, func(p *ir.Program) {
			pu := blk(p, 9).Body[2].Pure
			pu.Op, pu.B = ir.OpMulSum32, in(sQuot)
		}},
		{"no power of two in a rotation", ir.ErrType, func(p *ir.Program) {
			pu := blk(p, 9).Body[2].Pure
			pu.Op, pu.B = ir.OpMulSum32, konst(kFive)
		}},
		{"number in a high product of 64 bits", ir.ErrType, func(p *ir.Program) {
			pu := blk(p, 9).Body[2].Pure
			pu.Op, pu.B = ir.OpMulHi64, in(sQuot)
		}},
		{"access of 3 bytes", ir.ErrType, func(p *ir.Program) { blk(p, 5).Body[0].Mem.Width = 3 }},
		{"signed load of 8 bytes", ir.ErrType, func(p *ir.Program) { blk(p, 5).Body[0].Mem.Signed = true }},
		{"wide but not signed", ir.ErrType, func(p *ir.Program) { m := blk(p, 5).Body[0].Mem; m.Width, m.Wide = 4, true }},
		{"32 bits extended to 32", ir.ErrType, func(p *ir.Program) { m := blk(p, 5).Body[0].Mem; m.Width, m.Signed = 4, true }},
		// N8: first operands
		{"constant first operand", ir.ErrOperand, func(p *ir.Program) { blk(p, 5).Body[1].Pure.A = konst(kFive) }},
		{"zero as first operand", ir.ErrOperand, func(p *ir.Program) { blk(p, 5).Body[1].Pure.A = ir.Zero() }},
		{"pad slot read", ir.ErrOperand, func(p *ir.Program) { blk(p, 5).Body[1].Pure.A = in(ir.SlotPad0) }},
		{"pad constant read", ir.ErrOperand, func(p *ir.Program) { blk(p, 5).Body[1].Pure.B = konst(ir.SlotPad0) }},
		// N9: traps forced
		{"divisor not tested", ir.ErrForce, func(p *ir.Program) { blk(p, 9).Body[0].Pure.B = in(arg) }},
		{"division before the test", ir.ErrForce, func(p *ir.Program) {
			blk(p, 8).Body = append(blk(p, 8).Body, blk(p, 9).Body[0])
			blk(p, 9).Body = blk(p, 9).Body[1:]
		}},
		{"division on the wrong side", ir.ErrForce, func(p *ir.Program) {
			e := &blk(p, 8).Term.Edges
			e[0], e[1] = e[1], e[0]
		}},
		{"division by the constant 0", ir.ErrForce, func(p *ir.Program) { blk(p, 9).Body[0].Pure.B = ir.Zero() }},
		{"test on both sides", ir.ErrForce, func(p *ir.Program) { blk(p, 8).Term.Edges[0] = forward(9) }},
		{"test against another number", ir.ErrForce, func(p *ir.Program) { blk(p, 8).Term.B = konst(kFive) }},
		{"state read that nothing forces", ir.ErrForce, func(p *ir.Program) {
			blk(p, 6).Term.A = in(sNext)
			blk(p, 12).Body[0].Mem.Val = in(sAcc)
		}},
		{"state read forced only elsewhere", ir.ErrForce, func(p *ir.Program) { blk(p, 6).Term.A = in(sNext) }},
		{"length that nothing forces", ir.ErrForce, func(p *ir.Program) { blk(p, 8).Body = append(blk(p, 8).Body, pure(ir.OpLen, sFree, in(sLow))) }},
		// N10: data
		{"constants not ascending", ir.ErrData, func(p *ir.Program) { c := p.Consts; c[0], c[1] = c[1], c[0] }},
		{"constant slot twice", ir.ErrData, func(p *ir.Program) { p.Consts[1].Slot = kFive }},
		{"constant value twice", ir.ErrData, func(p *ir.Program) { p.Consts[1].Value = 5 }},
		{"constant in a reserved slot", ir.ErrData, func(p *ir.Program) { p.Consts[0].Slot = ir.SlotOne }},
		{"constant in an argument slot", ir.ErrData, func(p *ir.Program) { p.Consts[0].Slot = arg }},
		{"constant beyond the slots", ir.ErrData, func(p *ir.Program) { p.Consts[1].Slot = ir.SlotLimit }},
		{"data not ascending", ir.ErrData, func(p *ir.Program) { d := p.Data; d[0], d[1] = d[1], d[0] }},
		{"cell twice", ir.ErrData, func(p *ir.Program) { p.Data[1].Addr = 8 }},
		{"zero datum", ir.ErrData, func(p *ir.Program) { p.Data[0].Value = 0 }},
		{"unaligned datum", ir.ErrData, func(p *ir.Program) { p.Data[0].Addr = 4 }},
		{"datum behind the memory", ir.ErrData, func(p *ir.Program) { p.Data[1].Addr = 65536 }},
		{"datum of a host cell", ir.ErrData, func(p *ir.Program) { p.Data[2].Addr = ir.JournalLenAddr }},
		{"datum of no global", ir.ErrData, func(p *ir.Program) { p.Data[2].Addr = ir.GlobalsBase + 8 }},
		{"datum in the input", ir.ErrData, func(p *ir.Program) { p.Data[2].Region = ir.RegionInput }},
		{"datum in the journal", ir.ErrData, func(p *ir.Program) { p.Data[2].Region = ir.RegionJournal }},
		{"too many pages", ir.ErrData, func(p *ir.Program) { p.Pages, p.MaxPages = 65, 65 }},
		{"more pages than the maximum", ir.ErrData, func(p *ir.Program) { p.Pages = 2 }},
		{"maximum of a memory that does not grow", ir.ErrData, func(p *ir.Program) { p.MaxPages = 2 }},
		{"store to the memory's size", ir.ErrData, func(p *ir.Program) {
			*blk(p, 12).Body[0].Mem = ir.Mem{Store: true, Width: 8, Region: ir.RegionGlobals, Addr: ir.Zero(), Imm: ir.MemSizeAddr, Val: in(sNext)}
		}},
		{"growth that stores a value", ir.ErrUnused, func(p *ir.Program) {
			m := ir.GrowEvent()
			m.Val = in(sNext)
			p.MaxPages, *blk(p, 12).Body[0].Mem = 2, m
		}},
		{"growth of another cell", ir.ErrUnused, func(p *ir.Program) {
			m := ir.GrowEvent()
			m.Imm = ir.JournalLenAddr
			p.MaxPages, *blk(p, 12).Body[0].Mem = 2, m
		}},
		{"growth of half a cell", ir.ErrUnused, func(p *ir.Program) {
			m := ir.GrowEvent()
			m.Width = 4
			p.MaxPages, *blk(p, 12).Body[0].Mem = 2, m
		}},
		{"too many globals", ir.ErrData, func(p *ir.Program) { p.Globals = 1 << 31 }},
		{"store to the input", ir.ErrData, func(p *ir.Program) { blk(p, 12).Body[0].Mem.Region = ir.RegionInput }},
		{"store to the input length", ir.ErrData, func(p *ir.Program) {
			*blk(p, 12).Body[0].Mem = ir.Mem{Store: true, Width: 4, Region: ir.RegionGlobals, Addr: ir.Zero(), Imm: ir.InputLenAddr, Val: in(sNext)}
		}},
		{"computed host cell", ir.ErrData, func(p *ir.Program) { blk(p, 12).Body[0].Mem.Region = ir.RegionGlobals }},
		{"host cell out of range", ir.ErrData, func(p *ir.Program) {
			*blk(p, 5).Body[0].Mem = ir.Mem{Width: 8, Region: ir.RegionGlobals, Addr: ir.Zero(), Imm: ir.GlobalsBase + 8, Dst: sWord}
		}},
		{"access across host cells", ir.ErrData, func(p *ir.Program) {
			*blk(p, 5).Body[0].Mem = ir.Mem{Width: 8, Region: ir.RegionGlobals, Addr: ir.Zero(), Imm: 4, Dst: sWord}
		}},
		// N11: entry and halt
		{"entry is not the first block", ir.ErrEntry, func(p *ir.Program) { p.Entry = 2 }},
		{"entry in a function", ir.ErrEntry, func(p *ir.Program) { p.Entry = 5 }},
		{"halt does not halt", ir.ErrEntry, func(p *ir.Program) { p.Halt = 4 }},
		{"halt out of range", ir.ErrEntry, func(p *ir.Program) { p.Halt = 99 }},
		{"second halt", ir.ErrEntry, func(p *ir.Program) { blk(p, 10).Term = ir.Term{Kind: ir.TermHalt} }},
		{"halt in a function", ir.ErrEntry, func(p *ir.Program) {
			p.Halt = 10
			blk(p, 10).Term, blk(p, 3).Term = ir.Term{Kind: ir.TermHalt}, ir.Term{Kind: ir.TermUnreachable, Trap: "x"}
		}},
		{"two start regions", ir.ErrEntry, func(p *ir.Program) { p.Regions[1].Kind = ir.KindStart }},
		{"no start region", ir.ErrEntry, func(p *ir.Program) { p.Regions[0].Kind = ir.KindFunc }},
		// N12: continuations
		{"continuation of two calls", ir.ErrContinuation, func(p *ir.Program) {
			p.Blocks = append(p.Blocks, ir.Block{PC: 13, Term: blk(p, 1).Term})
			p.Regions[0].Blocks = []uint32{1, 13, 2, 3, 4}
		}},
		{"edge to a continuation", ir.ErrContinuation, func(p *ir.Program) {
			p.Blocks = append(p.Blocks, ir.Block{PC: 13, Term: jump(forward(2, ir.Move{Src: ir.Zero(), Dst: sResult}))})
			p.Regions[0].Blocks = []uint32{1, 13, 2, 3, 4}
		}},
		{"continuation in another region", ir.ErrContinuation, func(p *ir.Program) { blk(p, 1).Term.Cont = 8 }},
		{"no continuation", ir.ErrContinuation, func(p *ir.Program) { blk(p, 1).Term.Cont = 0 }},
		// N13: unused fields
		{"operands of a jump", ir.ErrUnused, func(p *ir.Program) { blk(p, 9).Term.A = in(sLow) }},
		{"operands of an exit", ir.ErrUnused, func(p *ir.Program) { blk(p, 7).Term.B = in(sAcc) }},
		{"operands of a return", ir.ErrUnused, func(p *ir.Program) { blk(p, 11).Term.A = in(ret) }},
		{"second edge of a jump", ir.ErrUnused, func(p *ir.Program) { blk(p, 9).Term.Edges[1] = forward(10) }},
		{"edge of a return", ir.ErrUnused, func(p *ir.Program) { blk(p, 11).Term.Edges[0] = forward(10) }},
		{"edge of a trap", ir.ErrUnused, func(p *ir.Program) { blk(p, 4).Term.Edges[0] = forward(3) }},
		{"continuation of a jump", ir.ErrUnused, func(p *ir.Program) { blk(p, 9).Term.Cont = 10 }},
		{"results of a branch", ir.ErrUnused, func(p *ir.Program) { blk(p, 8).Term.RetMoves = moves(ir.Move{Src: in(ret), Dst: sFree}) }},
		{"trap of a jump", ir.ErrUnused, func(p *ir.Program) { blk(p, 9).Term.Trap = "x" }},
		{"trap without name", ir.ErrUnused, func(p *ir.Program) { blk(p, 4).Term.Trap = "" }},
		{"third operand", ir.ErrUnused, func(p *ir.Program) { blk(p, 5).Body[1].Pure.C = in(sWord) }},
		{"value of a load", ir.ErrUnused, func(p *ir.Program) { blk(p, 5).Body[0].Mem.Val = in(arg) }},
		{"result of a store", ir.ErrUnused, func(p *ir.Program) { blk(p, 12).Body[0].Mem.Dst = sFree }},
		{"signed store", ir.ErrUnused, func(p *ir.Program) { blk(p, 12).Body[0].Mem.Signed = true }},
		{"halt with a body", ir.ErrUnused, func(p *ir.Program) { blk(p, 3).Body = []ir.Instr{event(ir.Mem{Width: 8, Addr: ir.Zero(), Dst: sFree})} }},
		{"parent of a function", ir.ErrUnused, func(p *ir.Program) { p.Regions[1].Parent = 1 }},
		// N14: edge kinds
		{"enter from a foreign region", ir.ErrEdge, func(p *ir.Program) {
			blk(p, 2).Term.Edges[1] = edge(ir.EdgeEnter, 6, ir.Move{Src: ir.Zero(), Dst: sCount}, ir.Move{Src: ir.Zero(), Dst: sAcc})
		}},
		{"enter past the header", ir.ErrEdge, func(p *ir.Program) { blk(p, 8).Term.Edges[0] = edge(ir.EdgeEnter, 7) }},
		{"forward edge to a header", ir.ErrEdge, func(p *ir.Program) { blk(p, 5).Term.Edges[0].Kind = ir.EdgeForward }},
		{"forward edge into a function", ir.ErrEdge, func(p *ir.Program) { blk(p, 2).Term.Edges[1] = forward(10) }},
		{"forward edge to the own header", ir.ErrEdge, func(p *ir.Program) { blk(p, 12).Term.Edges[1].Kind = ir.EdgeForward }},
		{"forward edge to the first block", ir.ErrEdge, func(p *ir.Program) { blk(p, 2).Term.Edges[1] = forward(1) }},
		{"back edge from outside", ir.ErrEdge, func(p *ir.Program) { blk(p, 5).Term.Edges[0].Kind = ir.EdgeBack }},
		{"back edge in a function", ir.ErrEdge, func(p *ir.Program) {
			blk(p, 8).Term.Edges[0] = edge(ir.EdgeBack, 5, ir.Move{Src: in(sLow), Dst: arg})
		}},
		{"back edge past the header", ir.ErrEdge, func(p *ir.Program) { blk(p, 12).Term.Edges[1] = edge(ir.EdgeBack, 7) }},
		{"call by a jump", ir.ErrEdge, func(p *ir.Program) { blk(p, 9).Term = jump(edge(ir.EdgeCall, 5, ir.Move{Src: in(arg), Dst: arg})) }},
		{"call by a branch", ir.ErrEdge, func(p *ir.Program) {
			blk(p, 2).Term.Edges[1] = edge(ir.EdgeCall, 5, ir.Move{Src: in(sResult), Dst: arg})
		}},
		{"call of a loop", ir.ErrEdge, func(p *ir.Program) { blk(p, 1).Term.Edges[0].Target = 6 }},
		{"call past the entry", ir.ErrEdge, func(p *ir.Program) { blk(p, 1).Term.Edges[0] = edge(ir.EdgeCall, 10) }},
		{"call as a forward edge", ir.ErrEdge, func(p *ir.Program) { blk(p, 1).Term.Edges[0].Kind = ir.EdgeForward }},
		{"exit by a branch", ir.ErrEdge, func(p *ir.Program) {
			blk(p, 12).Term.Edges[0] = edge(ir.EdgeExit, 8, ir.Move{Src: in(sAcc), Dst: sOut})
		}},
		{"exit from a function", ir.ErrEdge, func(p *ir.Program) { blk(p, 9).Term = jump(edge(ir.EdgeExit, 4)) }},
		{"exit to the start region", ir.ErrEdge, func(p *ir.Program) { blk(p, 7).Term = jump(edge(ir.EdgeExit, 4)) }},
		{"exit to an entry", ir.ErrEdge, func(p *ir.Program) { blk(p, 7).Term = jump(edge(ir.EdgeExit, 5, ir.Move{Src: in(sAcc), Dst: arg})) }},
		{"exit as a forward edge", ir.ErrEdge, func(p *ir.Program) { blk(p, 7).Term.Edges[0].Kind = ir.EdgeForward }},
		{"target out of range", ir.ErrEdge, func(p *ir.Program) { blk(p, 9).Term.Edges[0].Target = 99 }},
		{"target 0", ir.ErrEdge, func(p *ir.Program) { blk(p, 9).Term.Edges[0].Target = 0 }},
		{"unknown kind", ir.ErrEdge, func(p *ir.Program) { blk(p, 9).Term.Edges[0].Kind = 9 }},
	}
	seen := map[error]int{}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := sample()
			test.edit(p)
			if err := ir.Check(p); !errors.Is(err, test.want) {
				t.Errorf("got %v, want %v", err, test.want)
			}
		})
		seen[test.want]++
	}
	if len(seen) != 14 {
		t.Errorf("%d rules have a test, want 14", len(seen))
	}
}
