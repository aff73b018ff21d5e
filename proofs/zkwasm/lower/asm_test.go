package lower_test

import (
	"context"
	"testing"

	"vmhost/internal/vmabi"
	"vmhost/internal/wasm"
	"vmhost/proofs/zkwasm/ir"
	"vmhost/proofs/zkwasm/lower"
	"vmhost/proofs/zkwasm/trace"
)

func ins(op wasm.Opcode, imm ...uint64) wasm.Instr {
	in := wasm.Instr{Op: op}
	if len(imm) > 0 {
		in.Imm = imm[0]
	}
	if len(imm) > 1 {
		in.Imm2 = uint32(imm[1])
	}
	return in
}

func seq(parts ...any) []wasm.Instr {
	var out []wasm.Instr
	for _, p := range parts {
		switch p := p.(type) {
		case wasm.Instr:
			out = append(out, p)
		case wasm.Opcode:
			out = append(out, ins(p))
		case []wasm.Instr:
			out = append(out, p...)
		}
	}
	return out
}

func c32(v uint32) wasm.Instr { return ins(wasm.OpI32Const, uint64(v)) }

func c64(v uint64) wasm.Instr { return ins(wasm.OpI64Const, v) }

func get(i uint64) wasm.Instr { return ins(wasm.OpLocalGet, i) }

func set(i uint64) wasm.Instr { return ins(wasm.OpLocalSet, i) }

// function is a function of a test module.
type function struct {
	params, results, locals []wasm.ValueType
	code                    []wasm.Instr
	tables                  [][]uint32
}

// module builds a module whose first function is run. All provable host
// functions are imported, in the order of the ABI; function i has index hosts+i.
func module(edit func(*wasm.Module), funcs ...function) []byte {
	m := &wasm.Module{Memories: []wasm.Limits{{Min: 1, Max: 1, HasMax: true}}}
	typ := func(p, r []wasm.ValueType) uint32 {
		t := wasm.FuncType{Params: p, Results: r}
		for i := range m.Types {
			if m.Types[i].Equal(t) {
				return uint32(i)
			}
		}
		m.Types = append(m.Types, t)
		return uint32(len(m.Types) - 1)
	}
	for _, f := range vmabi.Functions() {
		var p, r []wasm.ValueType
		for _, x := range f.Params {
			p = append(p, wasm.ValueType(x))
		}
		for _, x := range f.Results {
			r = append(r, wasm.ValueType(x))
		}
		m.Imports = append(m.Imports, wasm.Import{Module: vmabi.Module, Name: f.Name, Type: typ(p, r)})
	}
	m.Exports = []wasm.Export{{Name: "run", Index: uint32(len(m.Imports))}, {Name: "memory", Kind: wasm.ExternMemory}}
	for _, f := range funcs {
		m.Functions = append(m.Functions, typ(f.params, f.results))
		c := wasm.Code{Instrs: append(f.code[:len(f.code):len(f.code)], ins(wasm.OpEnd)), BrTables: f.tables}
		for _, l := range f.locals {
			c.Locals = append(c.Locals, wasm.LocalRun{Count: 1, Type: l})
		}
		m.Code = append(m.Code, c)
	}
	if edit != nil {
		edit(m)
	}
	return wasm.Encode(m)
}

// host is the index of a host function in module.
func host(name string) wasm.Instr {
	n := uint64(0)
	for _, f := range vmabi.Functions() {
		if f.Name == name {
			return ins(wasm.OpCall, n)
		}
		n++
	}
	return wasm.Instr{}
}

// hosts is the number of host functions.
var hosts = func() (n uint64) {
	for range vmabi.Functions() {
		n++
	}
	return n
}()

func callFn(i uint64) wasm.Instr { return ins(wasm.OpCall, hosts+i) }

// emitJournal writes n bytes at address 0.
func emitJournal(n uint32) []wasm.Instr { return seq(c32(0), c32(n), host("journal_write")) }

func mustLower(tb testing.TB, b []byte) *ir.Program {
	tb.Helper()
	p, err := lower.Lower(b)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func mustRun(tb testing.TB, b, input []byte) *trace.Result {
	tb.Helper()
	p := mustLower(tb, b)
	tr, res, err := trace.Run(context.Background(), p, trace.Input{State: testState(), Input: input})
	if err != nil {
		tb.Fatal(err)
	}
	if tr != nil {
		if err := trace.Verify(p, tr); err != nil {
			tb.Fatal(err)
		}
	}
	return res
}
