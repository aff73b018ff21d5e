// Package wasmtest assembles small modules for tests from the instruction names
// of the text format. It panics on mistakes: tests are its only users.
package wasmtest

import (
	"fmt"
	"strconv"
	"strings"

	"vmhost/internal/wasm"
)

// Builder collects a module. Imports come before functions.
type Builder struct {
	M     wasm.Module
	names map[string]uint32 // functions by name
	texts []string          // bodies, assembled by Bytes
}

// New returns an empty module.
func New() *Builder { return &Builder{names: map[string]uint32{}} }

// Import imports function module.name, e.g. Import("vm", "log", "i32 i32 ->").
// Bodies call it as $name.
func (b *Builder) Import(module, name, typ string) *Builder {
	if len(b.M.Functions) > 0 {
		panic("wasmtest: import after a function")
	}
	b.names[name] = uint32(len(b.M.Imports))
	b.M.Imports = append(b.M.Imports, wasm.Import{Module: module, Name: name, Kind: wasm.ExternFunc, Type: b.Type(typ)})
	return b
}

// Memory adds a memory of min pages, exported as "memory"; max < 0 means none.
func (b *Builder) Memory(minPages uint32, maxPages int) *Builder {
	l := wasm.Limits{Min: minPages}
	if maxPages >= 0 {
		l.Max, l.HasMax = uint32(maxPages), true
	}
	b.M.Memories = append(b.M.Memories, l)
	b.M.Exports = append(b.M.Exports, wasm.Export{Name: "memory", Kind: wasm.ExternMemory})
	return b
}

// Data adds an active data segment.
func (b *Builder) Data(offset uint32, bytes string) *Builder {
	b.M.Data = append(b.M.Data, wasm.Data{Position: wasm.ConstExpr{Op: wasm.OpI32Const, Value: uint64(offset)}, Bytes: []byte(bytes)})
	return b
}

// Global adds a mutable global.
func (b *Builder) Global(t wasm.ValueType, init uint64) *Builder {
	op := map[wasm.ValueType]wasm.Opcode{wasm.I32: wasm.OpI32Const, wasm.I64: wasm.OpI64Const, wasm.F32: wasm.OpF32Const, wasm.F64: wasm.OpF64Const}[t]
	b.M.Globals = append(b.M.Globals, wasm.Global{GlobalType: wasm.GlobalType{Type: t, Mutable: true}, Init: wasm.ConstExpr{Op: op, Value: init}})
	return b
}

// Table adds a table of size elements that holds the named functions from 0 on.
func (b *Builder) Table(size uint32, funcs ...string) *Builder {
	b.M.Tables = append(b.M.Tables, wasm.Limits{Min: size, Max: size, HasMax: true})
	e := wasm.Element{Position: wasm.ConstExpr{Op: wasm.OpI32Const}}
	for _, f := range funcs {
		e.Funcs = append(e.Funcs, b.Func(f))
	}
	if len(funcs) > 0 {
		b.M.Elements = append(b.M.Elements, e)
	}
	return b
}

// Define adds a function, e.g. Define("add", "i32 i32 -> i32", "i64",
// "local.get 0 local.get 1 i32.add"): the final end is implied, locals is a list
// of types. The function named run is exported.
func (b *Builder) Define(name, typ, locals, body string) *Builder {
	index := uint32(len(b.M.Imports) + len(b.M.Functions))
	b.names[name] = index
	b.M.Functions = append(b.M.Functions, b.Type(typ))
	var c wasm.Code
	for _, t := range valueTypes(locals) {
		c.Locals = append(c.Locals, wasm.LocalRun{Count: 1, Type: t})
	}
	b.M.Code = append(b.M.Code, c)
	b.texts = append(b.texts, body)
	if name == "run" {
		b.M.Exports = append(b.M.Exports, wasm.Export{Name: name, Index: index})
	}
	return b
}

// Start makes the named function the start function.
func (b *Builder) Start(name string) *Builder {
	f := b.Func(name)
	b.M.Start = &f
	return b
}

// Func returns the index of a function defined or imported before.
func (b *Builder) Func(name string) uint32 {
	f, ok := b.names[name]
	if !ok {
		panic("wasmtest: no function " + name)
	}
	return f
}

// Type returns the index of the type written as "i32 i64 -> i32".
func (b *Builder) Type(s string) uint32 {
	params, results, _ := strings.Cut(s, "->")
	t := wasm.FuncType{Params: valueTypes(params), Results: valueTypes(results)}
	for i := range b.M.Types {
		if b.M.Types[i].Equal(t) {
			return uint32(i)
		}
	}
	b.M.Types = append(b.M.Types, t)
	return uint32(len(b.M.Types) - 1)
}

// Bytes assembles and encodes the module.
func (b *Builder) Bytes() []byte {
	for i, text := range b.texts {
		b.M.Code[i].Instrs, b.M.Code[i].BrTables = b.assemble(text + " end")
	}
	return wasm.Encode(&b.M)
}

func valueTypes(s string) []wasm.ValueType {
	var out []wasm.ValueType
	for _, f := range strings.Fields(s) {
		t := map[string]wasm.ValueType{"i32": wasm.I32, "i64": wasm.I64, "f32": wasm.F32, "f64": wasm.F64}[f]
		if t == 0 {
			panic("wasmtest: no type " + f)
		}
		out = append(out, t)
	}
	return out
}

// assemble reads instructions: a name and its numeric immediates. block, loop
// and if take :i32, :i64 (a result) or :"n" (a type index) behind the name;
// call takes $name; br_table takes its labels as 0,1,2; call_indirect takes a
// type index; loads and stores take the offset, then align=n if not 0.
func (b *Builder) assemble(text string) ([]wasm.Instr, [][]uint32) {
	var out []wasm.Instr
	var tables [][]uint32
	tokens := strings.Fields(text)
	for i := 0; i < len(tokens); i++ {
		name, suffix, _ := strings.Cut(tokens[i], ":")
		op, ok := wasm.OpcodeByName(name)
		if !ok {
			panic(fmt.Sprintf("wasmtest: no instruction %q", tokens[i]))
		}
		in := wasm.Instr{Op: op}
		n := op.Immediates()
		switch {
		case op == wasm.OpBlock || op == wasm.OpLoop || op == wasm.OpIf:
			in.Imm, n = blockType(suffix), 0
		case op == wasm.OpBrTable:
			i, n = i+1, 0
			in.Imm = uint64(len(tables))
			tables = append(tables, labels(tokens[i]))
		case op == wasm.OpCallIndirect:
			n = 1
		case n == 2 && wasm.AccessWidth(op) > 0:
			n = 1
		}
		if n > 0 {
			i++
			in.Imm = b.number(tokens[i])
		}
		if n > 1 {
			i++
			in.Imm2 = uint32(b.number(tokens[i]))
		}
		if i+1 < len(tokens) && strings.HasPrefix(tokens[i+1], "align=") {
			i++
			in.Imm2 = uint32(b.number(tokens[i][6:]))
		}
		out = append(out, in)
	}
	return out, tables
}

func blockType(s string) uint64 {
	switch s {
	case "":
		return wasm.BlockTypeEmpty
	case "i32", "i64", "f32", "f64":
		return uint64(int64(int8(valueTypes(s)[0] | 0x80)))
	}
	n, err := strconv.ParseUint(s, 10, 32)
	if err != nil {
		panic("wasmtest: block type " + s)
	}
	return n
}

func labels(s string) []uint32 {
	var out []uint32
	for _, f := range strings.Split(s, ",") {
		n, err := strconv.ParseUint(f, 10, 32)
		if err != nil {
			panic("wasmtest: label " + f)
		}
		out = append(out, uint32(n))
	}
	return out
}

func (b *Builder) number(s string) uint64 {
	if name, ok := strings.CutPrefix(s, "$"); ok {
		return uint64(b.Func(name))
	}
	if n, err := strconv.ParseInt(s, 0, 64); err == nil {
		return uint64(n)
	}
	n, err := strconv.ParseUint(s, 0, 64)
	if err != nil {
		panic("wasmtest: number " + s)
	}
	return n
}
