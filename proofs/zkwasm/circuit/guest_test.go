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
	for i, f := range vmabi.Functions() {
		if f.Name == name {
			return op(wasm.OpCall, uint64(i))
		}
	}
	panic("no host function " + name)
}

// hostModule is a module that imports every host function, has a
// global i32 of 7, and runs the first code given.
func hostModule(params [][]wasm.ValueType, code ...wasm.Code) []byte {
	m := &wasm.Module{Memories: []wasm.Limits{{Min: 1, Max: 1, HasMax: true}}, Code: code}
	typ := func(p, r []wasm.ValueType) uint32 {
		m.Types = append(m.Types, wasm.FuncType{Params: p, Results: r})
		return uint32(len(m.Types) - 1)
	}
	convert := func(in []vmabi.ValueType) (out []wasm.ValueType) {
		for _, x := range in {
			out = append(out, wasm.ValueType(x))
		}
		return out
	}
	for _, f := range vmabi.Functions() {
		m.Imports = append(m.Imports, wasm.Import{Module: vmabi.Module, Name: f.Name, Type: typ(convert(f.Params), convert(f.Results))})
	}
	for _, p := range params {
		m.Functions = append(m.Functions, typ(p, []wasm.ValueType{wasm.I32}))
	}
	m.Exports = []wasm.Export{{Name: "run", Index: firstGuestFunc()}, {Name: "memory", Kind: wasm.ExternMemory}}
	m.Globals = []wasm.Global{{GlobalType: wasm.GlobalType{Type: wasm.I32, Mutable: true}, Init: wasm.ConstExpr{Op: wasm.OpI32Const, Value: 7}}}
	return wasm.Encode(m)
}

// firstGuestFunc is the index of run in hostModule.
func firstGuestFunc() (n uint32) {
	for range vmabi.Functions() {
		n++
	}
	return n
}

func c32(v uint64) wasm.Instr { return op(wasm.OpI32Const, v) }

// guest is a module with calls, recursion, a loop, a global, input, stores of
// single bytes and a journal: run writes 7 plus the sum of fib(i) for i < input[0].
func guest() []byte {
	fib := op(wasm.OpCall, uint64(firstGuestFunc())+1)
	get := op(wasm.OpLocalGet, 0)
	void := wasm.BlockTypeEmpty
	one := byte(wasm.I32) | 0x80
	blockI32 := uint64(int64(int8(one)))
	return hostModule([][]wasm.ValueType{nil, {wasm.I32}},
		wasm.Code{Locals: []wasm.LocalRun{{Count: 1, Type: wasm.I32}}, Instrs: []wasm.Instr{
			c32(0), c32(0), c32(8), hostCall("input_read"), op(wasm.OpDrop),
			op(wasm.OpLoop, void),
			op(wasm.OpGlobalGet, 0), get, fib, op(wasm.OpI32Add), op(wasm.OpGlobalSet, 0),
			get, c32(1), op(wasm.OpI32Add), op(wasm.OpLocalTee, 0), c32(0), op(wasm.OpI32Load8U), op(wasm.OpI32LtU), op(wasm.OpBrIf, 0),
			op(wasm.OpEnd),
			c32(17), op(wasm.OpGlobalGet, 0), op(wasm.OpI32Store8), c32(16), op(wasm.OpGlobalGet, 0), op(wasm.OpI32Store16),
			c32(16), c32(2), hostCall("journal_write"), c32(0), op(wasm.OpEnd),
		}},
		wasm.Code{Instrs: []wasm.Instr{
			get, c32(2), op(wasm.OpI32LtU), op(wasm.OpIf, blockI32), get, op(wasm.OpElse),
			get, c32(1), op(wasm.OpI32Sub), fib, get, c32(2), op(wasm.OpI32Sub), fib, op(wasm.OpI32Add), op(wasm.OpEnd), op(wasm.OpEnd),
		}})
}

// stateGuest calls one host function that reads the state and writes what it
// saw to the journal.
func stateGuest(call string) []byte {
	var code []wasm.Instr
	journal := func(n uint64) []wasm.Instr {
		return []wasm.Instr{c32(0), c32(n), hostCall("journal_write"), c32(0), op(wasm.OpEnd)}
	}
	switch call {
	case "state_u64":
		code = append([]wasm.Instr{c32(0), c32(1), c32(2), hostCall(call), op(wasm.OpI64Store)}, journal(8)...)
	case "state_read":
		code = append([]wasm.Instr{c32(1), c32(2), c32(0), hostCall(call)}, journal(32)...)
	case "state_read_n":
		code = append([]wasm.Instr{c32(1), c32(1), c32(2), c32(0), hostCall(call)}, journal(64)...)
	case "collection":
		code = append([]wasm.Instr{
			c32(100), c32(0x6c6f6f70), op(wasm.OpI32Store), c32(0), c32(100), c32(4), hostCall(call), op(wasm.OpI32Store),
		}, journal(4)...)
	case "collection_len":
		code = append([]wasm.Instr{c32(0), c32(1), hostCall(call), op(wasm.OpI32Store)}, journal(4)...)
	case "state_read_at":
		return agedGuest(2)
	case "manifest":
		code = append([]wasm.Instr{c32(1), c32(0), hostCall(call)}, journal(32)...)
	case "item":
		code = append([]wasm.Instr{c32(1), c32(2), c32(3), hostCall(call), c32(3), c32(85), hostCall("journal_write")}, journal(0)...)
	case "block":
		code = append([]wasm.Instr{c32(1), c32(0), hostCall(call)}, journal(32)...)
	}
	return hostModule([][]wasm.ValueType{nil}, wasm.Code{Instrs: code})
}

// agedGuest reads item 2 of collection 1 as it was age blocks ago.
func agedGuest(age uint64) []byte {
	return hostModule([][]wasm.ValueType{nil}, wasm.Code{Instrs: []wasm.Instr{
		c32(age), c32(1), c32(2), c32(0), hostCall("state_read_at"), c32(0), c32(32), hostCall("journal_write"), c32(0), op(wasm.OpEnd),
	}})
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
