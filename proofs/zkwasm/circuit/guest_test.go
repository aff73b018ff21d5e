package circuit

import (
	"testing"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/ir"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/proofs/zkwasm/trace"
)

func op(o wasm.Opcode, imm ...uint64) wasm.Instr {
	in := wasm.Instr{Op: o}
	if len(imm) > 0 {
		in.Imm = imm[0]
	}
	return in
}

func hostCall(name string) wasm.Instr {
	n := uint64(0)
	for _, f := range vmabi.Functions() {
		if f.Name == name {
			return op(wasm.OpCall, n)
		}
		if f.Provable {
			n++
		}
	}
	panic("no host function " + name)
}

// guest is a module with calls, recursion, a loop, a global, input, stores of
// single bytes and a journal: run writes the sum of fib(i) for i < input[0].
func guest() []byte {
	i32 := wasm.I32
	m := &wasm.Module{Memories: []wasm.Limits{{Min: 1, Max: 1, HasMax: true}}}
	typ := func(p, r []wasm.ValueType) uint32 {
		m.Types = append(m.Types, wasm.FuncType{Params: p, Results: r})
		return uint32(len(m.Types) - 1)
	}
	for _, f := range vmabi.Functions() {
		if !f.Provable {
			continue
		}
		var p, r []wasm.ValueType
		for _, x := range f.Params {
			p = append(p, wasm.ValueType(x))
		}
		for _, x := range f.Results {
			r = append(r, wasm.ValueType(x))
		}
		m.Imports = append(m.Imports, wasm.Import{Module: vmabi.Module, Name: f.Name, Type: typ(p, r)})
	}
	run := uint64(len(m.Imports))
	fib := op(wasm.OpCall, run+1)
	c := func(v uint64) wasm.Instr { return op(wasm.OpI32Const, v) }
	get := func(i uint64) wasm.Instr { return op(wasm.OpLocalGet, i) }
	void := uint64(wasm.BlockTypeEmpty)
	one := byte(i32) | 0x80
	blockI32 := uint64(int64(int8(one)))
	m.Functions = []uint32{typ(nil, []wasm.ValueType{i32}), typ([]wasm.ValueType{i32}, []wasm.ValueType{i32})}
	m.Exports = []wasm.Export{{Name: "run", Index: uint32(run)}, {Name: "memory", Kind: wasm.ExternMemory}}
	m.Globals = []wasm.Global{{GlobalType: wasm.GlobalType{Type: i32, Mutable: true}, Init: wasm.ConstExpr{Op: wasm.OpI32Const, Value: 7}}}
	m.Code = []wasm.Code{
		{Locals: []wasm.LocalRun{{Count: 1, Type: i32}}, Instrs: []wasm.Instr{
			c(0), c(0), c(8), hostCall("input_read"), op(wasm.OpDrop),
			op(wasm.OpLoop, void),
			op(wasm.OpGlobalGet, 0), get(0), fib, op(wasm.OpI32Add), op(wasm.OpGlobalSet, 0),
			get(0), c(1), op(wasm.OpI32Add), op(wasm.OpLocalTee, 0), c(0), op(wasm.OpI32Load8U), op(wasm.OpI32LtU), op(wasm.OpBrIf, 0),
			op(wasm.OpEnd),
			c(17), op(wasm.OpGlobalGet, 0), op(wasm.OpI32Store8), c(16), op(wasm.OpGlobalGet, 0), op(wasm.OpI32Store16),
			c(16), c(2), hostCall("journal_write"), c(0), op(wasm.OpEnd),
		}},
		{Instrs: []wasm.Instr{
			get(0), c(2), op(wasm.OpI32LtU), op(wasm.OpIf, blockI32), get(0), op(wasm.OpElse),
			get(0), c(1), op(wasm.OpI32Sub), fib, get(0), c(2), op(wasm.OpI32Sub), fib, op(wasm.OpI32Add), op(wasm.OpEnd), op(wasm.OpEnd),
		}},
	}
	return wasm.Encode(m)
}

// runGuest traces guest on an input.
func runGuest(tb testing.TB, input []byte) (*ir.Program, *ir.Trace) {
	tb.Helper()
	p, err := lower.Lower(guest())
	if err != nil {
		tb.Fatal(err)
	}
	if err := ir.Check(p); err != nil {
		tb.Fatal(err)
	}
	t, res, err := trace.Run(tb.Context(), p, trace.Input{Input: input})
	if err != nil || res.Trap != "" {
		tb.Fatal(err, res)
	}
	return p, t
}
