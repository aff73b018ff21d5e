package circuit

import (
	"strings"
	"testing"

	"vmhost/proofs/zkwasm/ir"
	"vmhost/statecache"
)

// loopSteps makes frames reach beyond 512: flags with a fraction of 1/256 then
// name other frames that exist.
const loopSteps = 258

// loopProgram runs one op of each chip and one event of each kind per
// iteration, every operand in the own frame.
func loopProgram() *ir.Program {
	next := ir.SlotFirst
	slot := func() ir.Ref { next++; return ir.Ref{Slot: next - 1} }
	constant := func() ir.Ref { next++; return ir.Ref{Slot: next - 1, Const: true} }
	limit, eight := constant(), constant()
	p := &ir.Program{
		Entry: 1, Halt: 6, Pages: 1, MaxPages: 1, Globals: 1, Consts: []ir.Const{{Slot: limit.Slot, Value: loopSteps}, {Slot: eight.Slot, Value: 8}},
		Data: []ir.Datum{{Addr: 0, Value: 0x1122334455667788}, {Addr: 64, Value: 0x0102030405060708}},
		Regions: []ir.CodeRegion{
			{Kind: ir.KindStart, Blocks: []uint32{1, 5, 6}},
			{Kind: ir.KindLoop, Blocks: []uint32{2, 3, 4}},
		},
	}
	i, out := slot(), slot()
	var body []ir.Instr
	pure := func(op ir.Op, a ...ir.Ref) ir.Ref {
		x := ir.Pure{Op: op, Dst: slot().Slot}
		for k, to := range []*ir.Ref{&x.A, &x.B, &x.C}[:len(a)] {
			*to = a[k]
		}
		body = append(body, ir.Instr{Pure: &x})
		return ir.Ref{Slot: x.Dst}
	}
	load := func(width uint8, region ir.Region, addr ir.Ref, imm uint32, signed bool) ir.Ref {
		s := slot()
		body = append(body, ir.Instr{Mem: &ir.Mem{Width: width, Region: region, Addr: addr, Imm: imm, Signed: signed, Dst: s.Slot}})
		return s
	}
	store := func(width uint8, addr ir.Ref, imm uint32, v ir.Ref) {
		body = append(body, ir.Instr{Mem: &ir.Mem{Store: true, Width: width, Addr: addr, Imm: imm, Val: v}})
	}
	load(8, ir.RegionGlobals, ir.Zero(), ir.GlobalsBase, false)
	v := load(8, ir.RegionLinear, ir.Zero(), 0, false)
	n := pure(ir.OpLo32, v)
	for _, op := range []ir.Op{ir.OpAdd32, ir.OpLtU32, ir.OpAnd32, ir.OpMulLo32} {
		pure(op, i, n)
	}
	for _, op := range []ir.Op{ir.OpAdd64, ir.OpLtU64, ir.OpXor64, ir.OpMulLo64, ir.OpEq} {
		pure(op, v, i)
	}
	sel := pure(ir.OpSelect, i, i, v)
	pure(ir.OpPowShl64, v)
	addr := pure(ir.OpEq, n, i) // 0
	store(8, addr, 64, sel)
	store(4, addr, 68, n)
	store(4, addr, 72, v)
	store(1, addr, 65, i)
	store(2, addr, 65, i)
	load(4, ir.RegionLinear, addr, 64, false)
	load(1, ir.RegionLinear, addr, 0, true)
	load(1, ir.RegionLinear, addr, 1, false)
	load(8, ir.RegionLinear, addr, 8*8, false)
	first := body
	body = nil
	pure(ir.OpDivU64, i, v)
	n1 := pure(ir.OpAdd32, i, one())
	more := pure(ir.OpLtU32, n1, limit)
	last := slot()
	p.Blocks = []ir.Block{
		{PC: 1, Term: ir.Term{Kind: ir.TermJump, Edges: [2]ir.Edge{{Kind: ir.EdgeEnter, Target: 2, Moves: []ir.Move{{Src: ir.Zero(), Dst: i.Slot}}}}}},
		{PC: 2, Region: 1, Params: []ir.Slot{i.Slot}, Body: first, Term: ir.Term{
			Kind: ir.TermBranch, A: v, B: ir.Zero(),
			Edges: [2]ir.Edge{{Target: 4, Moves: []ir.Move{{Src: i, Dst: last.Slot}}}, {Target: 3}},
		}},
		{PC: 3, Region: 1, Body: body, Term: ir.Term{
			Kind: ir.TermBranch, A: more, B: ir.Zero(),
			Edges: [2]ir.Edge{
				{Target: 4, Moves: []ir.Move{{Src: n1, Dst: last.Slot}}},
				{Kind: ir.EdgeBack, Target: 2, Moves: []ir.Move{{Src: n1, Dst: i.Slot}}},
			},
		}},
		{PC: 4, Region: 1, Params: []ir.Slot{last.Slot}, Term: ir.Term{
			Kind: ir.TermJump, Edges: [2]ir.Edge{{Kind: ir.EdgeExit, Target: 5, Moves: []ir.Move{{Src: last, Dst: out.Slot}}}},
		}},
		{PC: 5, Params: []ir.Slot{out.Slot}, Body: []ir.Instr{
			{Mem: &ir.Mem{Store: true, Width: 8, Region: ir.RegionJournal, Addr: ir.Zero(), Val: out}},
			{Mem: &ir.Mem{Store: true, Width: 4, Region: ir.RegionGlobals, Addr: ir.Zero(), Val: eight}},
		}, Term: ir.Term{Kind: ir.TermJump, Edges: [2]ir.Edge{{Target: 6}}}},
		{PC: 6, Term: ir.Term{Kind: ir.TermHalt}},
	}
	return p
}

// runLiar runs a hand-made program honestly.
func runLiar(tb testing.TB, p *ir.Program, l *liar) *ir.Trace {
	tb.Helper()
	if err := ir.Check(p); err != nil {
		tb.Fatal(err)
	}
	l.p = p
	if !l.run() {
		tb.Fatal("the run does not end")
	}
	return l.t
}

// readNames are names that differ from the first in one limb each.
var readNames = func() []string {
	out := []string{strings.Repeat("a", 31)}
	for _, k := range []int{30, 20, 10, 0} {
		b := []byte(out[0])
		b[k] = 'b'
		out = append(out, string(b))
	}
	return out
}()

// readsProgram finds five collections by limbs in memory, and reads lengths and
// items of the first two.
func readsProgram() *ir.Program {
	next := ir.SlotFirst
	slot := func(n ir.Slot) ir.Slot { next += n; return next - n }
	p := &ir.Program{Entry: 1, Pages: 1, MaxPages: 1, Regions: []ir.CodeRegion{{Kind: ir.KindStart}}}
	two := ir.Ref{Slot: slot(1), Const: true}
	p.Consts = []ir.Const{{Slot: two.Slot, Value: 2}}
	var body []ir.Instr
	at := uint32(1024)
	pure := func(op ir.Op, refs ...ir.Ref) ir.Ref {
		x := ir.Pure{Op: op, Dst: slot(ir.Slot(op.Results()))}
		for k, to := range []*ir.Ref{&x.A, &x.B, &x.C, &x.D}[:len(refs)] {
			*to = refs[k]
		}
		body = append(body, ir.Instr{Pure: &x})
		for k := range op.Results() {
			body = append(body, ir.Instr{Mem: &ir.Mem{Store: true, Width: 8, Addr: ir.Zero(), Imm: at, Val: ir.Ref{Slot: x.Dst + ir.Slot(k)}}})
			at += 8
		}
		return ir.Ref{Slot: x.Dst}
	}
	var handles []ir.Ref
	for n, name := range readNames {
		e := append([]byte{byte(len(name))}, name...)
		var limbs []ir.Ref
		for k := range 4 {
			var v uint64
			for _, b := range e[24-8*k : 32-8*k] {
				v = v<<8 | uint64(b)
			}
			addr := uint32(8 * (4*n + k))
			p.Data = append(p.Data, ir.Datum{Addr: addr, Value: v})
			s := slot(1)
			body = append(body, ir.Instr{Mem: &ir.Mem{Width: 8, Addr: ir.Zero(), Imm: addr, Dst: s}})
			limbs = append(limbs, ir.Ref{Slot: s})
		}
		handles = append(handles, pure(ir.OpFind, limbs...))
	}
	idx := pure(ir.OpLo32, handles[0]) // the handle is 1
	flush := func(t ir.Term) {
		pc := uint32(len(p.Blocks) + 1)
		p.Blocks = append(p.Blocks, ir.Block{PC: pc, Body: body, Term: t})
		p.Regions[0].Blocks = append(p.Regions[0].Blocks, pc)
		body = nil
	}
	jump := func() {
		flush(ir.Term{Kind: ir.TermJump, Edges: [2]ir.Edge{{Target: uint32(len(p.Blocks) + 2)}}})
	}
	for _, h := range handles[:2] {
		jump()
		pure(ir.OpLen, h)
		pure(ir.OpLeaf, h, idx)
		pure(ir.OpLeaf, h, two)
		pure(ir.OpItem, h, idx)
		pure(ir.OpItem, h, two)
	}
	jump()
	flush(ir.Term{Kind: ir.TermHalt})
	p.Halt = uint32(len(p.Blocks))
	return p
}

// readsView has the collections of readsProgram, with values of 256 bits and,
// at index 2, of 8.
func readsView(tb testing.TB) *statecache.View {
	tb.Helper()
	var cols []statecache.CollectionValues
	for n, name := range readNames {
		c := statecache.CollectionValues{Collection: statecache.Collection{Name: name}}
		for i := range 9 + n {
			c.Items = append(c.Items, statecache.Item{Address: [20]byte{1, byte(n)}, Slot: [32]byte{31: byte(i)}})
			v := [32]byte{31: byte(10*n + i)}
			if i != 2 {
				v[0], v[9], v[17] = 1, byte(i), 3
			}
			c.Values = append(c.Values, v)
		}
		cols = append(cols, c)
	}
	v, err := statecache.FromState(31337, statecache.BlockHeader{Ref: statecache.BlockRef{Number: 7, Hash: [32]byte{9}}}, cols)
	if err != nil {
		tb.Fatal(err)
	}
	return v
}
