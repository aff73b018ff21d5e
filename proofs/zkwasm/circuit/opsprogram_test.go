package circuit

import (
	"math/rand/v2"

	"vmhost/proofs/zkwasm/ir"
)

// opsProgram is a hand-made straight line in the start region that runs every
// arithmetic op on random operands of memory, and loads and stores of every
// width at every offset. It ends at HALT.
func opsProgram(r *rand.Rand) *ir.Program {
	p := &ir.Program{Entry: 1, Pages: 1, MaxPages: 1, Regions: []ir.CodeRegion{{Kind: ir.KindStart}}}
	next := ir.SlotFirst
	slot := func(n ir.Slot) ir.Slot { s := next; next += n; return s }
	zero := ir.Zero()
	var body []ir.Instr
	load := func(m ir.Mem) ir.Ref {
		m.Dst = slot(1)
		body = append(body, ir.Instr{Mem: &m})
		return ir.Ref{Slot: m.Dst}
	}
	store := func(m ir.Mem) {
		m.Store = true
		body = append(body, ir.Instr{Mem: &m})
	}
	out := uint32(64)
	pure := func(op ir.Op, a, b, c ir.Ref) ir.Ref {
		s := slot(1)
		body = append(body, ir.Instr{Pure: &ir.Pure{Op: op, Dst: s, A: a, B: b, C: c}})
		if op < ir.OpPowShl32 || op > ir.OpPowShr64 { // used by a product instead
			store(ir.Mem{Width: 8, Addr: zero, Imm: out, Val: ir.Ref{Slot: s}})
			out += 8
		}
		return ir.Ref{Slot: s}
	}
	flush := func() {
		pc := uint32(len(p.Blocks) + 1)
		p.Regions[0].Blocks = append(p.Regions[0].Blocks, pc)
		p.Blocks = append(p.Blocks, ir.Block{PC: pc, Body: body, Term: ir.Term{Kind: ir.TermJump, Edges: [2]ir.Edge{{Kind: ir.EdgeForward, Target: pc + 1}}}})
		body = nil
	}
	k32 := ir.Ref{Slot: slot(1), Const: true}
	p.Consts = []ir.Const{{Slot: k32.Slot, Value: r.Uint64N(1 << 32)}}
	for i := range uint32(4) {
		p.Data = append(p.Data, ir.Datum{Addr: 8 * i, Value: r.Uint64() | 1})
	}
	w := [4]ir.Ref{}
	for i := range w {
		w[i] = load(ir.Mem{Width: 8, Addr: zero, Imm: uint32(8 * i)})
	}
	n := [2]ir.Ref{pure(ir.OpLo32, w[0], ir.Ref{}, ir.Ref{}), pure(ir.OpHi32, w[1], ir.Ref{}, ir.Ref{})}
	flush()
	for op := ir.Op(0); op < 0x70; op++ {
		if op.Operands() == 0 || op.IsState() {
			continue
		}
		a, b := w[r.IntN(4)], w[r.IntN(4)]
		if op.Width() == 32 {
			a, b = n[0], n[r.IntN(2)]
		}
		switch {
		case op.Operands() == 1:
			b = ir.Ref{}
		case op.Operands() == 2 && op != ir.OpMulSum32 && op != ir.OpMulSum64:
			pure(op, a, b, ir.Ref{})
			b = k32
		}
		c := ir.Ref{}
		if op == ir.OpSelect {
			c = zero
		}
		if op == ir.OpMulSum32 || op == ir.OpMulSum64 {
			continue // below
		}
		r := pure(op, a, b, c)
		switch op {
		case ir.OpPowShl32, ir.OpPowShr32:
			pure(ir.OpMulHi32, n[0], r, ir.Ref{})
			pure(ir.OpMulSum32, n[1], r, ir.Ref{})
		case ir.OpPowShl64, ir.OpPowShr64:
			pure(ir.OpMulHi64, w[0], r, ir.Ref{})
			pure(ir.OpMulSum64, w[1], r, ir.Ref{})
		}
		if len(body) > 80 {
			flush()
		}
	}
	pure(ir.OpSelect, pure(ir.OpEq, w[0], w[0], ir.Ref{}), w[1], w[2])
	flush()
	for off := range uint32(9) {
		for _, width := range []uint8{1, 2, 4, 8} {
			v := w[off%4]
			if width < 8 && off%2 == 0 {
				v = n[off/2%2]
			}
			store(ir.Mem{Width: width, Addr: zero, Imm: 4 + off, Val: v})
			load(ir.Mem{Width: width, Addr: zero, Imm: 5 + off})
			if width < 8 {
				load(ir.Mem{Width: width, Addr: zero, Imm: 3 + off, Signed: true, Wide: width == 4 || off%2 == 1})
			}
		}
		flush()
	}
	body = nil
	pc := uint32(len(p.Blocks) + 1)
	p.Regions[0].Blocks = append(p.Regions[0].Blocks, pc)
	p.Blocks = append(p.Blocks, ir.Block{PC: pc, Term: ir.Term{Kind: ir.TermHalt}})
	p.Halt = pc
	return p
}
