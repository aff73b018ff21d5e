package ir_test

import (
	"bytes"
	"encoding/gob"
	"errors"
	"math/rand/v2"
	"testing"

	"vmhost/proofs/zkwasm/ir"
)

// TestCheckMutations damages single bytes of an encoded sample: Check must
// neither panic nor hang.
func TestCheckMutations(t *testing.T) {
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(sample()); err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	decoded, refused := 0, 0
	for range 4000 {
		b := bytes.Clone(buf.Bytes())
		for range 1 + r.IntN(3) {
			b[r.IntN(len(b))] = byte(r.Uint32())
		}
		var p ir.Program
		if gob.NewDecoder(bytes.NewReader(b)).Decode(&p) != nil {
			continue
		}
		decoded++
		if ir.Check(&p) != nil {
			refused++
		}
	}
	if decoded < 50 || refused < decoded/4 {
		t.Errorf("decoded %d, refused %d", decoded, refused)
	}
}

func TestEval(t *testing.T) {
	tests := []struct {
		op            ir.Op
		a, b, c       uint64
		result, other uint64
	}{
		{ir.OpAdd32, 1<<32 - 1, 2, 0, 1, 0},
		{ir.OpSub32, 1, 2, 0, 1<<32 - 1, 0},
		{ir.OpSub64, 1, 2, 0, ^uint64(0), 0},
		{ir.OpGeU32, 3, 3, 0, 1, 0},
		{ir.OpLeU64, 4, 3, 0, 0, 0},
		{ir.OpMulHi32, 1 << 31, 1 << 32, 0, 1 << 31, 0}, // 2^32 as a power
		{ir.OpMulSum32, 5, 1 << 32, 0, 5, 5},
		{ir.OpMulHi64, 7, 0, 0, 7, 0}, // 2^64 as a power
		{ir.OpMulSum64, 7, 0, 0, 7, 7},
		{ir.OpMulLo64, 7, 0, 0, 0, 0},
		{ir.OpMulLo64, 1 << 63, 6, 0, 0, 3},
		{ir.OpPowShl32, 33, 0, 0, 2, 0},
		{ir.OpPowShr32, 32, 0, 0, 1 << 32, 0},
		{ir.OpPowShr32, 31, 0, 0, 2, 0},
		{ir.OpPowShr64, 64, 0, 0, 0, 0},
		{ir.OpPowShr64, 63, 0, 0, 2, 0},
		{ir.OpDivU64, 17, 5, 0, 3, 2},
		{ir.OpRemU32, 17, 5, 0, 2, 3},
		{ir.OpDivU32, 17, 0, 0, 0, 0},
		{ir.OpSelect, 0, 5, 6, 6, 0},
		{ir.OpSelect, 9, 5, 6, 5, 0},
		{ir.OpLo32, 1<<40 + 3, 0, 0, 3, 256},
		{ir.OpHi32, 1<<40 + 3, 0, 0, 256, 3},
	}
	for _, test := range tests {
		if r, o := ir.Eval(test.op, test.a, test.b, test.c); r != test.result || o != test.other {
			t.Errorf("%s %d %d %d = %d, %d, want %d, %d", test.op, test.a, test.b, test.c, r, o, test.result, test.other)
		}
	}
}

// tailCall is a function whose call continues at its return block, so that the
// callee's result is moved into a reserved slot: f() = g() = a loaded word, and
// the start region uses f's result with op.
func tailCall(op ir.Op) *ir.Program {
	ret := ir.SlotRet0
	result := []ir.Move{{Src: in(ret), Dst: ret}}
	p := &ir.Program{
		Entry: 1, Halt: 3, Pages: 1, MaxPages: 1,
		Regions: []ir.CodeRegion{
			{Kind: ir.KindStart, Blocks: []uint32{1, 2, 3, 4}},
			{Kind: ir.KindFunc, Func: "f", Blocks: []uint32{5, 6}},
			{Kind: ir.KindFunc, Func: "g", Blocks: []uint32{7, 8}},
		},
		Blocks: []ir.Block{
			{Term: ir.Term{Kind: ir.TermCall, Cont: 2, RetMoves: []ir.Move{{Src: in(ret), Dst: sResult}}, Edges: [2]ir.Edge{edge(ir.EdgeCall, 5)}}},
			{
				Params: []ir.Slot{sResult}, Body: []ir.Instr{pure(op, sSum, in(sResult), konst(ir.SlotOne))},
				Term: branch(in(sSum), ir.Zero(), forward(3), forward(4)),
			},
			{Term: ir.Term{Kind: ir.TermHalt}},
			{Term: ir.Term{Kind: ir.TermUnreachable, Trap: "unreachable"}},
			{Region: 1, Term: ir.Term{Kind: ir.TermCall, Cont: 6, RetMoves: result, Edges: [2]ir.Edge{edge(ir.EdgeCall, 7)}}},
			{Region: 1, Params: []ir.Slot{ret}, Term: ir.Term{Kind: ir.TermRet}},
			{
				Region: 2, Body: []ir.Instr{{Mem: &ir.Mem{Width: 8, Addr: ir.Zero(), Dst: sWord}}},
				Term: jump(forward(8, ir.Move{Src: in(sWord), Dst: ret})),
			},
			{Region: 2, Params: []ir.Slot{ret}, Term: ir.Term{Kind: ir.TermRet}},
		},
	}
	for i := range p.Blocks {
		p.Blocks[i].PC = uint32(i + 1)
	}
	return p
}

// A result that passes through the return block of another function keeps its type.
func TestCheckTypesThroughTailCalls(t *testing.T) {
	if err := ir.Check(tailCall(ir.OpAdd64)); err != nil {
		t.Errorf("a 64-bit result, added as one: %v", err)
	}
	if err := ir.Check(tailCall(ir.OpAdd32)); !errors.Is(err, ir.ErrType) {
		t.Errorf("a 64-bit result, added as 32 bits: %v, want %v", err, ir.ErrType)
	}
	bare := tailCall(ir.OpAdd64) // no slots of its own: must not panic
	bare.Blocks[0].Term.RetMoves, bare.Blocks[1].Params, bare.Blocks[1].Body = nil, nil, nil
	bare.Blocks[1].Term = jump(forward(3))
	bare.Blocks[6].Body, bare.Blocks[6].Term = nil, jump(forward(8, ir.Move{Src: ir.Zero(), Dst: ir.SlotRet0}))
	_ = ir.Check(bare)
}
